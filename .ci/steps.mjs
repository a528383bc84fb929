// Shared by start.mjs and test.mjs; plain Node, no dependency, so that it runs before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs a command in the repository root, output passed through; resolves to its exit code. */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
      ...options,
      env: { ...process.env, ...options.env },
    })
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`)
      done(127)
    })
    child.on('exit', (code, signal) => done(code ?? (signal ? 1 : 0)))
  })
}

/**
 * Runs commands, at most two at a time, the first first. Output is kept until a command has ended: two at once must not
 * be mixed. `time` is of bash.
 *
 * @param jobs   [{name, words}]
 * @param ended  told of each as it ends: {name, code, text, wall [s], processor [s]}
 */
export async function runTogether(jobs, ended, atOnce = 2) {
  const waiting = [...jobs]
  async function worker() {
    for (let job = waiting.shift(); job; job = waiting.shift()) ended(await runKept(job))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** An npm script as a job of `runTogether`. */
export const npmScript = (script, name = script) => ({ name, words: ['npm', 'run', '-s', script] })

function runKept({ name, words }) {
  return new Promise((done) => {
    const line = `TIMEFORMAT='%R %U %S'; time "$@"`
    const child = spawn('bash', ['-c', line, 'bash', ...words], { cwd: root })
    let text = ''
    child.stdout.on('data', (chunk) => (text += chunk))
    child.stderr.on('data', (chunk) => (text += chunk))
    child.on('close', (code) => {
      const at = text.trimEnd().lastIndexOf('\n') + 1
      const [wall, user, system] = text.slice(at).trim().split(' ').map(Number)
      done({ name, code, text: text.slice(0, at), wall, processor: user + system })
    })
  })
}

const stamp = `${root}node_modules/.theoryscape-installed`

/** Installs dependencies unless the lock file has not changed since the last install. */
export async function ensureInstalled() {
  const lock = readFileSync(`${root}package-lock.json`, 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === String(lock.length) && fresh()) return
  console.log('Installing dependencies (npm ci) ...')
  const code = await run('npm', ['ci', '--no-audit', '--no-fund'])
  if (code !== 0) {
    console.error('npm ci failed. Check the network and that Node is version 20.12 or newer.')
    process.exit(code)
  }
  writeFileSync(stamp, String(lock.length))
}

function fresh() {
  return statSync(stamp).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs
}
