// `npm start`: installs if needed, builds, serves the built site and prints its address.
import { ensureInstalled, root, run } from './steps.mjs'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 12)) {
  console.error(`Theoryscape needs Node 20.12 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}
await ensureInstalled()
const code = await run('npx', ['vite', 'build', '--logLevel', 'warn'])
if (code !== 0) process.exit(code)

const { preview } = await import('vite')
const port = Number(process.env.PORT ?? 4173)
const server = await preview({ root, preview: { port, host: '127.0.0.1' }, logLevel: 'error' })
console.log(`\nTheoryscape is open at ${server.resolvedUrls.local[0]}\nStop with Ctrl-C.`)
