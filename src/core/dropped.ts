/** What a drop holds: files, and folders that are still to be read. */
export interface Dropped {
  files: File[]
  folders: FileSystemDirectoryEntry[]
}

/** Must be asked within the event: afterwards the browser has forgotten. */
export function droppedIn({
  items,
  files,
}: Partial<Pick<DataTransfer, 'items'>> & Pick<DataTransfer, 'files'>): Dropped {
  const folders = [...(items ?? [])].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry?.() : null
    return entry?.isDirectory ? [entry as FileSystemDirectoryEntry] : []
  })
  // Browsers list a folder among the files, as one that cannot be read.
  return { files: [...files].filter(({ name }) => !folders.some((folder) => folder.name === name)), folders }
}
