import type * as FileSystem from 'node:fs/promises'
import { AppError } from '../errors.ts'

/** Bytes of a file that is shipped with the code: by fetch in a page or worker, from the disk in Node. */
export async function readAsset(url: URL): Promise<ArrayBuffer> {
  if (url.protocol === 'file:') {
    // By a variable, so that the browser's bundle has no trace of Node.
    const name = 'node:fs/promises'
    const { readFile } = (await import(/* @vite-ignore */ name)) as typeof FileSystem
    const { buffer, byteOffset, byteLength } = await readFile(url)
    return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
  }
  const response = await fetch(url)
  if (!response.ok)
    throw new AppError(
      'data/not-found',
      `${url.pathname}, a part of this app, answered ${response.status}. Reload the page.`,
      { url: url.href, status: response.status },
    )
  return await response.arrayBuffer()
}
