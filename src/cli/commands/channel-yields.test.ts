import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, it } from 'vitest'
import { writeRoot } from '../../testing/root-file/write-root.ts'
import { runCommandLine } from '../run-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'yields-'))
afterAll(() => rmSync(folder, { recursive: true }))

const jets = 'j,3e5,3e5,0,1;b,2.5e5,2.5e5,0,2;j,1e5,1e5,0,3;'
const text = [
  `1;a;0.5;250000;0;${jets}m-,3e4,3e4,0,0;`,
  'what is this',
  `a;2;0.5;250000;0;${jets}`,
  `3;a;0.5;90000;0;${jets}`,
  '',
].join('\n')

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string[] }> {
  const [out, err]: string[][] = [[], []]
  const code = await runCommandLine(argv, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
  })
  return { code, out: out.join('\n'), err }
}

it.each(['events.csv', 'events.csv.gz'])('counts the events of %s by their objects', async (name) => {
  const path = join(folder, name)
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text)
  for (const argv of [[path], ['--events', path]]) {
    const { code, out, err } = await run('channel-yields', ...argv, '--channel', '3')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({
      ...{ lines: 4, passed: 2, weightSum: 1, badLines: 1 },
      yields: { '2j1b0e0m0g': 1, '2j1b0e1m0g': 1 },
    })
    expect(err).toEqual([expect.stringMatching(/^line 2 has 1 fields/)])
  }
})

it('lays shares beside published ones, with the errors of both', async () => {
  const path = join(folder, 'some.csv')
  // Four in channel 3 with two jets and a b-jet, one of them with a muon, too.
  const line = `0;a;1;250000;0;${jets}`
  writeFileSync(path, [line, line, line, `${line}m-,3e4,3e4,0,0;`].join('\n'))
  const published = join(folder, 'published.json')
  const theirs = { '2j1b0e0m0g': [50, 100], '2j1b0e1m0g': [0, 100] }
  writeFileSync(published, JSON.stringify({ source: 'by hand', yields: { mine_chan3: theirs } }))
  const asked = ['channel-yields', path, '--channel', '3', '--published', published]
  const { beside } = JSON.parse((await run(...asked, '--sample', 'mine_chan3')).out) as {
    beside: Record<string, number | string | null>[]
  }
  // √(¼ / 3 + ½ / 50) of 1.5
  expect(beside[0]).toMatchObject({ objects: '2j1b0e0m0g', ours: 0.75, theirs: 0.5, ratio: 1.5 })
  expect(beside[0].ratioError).toBeCloseTo(1.5 * Math.sqrt(0.25 / 3 + 0.5 / 50), 12)
  expect(beside[1]).toEqual({ objects: '2j1b0e1m0g', ours: 0.25, theirs: 0, ratio: null, ratioError: null })

  expect((await run(...asked, '--sample', 'other')).err).toEqual([
    expect.stringMatching(/has no sample other\. Choose of mine_chan3/),
  ])
  expect((await run(...asked)).err).toEqual([expect.stringMatching(/--published and --sample go together/)])
  writeFileSync(published, '{"yields": 1}')
  expect((await run(...asked, '--sample', 'mine_chan3')).err).toEqual([
    expect.stringMatching(/published\.json is no file of published yields/),
  ])
})

it('refuses what is no file of events, and a second one', async () => {
  const path = join(folder, 'other.csv')
  writeFileSync(path, 'pt,eta\n1,2\n')
  expect(await run('channel-yields', path, '--channel', '1')).toMatchObject({
    code: 2,
    err: [expect.stringMatching(/none of 2 lines is an event; line 1 has 1 fields/)],
  })
  expect(await run('channel-yields', path, path, '--channel', '1')).toMatchObject({ code: 2 })
  expect(await run('channel-yields', join(folder, 'none.csv'), '--channel', '1')).toMatchObject({ code: 2 })
  writeFileSync(`${path}.gz`, gzipSync(text).subarray(0, 60))
  expect(await run('channel-yields', `${path}.gz`, '--channel', '1')).toMatchObject({
    code: 2,
    err: [expect.stringMatching(/cannot be read to its end/)],
  })
})

it('reads a ROOT tree whose branches are named, and tells entries that are no event', async () => {
  const lists = (all: readonly (readonly number[])[]) => ({ vector: 'float', lists: all }) as const
  const path = join(folder, 'events.root')
  const jets = [[300_000, 250_000, 100_000], [300_000, 250_000, 100_000], [300_000, 250_000, NaN], []]
  const like = (value: number) => jets.map((own) => own.map(() => value))
  writeFileSync(
    path,
    writeRoot({
      trees: [
        {
          name: 'nominal',
          branches: [
            { name: 'MET', type: 'F', values: [250_000, 90_000, 250_000, 1] },
            { name: 'met_phi', type: 'F', values: [0, 0, 0, 0] },
            { name: 'Jet_pt', ...lists(jets) },
            { name: 'jet_eta', ...lists(like(0)) },
            { name: 'jet_phi', ...lists(like(1)) },
            { name: 'score', ...lists(like(0).map((own) => own.map((_, i) => (i === 1 ? 0.9 : 0.1)))) },
            { name: 'muon_pt', ...lists([[30_000], [], [], []]) },
            { name: 'muon_eta', ...lists([[0], [], [], []]) },
            { name: 'muon_phi', ...lists([[0], [], [], []]) },
          ],
        },
      ],
    }),
  )
  const branches = 'met=MET,jet_pt=Jet_pt,jet_b=score'
  const { code, out, err } = await run(
    ...['channel-yields', path, '--channel', '3', '--branches', branches],
    ...['--energy-unit', 'MeV', '--b-tag', '0.8'],
  )
  expect(err).toEqual([
    expect.stringMatching(/^entry 3 has pT NaN, .* in jet 3, not finite/),
    'entry 4 has no object',
  ])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({
    ...{ lines: 4, passed: 1, weightSum: 1, badLines: 2 },
    yields: { '2j1b0e1m0g': 1 },
  })

  expect((await run('channel-yields', path, '--channel', '3')).err).toEqual([
    expect.stringMatching(
      /events\.root: the tree nominal has no branch of numbers met; it has MET, met_phi, Jet_pt/,
    ),
  ])
  const refused = async (...argv: string[]) =>
    (await run('channel-yields', path, '--channel', '3', ...argv)).err
  expect(await refused('--branches', 'met=Met')).toEqual([
    expect.stringMatching(/no branch of numbers Met, which is asked for as met/),
  ])
  expect(await refused('--branches', 'jets=x')).toEqual([
    expect.stringMatching(/there is no column "jets", known are met/),
  ])
  expect(await refused('--branches', 'met')).toEqual([
    expect.stringMatching(/must be column=name, like met=MET/),
  ])
  expect(await refused('--branches', 'met=MET,met=MET')).toEqual([expect.stringMatching(/names met twice/)])
})
