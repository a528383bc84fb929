import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { builds, compileKernels } from './build-kernels.ts'

// Compiling takes seconds. Run by npm run test:slow.
it.each(builds)(
  'the build of $entry with simd: $simd is what its sources compile to',
  { timeout: 120_000 },
  async ({ simd, entry, file }) => {
    const committed = await readFile(file)
    const built = await compileKernels(simd, entry)
    expect(Buffer.compare(committed, Buffer.from(built)), 'npm run build:kernels was not run').toBe(0)
  },
)

it.each(builds)('the build of $entry with simd: $simd imports nothing', async ({ file }) => {
  expect(WebAssembly.Module.imports(await WebAssembly.compile(await readFile(file)))).toEqual([])
})
