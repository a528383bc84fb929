import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildCli } from '../../vite/build-cli.ts'
import { readStoredRun } from './checkpoint-file.ts'
import { repositoryRoot } from './files.ts'

const folder = mkdtempSync(join(tmpdir(), 'resume-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** In one folder a command begins in a fifth of the time of its sources; that both do the same is for bundled-cli.slow.test.ts. */
const script = join(folder, 'build', 'cli', 'theoryscape.mjs')
beforeAll(async () => {
  await buildCli(join(script, '..'))
  // Data and models are looked for two folders above.
  for (const name of ['public', 'models']) symlinkSync(join(repositoryRoot, name), join(folder, name))
  for (const [name, options] of Object.entries(plans)) {
    const line = `plan --preset parton ${options} --replicas 1 --out ${join(folder, 'plans', name)}`
    expect((await start(line.split(' '))).code).toBe(0)
  }
}, 120_000)

interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  stderr: string
}

/** A command as a person starts it; ended by the signal once this share of it is in the checkpoint. */
function start(
  argv: string[],
  interrupt?: { signal: 'SIGINT' | 'SIGKILL'; at: number; checkpoint: string; part?: string },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...argv], {
      cwd: repositoryRoot,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    let looking = false
    // What an earlier run left says nothing of this one.
    const writtenAt = () =>
      interrupt && existsSync(interrupt.checkpoint) ? statSync(interrupt.checkpoint).mtimeMs : 0
    const before = writtenAt()
    const look = async (): Promise<void> => {
      if (!interrupt || looking || writtenAt() === before) return
      looking = true
      const progress = existsSync(interrupt.checkpoint)
        ? (await readStoredRun(interrupt.checkpoint))?.progress
        : null
      const { part } = interrupt
      const now = progress?.part ?? ''
      const there = part === '' ? now === '' : now.startsWith(part ?? '')
      if (progress && there && progress.done >= interrupt.at * progress.total) child.kill(interrupt.signal)
      else looking = false
    }
    const timer = setInterval(() => void look().catch(() => (looking = false)), 5)
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString()))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearInterval(timer)
      resolve({ code, signal, stderr })
    })
  })
}

/** All files below a path with their bytes, but run.json, which has date and machine. */
function contentOf(path: string): Record<string, string> {
  if (statSync(path).isFile()) return { '.': readFileSync(path).toString('base64') }
  return Object.fromEntries(
    readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(path, name)).isFile() && !name.endsWith('run.json'))
      .sort()
      .map((name) => [name, readFileSync(join(path, name)).toString('base64')]),
  )
}

const setup = '--preset thesis-inspired,parton --mtt-min 1450 --events 300'
const networks = '--training-points 2000 --epochs 40 --replicas 1'
/** Where nobody interrupts their training. */
const quickNetworks = '--training-points 2000 --epochs 8 --replicas 1'
/** Of plans by name: many steps on one block of events, fewer than an early stop leaves; and many blocks. */
const plans: Record<string, string> = {
  steps: '--training-points 4000 --epochs 60',
  blocks: '--training-points 60000 --epochs 2',
}
const task = (name: string) => `run-task ${join(folder, 'plans', name, 'plan.json')} td8-r1`

/** Interrupted in a part whose name begins so; '': in what has no name beside parts that have. */
const commands: [name: string, line: string, part?: string][] = [
  ['run-task', task('steps'), ''],
  ['run-task, events', task('blocks'), 'events'],
  ['run-task, recalibration', task('blocks'), 'recalibration'],
  ['train-encoder', 'train-encoder --steps 120 --backend kernels'],
  [
    'train-transformer',
    'train-transformer --classes multitop-2t,multitop-4t --events 100 --size small-1h --batch 128 --epochs 1',
  ],
  ['train-events', 'train-events --network deep-set --events 25 --steps 10'],
  ['train-ratio', 'train-ratio --term td8 --events 4000 --epochs 60 --test-events 2000', ''],
  ['make-corpus', 'make-corpus --universes 3000 --replicas 5'],
  ['calibrate, toys', `calibrate --kind exact --toys 16 ${setup}`],
  ['calibrate, ranks', `calibrate --kind binned --test sbc --toys 80 ${setup}`],
  ['calibrate, widths', `calibrate --test widths --toys 5 --live 60 ${setup} ${quickNetworks}`],
  ['calibrate, networks', `calibrate --kind unbinned --toys 10 ${setup} ${networks}`, 'tq8'],
  ['fit, posterior', `fit --mode exact --live 60 ${setup}`, 'posterior'],
  ['fit, networks', `fit --mode unbinned --live 60 ${setup} ${networks}`, 'tq8'],
  ['fit, posterior of networks', `fit --mode unbinned --live 60 ${setup} ${quickNetworks}`, 'posterior'],
  // One model before the one that is interrupted and one after it, of either kind.
  [
    'train-models',
    'train-models --steps 20 --only cms-supcon-2d,cms-43-supcon-2d,dy-nc-13tev-dpn',
    'cms-43-supcon-2d',
  ],
  ['train-models, classifiers', 'train-models --steps 20 --only dy-nc-13tev-ensemble'],
]

/**
 * One road with both signals on it: killed, gone on from there and interrupted, gone on again to the end. It must also bear what a road with one interruption need not, a
 * checkpoint written by a run that itself began at one.
 */
describe.each(commands)('%s', (name, line, part) => {
  /** Jobs that a machine starts again go on without being told. */
  const goesOn = line.startsWith('run-task')
  const place = (run: string) => join(folder, `${name.replaceAll(/\W+/g, '-')}-${run}`)

  it(
    'killed at 40 %, continued, interrupted at 70 % and continued, it gives the bytes of an uninterrupted run',
    { timeout: 600_000 },
    async () => {
      const words = line.split(' ')
      expect((await start([...words, '--out', place('whole')])).code).toBe(0)
      const out = place('parts')
      const checkpoint = `${out}.checkpoint`
      const argv = [...words, '--out', out, '--checkpoint-every', '0']

      const killed = await start(argv, { signal: 'SIGKILL', at: 0.4, checkpoint, part })
      expect(killed.signal).toBe('SIGKILL')
      expect(existsSync(checkpoint)).toBe(true)

      const goingOn = goesOn ? argv : [...argv, '--resume']
      const interrupted = await start(goingOn, { signal: 'SIGINT', at: 0.7, checkpoint, part })
      expect(interrupted.code).toBe(3)
      expect(interrupted.stderr).toMatch(/^going on at /m)
      expect(interrupted.stderr.trim().split('\n').at(-1)).toMatch(
        goesOn
          ? /^job\/cancelled: .*Go on with: .*--checkpoint-every 0$/
          : /^job\/cancelled: .*Go on with: .*--resume$/,
      )
      expect(existsSync(checkpoint)).toBe(true)

      const resumed = await start(goingOn)
      expect(resumed.stderr).toMatch(/^going on at /m)
      expect(resumed.code).toBe(0)
      expect(contentOf(out)).toEqual(contentOf(place('whole')))
      expect(existsSync(checkpoint)).toBe(false)
    },
  )
})
