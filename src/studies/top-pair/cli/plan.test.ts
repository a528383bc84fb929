import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Command } from '../../../cli/command.ts'
import { AppError } from '../../../errors.ts'
import { readLink } from '../../../testing/links.ts'
import { planFiles } from '../analysis/plan/plan-files.ts'
import { networkTask } from '../analysis/plan/plan-tasks.ts'
import { networkTasks } from '../analysis/ratios/network-tasks.ts'
import { listZip, readZipEntry } from '../../../share/bundle/read-zip.ts'
import { planHandlers } from '../plan-handlers.ts'
import { parsePlan } from '../plan-schema.ts'
import { networkPlan } from '../state/network-plan.ts'
import { planCommand } from './plan.ts'
import { runTaskCommand } from './run-task.ts'
import { trainRatioCommand } from './train-ratio.ts'

const folder = mkdtempSync(join(tmpdir(), 'plan-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (...names: string[]): string => join(folder, ...names)

const run = <T>(command: Command, line: string, log: string[] = []) =>
  command.run(line.split(' '), (text) => log.push(text)) as Promise<T>

async function refusal(command: Command, line: string): Promise<string> {
  const thrown: unknown = await run(command, line).catch((error: unknown) => error)
  if (!(thrown instanceof AppError)) throw new Error(`was not refused: ${JSON.stringify(thrown)}`)
  return thrown.message
}

interface Ran {
  stood: boolean
  epochs: number
}

const small = '--preset thesis-inspired,parton --training-points 1000 --epochs 2'
const planText = () => readFileSync(at('small', 'plan.json'), 'utf8')

beforeAll(async () => {
  await run(planCommand, `${small} --replicas 2 --out ${at('small')}`)
})

describe('plan', () => {
  it('has a task for each network of the page, so none for terms that vanish', async () => {
    const { setup, tasks } = parsePlan(planText())
    expect(tasks.map(({ id }) => id)).toEqual([
      ...['td8-r1', 'tq8-r1', 'td8-td8-r1', 'tq8-tq8-r1'],
      ...['td8-r2', 'tq8-r2', 'td8-td8-r2', 'tq8-tq8-r2'],
    ])
    expect(networkPlan(setup, null).map(({ task }) => task)).toEqual(tasks.map(networkTask))
    expect(networkTasks(setup)).toHaveLength(8)
    await run(planCommand, `--preset joint --replicas 50 --out ${at('joint')}`)
    expect(readFileSync(at('joint', 'tasks.txt'), 'utf8').split('\n').slice(0, 2)).toEqual([
      'all-r1',
      'all-r2',
    ])
  })

  it('has a link that opens its set-up, trained and not shipped', async () => {
    const { link, setup } = parsePlan(planText())
    const read = await readLink(link)
    expect(read).toMatchObject({ ok: true, notes: [], intent: { view: 'fit', fit: setup } })
    expect(setup).toMatchObject({ networks: 'trained', trainingPoints: 1000, mttMinGeV: 700 })
  })

  it('is plain text for every engine, on one thread each', () => {
    expect(readdirSync(at('small')).sort()).toEqual([
      ...['README.txt', 'Snakefile', 'condor.sub', 'plan.json', 'slurm.sh', 'tasks.txt'],
    ])
    const plan = parsePlan(planText())
    const files = new Map(planFiles(plan).map(({ name, text }) => [name, text]))
    for (const name of ['Snakefile', 'slurm.sh', 'condor.sub'])
      expect(files.get(name), name).toContain('OMP_NUM_THREADS=1')
    expect(files.get('slurm.sh')).toContain('#SBATCH --array=1-8\n')
    expect(files.get('condor.sub')).toMatch(/^queue task from tasks\.txt$/m)
    // A program that is not there must not be tried for ever, a stopped one be tried again.
    expect(files.get('condor.sub')).toMatch(/^on_exit_remove = .*\(ExitCode =!= 3\)$/m)
    expect(files.get('Snakefile')).toContain('$(test -e fit.json.checkpoint && echo --resume)')
    expect(files.get('README.txt')!.trim().split('\n')).toHaveLength(10)
    // An array has at most a thousand tasks where nobody changed the limit.
    const tasks = Array.from({ length: 2200 }, (_, i) => ({ ...plan.tasks[0], id: `t-${i}` }))
    const large = new Map(planFiles({ ...plan, tasks }).map(({ name, text }) => [name, text]))
    expect(large.get('README.txt')).toContain(
      'sbatch slurm.sh; sbatch --array=1-1000 slurm.sh 1000; sbatch --array=1-200 slurm.sh 2000',
    )
  })

  it('is what the page gives as a zip, byte for byte', async () => {
    const { setup } = parsePlan(planText())
    const page = { ...setup, networks: 'shipped' as const, backend: 'webgpu' as const }
    const zip = await planHandlers['plan-networks']({ setup: page }, { signal: new AbortController().signal })
    const archive = zip as Uint8Array<ArrayBuffer>
    for (const entry of listZip(archive)) {
      const name = entry.path.replace(/^theoryscape-plan\//, '')
      const text = new TextDecoder().decode(await readZipEntry(archive, entry))
      expect(text, name).toBe(readFileSync(at('small', name), 'utf8'))
    }
    expect(listZip(archive)).toHaveLength(6)
  })

  it.each([
    [`--operators td1 --linear --preset parton --out ${at('none')}`, /No term of td1 in a linear fit needs/],
    [`${small} --observable pt_t2 --out ${at('odd')}`, /observable/],
    [`${small} --out ${folder}`, /already holds/],
    [`${small} --networks x --out ${at('odd')}`, /Unknown option --networks/],
  ])('%s is refused', async (line, words) => {
    expect(await refusal(planCommand, line)).toMatch(words)
  })

  it.each<[string, (text: string) => string, RegExp]>([
    ['no JSON', () => '{', /not JSON/],
    ['another file', () => '{"a": 1}', /not as it is written: /],
    ['a later one', (t) => t.replace('"schemaVersion": 1', '"schemaVersion": 2'), /version 2, .* reads 1/],
    ['other numbers', (t) => t.replace(/"numbers": "[^"]*"/, '"numbers": "x-9"'), /x-9, this program has/],
    ['a way out', (t) => t.replace('"td8-r1"', '"../../x"'), /tasks\.0\.id/],
    ['another task', (t) => t.replace('"td8-r1"', '"td8-r9"'), /td8-r9 .*needs there \(td8-r1\)/],
    ['other options', (t) => t.replace('"events": "1000"', '"events": "9"'), /td8-r1 .*changed by hand/],
    ['fewer replicas', (t) => t.replace('"replicas": 2', '"replicas": 1'), /lists 8 tasks, .* needs 4/],
  ])('%s is no plan', (_, change, words) => {
    const changed = change(planText())
    expect(changed).not.toBe(planText())
    expect(() => parsePlan(changed)).toThrow(words)
  })
})

describe('run-task', () => {
  const line = () => `${at('small', 'plan.json')} td8-r2`
  const bytes = (...names: string[]) => readFileSync(at(...names)).toString('base64')
  const three = ['weights.bin', 'model.json', 'card.json']

  it('trains a network into the folder of its task, equal to the byte wherever it is made again', async () => {
    expect(await run<Ran>(runTaskCommand, line())).toMatchObject({ stood: false, epochs: 2 })
    expect(readdirSync(at('small', 'td8-r2')).sort()).toEqual([...three, 'run.json'].sort())
    expect(existsSync(at('small', 'td8-r2.checkpoint'))).toBe(false)
    // An engine made the folder that it expects.
    mkdirSync(at('again'))
    await run(runTaskCommand, `${line()} --out ${at('again')}`)
    for (const name of three) expect(bytes('again', name), name).toBe(bytes('small', 'td8-r2', name))
    rmSync(at('again', 'weights.bin'))
    await run(runTaskCommand, `${line()} --out ${at('again')}`)
    expect(bytes('again', 'weights.bin')).toBe(bytes('small', 'td8-r2', 'weights.bin'))
  })

  it('says at once that a network stands', async () => {
    const log: string[] = []
    expect(await run<Ran>(runTaskCommand, line(), log)).toMatchObject({ stood: true, epochs: 2 })
    expect(log).toEqual([expect.stringMatching(/^td8-r2 stands in /)])
  })

  it('trains the weights that train-ratio trains by the options of the plan', async () => {
    const task = parsePlan(planText()).tasks.find(({ id }) => id === 'td8-r2')!
    const words = Object.entries(task.options).map(([name, value]) =>
      value === 'true' ? `--${name}` : `--${name}=${value}`,
    )
    await run(trainRatioCommand, [...words, '--test-events=50', `--out=${at('by-hand')}`].join(' '))
    expect(bytes('by-hand', 'weights.bin')).toBe(bytes('small', 'td8-r2', 'weights.bin'))
  })

  it('overwrites nobody’s work', async () => {
    const plan = at('small', 'plan.json')
    expect(await refusal(runTaskCommand, `${plan} td8-r1 --out ${at('small', 'td8-r2')}`)).toMatch(
      /holds another network than td8-r1: it is td8-r2 of the plan\. Remove /,
    )
    await run(planCommand, `${small} --seed 5 --replicas 2 --out ${at('seed')}`)
    const other = `${at('seed', 'plan.json')} td8-r2 --out ${at('small', 'td8-r2')}`
    expect(await refusal(runTaskCommand, other)).toMatch(/seed 1 on the card, 5 in the plan/)
    writeFileSync(at('again', 'weights.bin'), 'x')
    expect(await refusal(runTaskCommand, `${line()} --out ${at('again')}`)).toMatch(
      /weights\.bin has 1 bytes/,
    )
    expect(await refusal(runTaskCommand, `${plan} td8-r1 --out ${at('small')}`)).toMatch(/already holds/)
    expect(await refusal(runTaskCommand, `${plan} td8-r9`)).toMatch(/no task td8-r9\. It has 8, from td8-r1/)
    expect(await refusal(runTaskCommand, `${plan} ../x`)).toMatch(/lower-case letters, digits and dashes/)
  })
})
