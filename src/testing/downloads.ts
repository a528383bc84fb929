import { vi } from 'vitest'

/** A file that the page handed to its reader. */
export interface Download {
  name: string
  content: Blob
}

/** Files are kept instead of downloaded, the newest last; `vi.restoreAllMocks` undoes it. */
export function keptDownloads(): Download[] {
  const downloads: Download[] = []
  const blobs = new Map<string, Blob>()
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const address = `blob:${blobs.size}`
    blobs.set(address, blob as Blob)
    return address
  })
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const content = blobs.get(this.href)
    if (content) downloads.push({ name: this.download, content })
  })
  return downloads
}

/** What is copied, the newest last; `vi.unstubAllGlobals` undoes it. */
export function keptCopies(): string[] {
  const copies: string[] = []
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void copies.push(text))
  return copies
}
