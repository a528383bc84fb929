/** A folder as a browser gives a dropped one; contents are texts, bytes or folders by name. */
export interface FolderContent {
  readonly [name: string]: string | Uint8Array<ArrayBuffer> | FolderContent
}

export function droppedFolder(name: string, content: FolderContent, path = ''): FileSystemDirectoryEntry {
  const fullPath = `${path}/${name}`
  const entries = Object.entries(content).map(([child, value]) =>
    typeof value === 'string' || value instanceof Uint8Array
      ? {
          ...{ isFile: true, isDirectory: false, name: child, fullPath: `${fullPath}/${child}` },
          file: (done: (file: File) => void) => done(new File([value], child)),
        }
      : droppedFolder(child, value, fullPath),
  )
  return {
    ...{ isFile: false, isDirectory: true, name, fullPath },
    createReader() {
      // In pieces, as Chromium does it after a hundred.
      const left = [...entries]
      return { readEntries: (done: (some: unknown[]) => void) => done(left.splice(0, 2)) }
    },
  } as unknown as FileSystemDirectoryEntry
}
