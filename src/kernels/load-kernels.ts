import type * as FileSystem from 'node:fs/promises'
import { AppError } from '../errors.ts'
import { createKernels, hasSimd, type Kernels } from './create-kernels.ts'

/** Where the two builds lie; `new URL` is what Vite turns into a file of the built site. */
export function kernelUrl(simd: boolean): URL {
  return simd ? new URL('./kernels.wasm', import.meta.url) : new URL('./kernels-scalar.wasm', import.meta.url)
}

async function read(url: URL): Promise<BufferSource> {
  if (url.protocol === 'file:') {
    // By a variable, so that the browser's bundle has no trace of Node.
    const name = 'node:fs/promises'
    const { readFile } = (await import(/* @vite-ignore */ name)) as typeof FileSystem
    return await readFile(url)
  }
  const response = await fetch(url)
  if (!response.ok)
    throw new AppError(
      'data/not-found',
      `The kernels (${url.pathname}) answered ${response.status}. Reload the page, or choose another backend.`,
      { url: url.href, status: response.status },
    )
  return await response.arrayBuffer()
}

/** The build that suits this machine, in the page, in a worker and in Node. */
export async function loadKernels(simd = hasSimd()): Promise<Kernels> {
  return createKernels(await read(kernelUrl(simd)), simd)
}
