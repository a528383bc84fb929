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
 * Runs npm scripts, at most two at a time, the first first. Output is kept until a script has ended: two at once must
 * not be mixed. `time` is of bash.
 *
 * @param ended  told of each script as it ends: {script, code, text, wall [s], processor [s]}
 */
export async function runTogether(scripts, ended, atOnce = 2) {
  const waiting = [...scripts]
  async function worker() {
    for (let script = waiting.shift(); script; script = waiting.shift()) ended(await runKept(script))
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

function runKept(script) {
  return new Promise((done) => {
    const child = spawn('bash', ['-c', `TIMEFORMAT='%R %U %S'; time npm run -s ${script}`], { cwd: root })
    let text = ''
    child.stdout.on('data', (chunk) => (text += chunk))
    child.stderr.on('data', (chunk) => (text += chunk))
    child.on('close', (code) => {
      const at = text.trimEnd().lastIndexOf('\n') + 1
      const [wall, user, system] = text.slice(at).trim().split(' ').map(Number)
      done({ script, code, text: text.slice(0, at), wall, processor: user + system })
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
