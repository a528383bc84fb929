// npm run build:cli: the command line as plain scripts in one folder, with what they read.

import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { build, type Plugin } from 'vite'

const root = resolve(import.meta.dirname, '..')

/** Two folders below the root: data and models are found from there as from src/cli. */
export const cliFolder = 'build/cli'

/** Scripts of threads by the names that they have in the folder: src has a `.mjs` beside each, which loads it by tsx. */
function threads(): Record<string, string> {
  const found = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('-worker.mjs') && !path.startsWith('bench') && !path.startsWith('kernels'),
  )
  return Object.fromEntries(
    found.map((path) => [basename(path, '.mjs'), join(root, 'src', path.replace(/\.mjs$/, '.ts'))]),
  )
}

/** Where TensorFlow.js looks for the engine "wasm": beside its script. */
const tensorWasm = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/wasm-out')

const beside = new Map(
  readdirSync(tensorWasm)
    .filter((name) => name.endsWith('.wasm'))
    .map((name) => [name, join(tensorWasm, name)]),
)

/** Files beside scripts, and scripts of threads, lie in the same folder as all chunks. */
const filesBeside: Plugin = {
  name: 'files-beside',
  enforce: 'pre',
  transform(code, id) {
    if (!id.startsWith(join(root, 'src')) || !code.includes('new URL(')) return undefined
    return code.replace(
      /new URL\('(\.{1,2}\/[^']+\.(?:wasm|json|bin|mjs))', import\.meta\.url\)/g,
      (_, path: string) => {
        const name = basename(path)
        if (!name.endsWith('.mjs')) beside.set(name, join(dirname(id), path))
        return `new URL('./${name}', import.meta.url)`
      },
    )
  },
  writeBundle({ dir = cliFolder }) {
    for (const [name, path] of beside) copyFileSync(path, join(dir, name))
  },
}

/** A command of one study does not wait for the others: the list of studies is known here. */
const commandsOfStudies: Plugin = {
  name: 'commands-of-studies',
  enforce: 'pre',
  transform(code, id) {
    if (id !== join(root, 'src/cli/registry.ts')) return undefined
    const ids = [
      ...readFileSync(join(root, 'src/studies/studies.ts'), 'utf8').matchAll(/'\.\/([\w-]+)\/study\.ts'/g),
    ].map(([, study]) => study)
    const from = 'const tables = await Promise.all(studies.map(({ id }) => ofStudy(id)))'
    if (ids.length === 0 || !code.includes(from))
      this.error('src/cli/registry.ts or studies.ts is not as expected')
    const imports = ids.map(
      (study, i) => `import { commands as of${i} } from '../studies/${study}/cli/commands.ts'`,
    )
    const tables = `const tables = [${ids.map((_, i) => `of${i}`).join(', ')}]`
    return [
      ...imports,
      code
        .replace(/^import \{ studies \}.*$/m, '')
        .replace(/\/\*\* Each study has[^]*?\n\}\n/, '')
        .replace(from, tables),
    ].join('\n')
  },
}

export async function buildCli(outDir = join(root, cliFolder)): Promise<void> {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [filesBeside, commandsOfStudies],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      minify: true,
      rolldownOptions: {
        input: { theoryscape: join(root, 'src/cli/main.ts'), ...threads() },
        output: {
          entryFileNames: '[name].mjs',
          chunkFileNames: '[name]-[hash].mjs',
          banner: ({ name }) => (name === 'theoryscape' ? '#!/usr/bin/env node' : ''),
          // The loader of the engine "wasm" was written for CommonJS.
          intro: 'var __dirname = import.meta.dirname, __filename = import.meta.filename;',
        },
      },
    },
  })
}

if (process.argv[1] === import.meta.filename) await buildCli(process.argv[2])
