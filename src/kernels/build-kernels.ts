import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import asc from 'assemblyscript/asc'

const here = dirname(fileURLToPath(import.meta.url))

/** Assembly sources to WebAssembly; the same bytes for the same sources and compiler version. */
export async function compileKernels(simd: boolean, entry = 'index.ts'): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array<ArrayBuffer> | undefined
  const messages = asc.createMemoryStream()
  const { error } = await asc.main(
    [
      entry,
      '--baseDir',
      join(here, 'assembly'),
      '--outFile',
      'kernels.wasm',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      ...(simd ? ['--enable', 'simd'] : []),
    ],
    {
      stderr: messages,
      writeFile(name: string, contents: Uint8Array | string) {
        if (name.endsWith('.wasm') && typeof contents !== 'string') binary = new Uint8Array(contents)
      },
    },
  )
  const text = messages.toString()
  // A warning fails too: what the compiler finds odd in pointer arithmetic is worth a look.
  if (error || !binary || text.includes('WARNING')) throw new Error(`asc ${entry}: ${text || error?.message}`)
  return binary
}

export const builds = [
  { simd: true, entry: 'index.ts', file: join(here, 'kernels.wasm') },
  { simd: false, entry: 'index.ts', file: join(here, 'kernels-scalar.wasm') },
  // Machines without SIMD compute amplitudes by the recursion in TypeScript.
  { simd: true, entry: 'amplitudes/index.ts', file: join(here, 'amplitudes.wasm') },
  // They train transformers on TensorFlow.js.
  { simd: true, entry: 'transformer/index.ts', file: join(here, 'transformer.wasm') },
  // They sum the pairs of t-SNE in TypeScript.
  { simd: true, entry: 'tsne/index.ts', file: join(here, 'tsne.wasm') },
]

// npm run build:kernels
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  for (const { simd, entry, file } of builds) await writeFile(file, await compileKernels(simd, entry))
