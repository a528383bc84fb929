import { readFile } from 'node:fs/promises'
import { vi } from 'vitest'

/** In a DOM without a server, files beside the sources (kernels, shipped models) are read from the disk; `vi.unstubAllGlobals` undoes it. */
export function servedSources(): void {
  vi.stubGlobal(
    'fetch',
    async (address: URL | string) => new Response(await readFile(`.${new URL(address).pathname}`)),
  )
}
