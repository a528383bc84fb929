import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Command } from '../../../cli/command.ts'
import { createMemoryCheckpointStore } from '../../../core/checkpoint-store.ts'
import { createMemoryProducts } from '../../../core/product-store.ts'
import { smallPage } from '../../../testing/small-page.ts'
import { AppError } from '../../../errors.ts'
import { unpackBundle } from '../../../share/bundle/unpack-bundle.ts'
import { readLink } from '../../../testing/links.ts'
import { parsePlan } from '../plan-schema.ts'
import { topPairDefaults } from '../default-intent.ts'
import { openTopPair } from '../open.ts'
import { bundledFit, unbundledFit } from '../state/fit-bundle.ts'
import type { FitProductTypes } from '../state/products.ts'
import { topPair } from '../study.ts'
import { tileStatus, tileTitle } from '../views/tile-text.ts'
import { fitCommand } from './fit.ts'
import { planCommand } from './plan.ts'
import { rememberPath } from '../../../core/file-path.ts'
import type { FitJobs } from '../analysis/fit/fit-jobs.ts'
import { choosePlanned, readPlanned } from '../state/planned-files.ts'
import { planHandlers } from '../plan-handlers.ts'
import { runTaskCommand } from './run-task.ts'

const folder = mkdtempSync(join(tmpdir(), 'fit-plan-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (...names: string[]): string => join(folder, ...names)

const run = <T>(command: Command, line: string, log: string[] = []) =>
  command.run(line.split(' '), (text) => log.push(text)) as Promise<T>

async function refusal(line: string, log: string[] = []): Promise<string> {
  const thrown: unknown = await run(fitCommand, line, log).catch((error: unknown) => error)
  if (!(thrown instanceof AppError)) throw new Error(`was not refused: ${JSON.stringify(thrown)}`)
  return thrown.message
}

const small =
  '--preset thesis-inspired,joint-parton --training-points 1000 --epochs 1 --events 300 --live 60 --raw-ratios'
const plan = at('plan', 'plan.json')
const fit = `--plan ${plan} --networks ${at('plan')}`

beforeAll(async () => {
  await run(planCommand, `${small} --replicas 2 --out ${at('plan')}`)
  for (const id of ['all-r1', 'all-r2']) await run(runTaskCommand, `${plan} ${id}`)
})

describe('the folder of a plan, dropped on the page', () => {
  const { signal } = new AbortController()
  const files = (names: string[]) =>
    names.map((name) => {
      const file = new File([readFileSync(at('plan', name))], name.split('/').at(-1)!)
      rememberPath(file, `plan/${name}`)
      return file
    })
  const network = (id: string) =>
    ['card.json', 'model.json', 'weights.bin', 'run.json'].map((name) => `${id}/${name}`)
  const all = ['README.txt', 'plan.json', 'tasks.txt', ...network('all-r2'), ...network('all-r1')]

  it('is known by its plan.json, and read as the command reads it', async () => {
    const stranger = new File(['1'], 'notes.txt')
    const owned = await choosePlanned([...files(all), stranger])
    expect(owned).toHaveLength(all.length)
    expect(await choosePlanned(files(network('all-r1')))).toEqual([])
    const planned = await planHandlers['load-planned'](await readPlanned(owned), { signal })
    const read = planned as FitJobs['load-planned']['result']
    expect(read.setup).toEqual(parsePlan(readFileSync(plan, 'utf8')).setup)
    // In the order of the plan.
    expect(read.networks.map(({ task, seconds }) => [task.replica, seconds > 0])).toEqual([
      [1, true],
      [2, true],
    ])
    expect(read.files.map(({ name }) => name)).toEqual(['all-r1', 'all-r2'])
  })

  it.each<[string, string[], RegExp, object]>([
    ['a missing one', ['plan.json', ...network('all-r2')], /1 missing: all-r1/, { missing: ['all-r1'] }],
    [
      'a network without weights',
      [...all, 'all-r1/card.json'].filter((name) => name !== 'all-r1/weights.bin'),
      /no weights.bin in plan\/all-r1/,
      {},
    ],
  ])('with %s is refused, with the list', async (_, names, words, context) => {
    const thrown = await readPlanned(files(names))
      .then(async (planned) => (await planHandlers['load-planned'](planned, { signal })) as unknown)
      .catch((error: unknown) => AppError.from(error))
    expect(thrown).toMatchObject({ message: expect.stringMatching(words), context })
  })

  it('as loose files is the same; a plan alone opens its set-up', async () => {
    const loose = (names: string[]) =>
      names.map(
        (name) =>
          new File([readFileSync(at('plan', name))], name.replaceAll('/', '-').replace(/^.*-plan/, 'plan')),
      )
    const some = loose(['plan.json', ...network('all-r1'), ...network('all-r2')])
    const planned = await readPlanned(await choosePlanned(some))
    expect(planned.files).toHaveLength(2)
    expect((await readPlanned(loose(['plan.json']))).files).toEqual([])
  })
})

describe('fit --plan', () => {
  it('fits the set-up of the plan with the networks that lie in a folder, and bundles all of it', async () => {
    const log: string[] = []
    const answer = await run<{ mode: string; truth: object; networks: object[]; files: string[] }>(
      fitCommand,
      `--plan ${plan} --bundle ${at('fit.zip')} --out ${at('fit.json')}`,
      log,
    )
    expect(answer).toMatchObject({ mode: 'unbinned', events: 300, truth: { td8: 0.45, tq8: -0.65 } })
    expect(answer.networks).toMatchObject([{ replica: 1 }, { replica: 2 }])
    expect(answer.files).toEqual([at('fit.json'), at('fit.zip')])
    expect(log.join()).not.toMatch(/Set-up signal/)

    const bundle = await unpackBundle(new Blob([readFileSync(at('fit.zip'))]))
    expect(bundle.items.map(({ kind, files }) => [kind, ...files.map(({ name }) => name)])).toEqual([
      ['summary', 'summary.json'],
      ['chains', 'unbinned.txt', 'unbinned.paramnames', 'unbinned.ranges', 'unbinned.properties.ini'],
      ['network', 'card.json', 'weights.bin', 'run.json'],
      ['network', 'card.json', 'weights.bin', 'run.json'],
      ...[['data'], ['ratios'], ['fit']],
    ])
    const of = (kind: string) => bundle.items.find((item) => item.kind === kind)!
    expect(Buffer.from(of('network').files[1].bytes)).toEqual(
      readFileSync(at('plan', 'all-r1', 'weights.bin')),
    )
    expect(Buffer.from(of('summary').files[0].bytes)).toEqual(readFileSync(at('fit.json')))
    const { setup } = parsePlan(readFileSync(plan, 'utf8'))
    expect(await readLink(bundle.link)).toMatchObject({ ok: true, notes: [], intent: { fit: setup } })
  })

  it('opens on a page that computes nothing: tiles with where they come from, posterior, data', async () => {
    const bundle = await unpackBundle(new Blob([readFileSync(at('fit.zip'))]))
    const { setup } = parsePlan(readFileSync(plan, 'utf8'))
    const products = createMemoryProducts<FitProductTypes>()
    const { context, appStore } = smallPage(
      topPair,
      { ...topPairDefaults, fit: setup },
      'fit',
      createMemoryCheckpointStore(),
      undefined,
      { cores: 1, products: () => products as never },
    )
    const handle = openTopPair(context)
    const read = await unbundledFit(bundle.items, handle)
    await read.lay()
    await read.finish()
    expect([read.notes, appStore.getState().notices]).toEqual([[], []])
    const { networks, fits, data, ratios } = context.store.getState().fit
    expect(networks.map((tile) => [tile.status, tileStatus(tile)])).toEqual([
      ['done', 'of a bundle, 1 epochs'],
      ['done', 'of a bundle, 1 epochs'],
    ])
    expect(networks.map((tile) => tileTitle(tile))).toEqual([
      expect.stringMatching(/; made by theoryscape .*, joint-parton, seed 1, replica 1, \d+ events$/),
      expect.stringMatching(/ replica 2, /),
    ])
    expect(fits.unbinned.outcome?.value.theta.length).toBeGreaterThan(200)
    expect(fits.unbinned.reports.length).toBeGreaterThan(0)
    expect([data.value?.value.events, ratios.value?.value.ratios.length]).toEqual([300, 300 * 6])
    expect(handle.fit.isStale('unbinned')).toBe(false)
    // What the page saves again holds the same results, and chains for other programs.
    const kinds = bundledFit(context.store.getState().fit).items.map(({ kind }) => kind)
    expect(kinds).toEqual(['data', 'network', 'network', 'ratios', 'fit', 'chains'])
    const swapped = bundle.items.map((item) =>
      item.kind === 'network' ? { ...item, key: item.key!.replace(/.$/, '7') } : item,
    )
    await expect(unbundledFit(swapped, handle)).rejects.toThrow(/kept as #.*\/7, its card says #.*\/0/)
  })

  it('lists what is missing, doubled and foreign, whole, before any work', async () => {
    for (const name of ['all-r1', 'copy-1', 'copy-2', 'copy-3'])
      cpSync(at('plan', 'all-r1'), at('some', name), { recursive: true })
    const other = at('other', 'plan.json')
    await run(planCommand, `${small} --seed 3 --replicas 1 --out ${at('other')}`)
    await run(runTaskCommand, `${other} all-r1 --out ${at('some', 'seed-3')}`)
    expect(await refusal(`--plan ${plan} --networks ${at('some')}`)).toMatch(
      /needs 2 networks, each once\. 1 missing: all-r2\. 1 doubled: all-r1 \(.*all-r1, .*copy-1.*\)\. 1 foreign: .*seed-3 \(seed 3 on the card, 1 in the plan\)\. Make what is missing with run-task/,
    )
    const log: string[] = []
    await refusal(`--plan ${plan} --networks ${['a', 'b', 'c'].map(() => at('some', 'seed-3')).join()}`, log)
    expect(log).toEqual([expect.stringMatching(/^foreign: (.*seed-3.*){3}$/)])
  })

  it.each([
    [`${fit} --preset energetic`, /--plan says the set-up .* --preset energetic does too/],
    [
      `${fit} --seed 2 --bundle ${at('x.zip')}`,
      /2 missing: .*2 foreign: .*seed 1 on the card, 2 in the plan/,
    ],
    [`${fit} --mode binned`, /--networks are for learned ratios/],
    [`--plan ${at('plan', 'tasks.txt')}`, /The plan is not JSON/],
    [`--plan ${plan} --networks ${folder}`, /no card\.json in .* or a folder in it/],
    [`${small} --mode unbinned --bundle ${at('x.zip')}`, /Make them with plan and run-task/],
  ])('refuses %s', async (line, words) => {
    expect(await refusal(line)).toMatch(words)
  })
})
