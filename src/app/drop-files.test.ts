import { noLesson } from '../core/learn.ts'
import { describe, expect, it } from 'vitest'
import { createAppActions } from '../core/app-actions.ts'
import { createAppStore } from '../core/app-store.ts'
import { createMemoryCheckpointStore } from '../core/checkpoint-store.ts'
import { createOpenStudies } from '../core/open-studies.ts'
import type { Study } from '../core/study.ts'
import { smallPlatform } from '../testing/small-page.ts'
import { droppedFolder } from '../testing/folders.ts'
import { pathOf } from '../core/file-path.ts'
import { folderArchive } from '../share/archive/archive-terms.ts'
import { writeZip } from '../numerics/zip/write-zip.ts'
import { inProcessScript } from '../testing/in-process.ts'
import { handlers } from '../workers/bundle-handlers.ts'
import { createDropFiles } from './drop-files.ts'

/** A study that takes the files whose names end so, and writes down what it got. */
function study(id: string, ending: string, taken: string[]): Study {
  return {
    id,
    title: id,
    datasets: [],
    defaults: {},
    emptyState: {},
    views: { explore: { phrase: id, load: () => expect.unreachable('no view is shown') } },
    open: async () => ({}),
    linkPart: () => expect.unreachable('no link is written'),
    datasetOf: () => null,
    showDataset: () => ({}),
    takes: [
      {
        choose: (files) => files.filter(({ name }) => name.endsWith(ending)),
        take: async (files) => void taken.push(`${id}: ${files.map(({ name }) => name).join()}`),
      },
    ],
  }
}

/** Where a dropped folder is one of the study b. */
const knows = {
  folders: true,
  packed: /run-\d/,
  owns: async (files: readonly File[]) => files.filter((file) => /^run\/run-\d\//.test(pathOf(file))),
} as const

function page(front = 'a') {
  const taken: string[] = []
  const links: string[] = []
  const studies = [study('a', '.csv', taken), study('b', 'v', taken)]
  studies[1] = { ...studies[1], takes: [{ ...studies[1].takes![0], ...knows }] }
  const intents = { view: 'explore' as const, study: front, studies: { a: {}, b: {} }, learn: noLesson }
  const store = createAppStore(intents, { a: {}, b: {} })
  const actions = createAppActions(store)
  const platform = smallPlatform(createMemoryCheckpointStore(), {
    spawn: () => inProcessScript({ './bundle-handlers.ts': async () => handlers as never }),
  })
  const open = createOpenStudies(studies, store, actions, platform, async () => '#')
  const bundles: string[] = []
  const openBundle = async ({ name }: File) => (bundles.push(name), { finished: Promise.resolve() })
  const drop = createDropFiles(
    studies,
    store,
    actions,
    open,
    (hash) => void links.push(hash),
    openBundle,
    platform,
  )
  const { getState } = store
  const inFront = () => getState().intent.study
  return { drop, taken, links, bundles, inFront, notices: () => getState().notices }
}

const file = (name: string, text = '1') => new File([text], name)

describe('dropped files', () => {
  it('go to the study in front first, what it leaves to the others', async () => {
    const { drop, taken, notices, inFront } = page()
    await drop([file('x.csv'), file('y.tsv')])
    expect(taken).toEqual(['a: x.csv', 'b: y.tsv'])
    // What came of the last file is shown.
    expect(inFront()).toBe('b')
    expect(notices().map(({ text }) => text)).toEqual(['y.tsv: read by b, which opens.'])
    const other = page('b')
    await other.drop([file('x.csv'), file('y.tsv')])
    expect(other.taken).toEqual(['b: x.csv,y.tsv'])
    expect(other.notices()).toEqual([])
  })

  it('are given in the order they came, though the first is slow to read', async () => {
    const { drop, taken } = page()
    let read = () => {}
    const beginning = new Promise<ArrayBuffer>((resolve) => (read = () => resolve(new ArrayBuffer(1))))
    const slow = file('first.csv')
    slow.slice = () => Object.assign(new Blob(), { arrayBuffer: () => beginning })
    const drops = [drop([slow]), drop([file('second.csv')])]
    // Long enough for the second to be read and taken, were it not for the first.
    for (let i = 0; i < 50; i++) await new Promise(setImmediate)
    expect(taken).toEqual([])
    read()
    await Promise.all(drops)
    expect(taken).toEqual(['a: first.csv', 'a: second.csv'])
  })

  it('that nobody takes are named', async () => {
    const { drop, taken, notices } = page()
    await drop([file('x.csv'), file('thesis.doc')])
    expect(taken).toEqual(['a: x.csv'])
    expect(notices()).toMatchObject([{ tone: 'error', text: 'Nothing here reads thesis.doc.' }])
  })
})

describe('a dropped picture', () => {
  it('opens the analysis it carries, whatever host it came from', async () => {
    const { drop, links, notices } = page()
    await drop([file('figure.svg', '<!--\nlink: https://example.org/sub/#v=1&z=a- -b\n-->\n<svg/>')])
    expect(links).toEqual(['#v=1&z=a--b'])
    expect(notices().at(-1)?.tone).toBe('info')
  })

  it('is told by its content, not by its name', async () => {
    const { drop, links, taken } = page()
    const svg = '<?xml version="1.0"?>\n<!--\nlink: https://example.org/#v=1&z=a\n-->\n<svg/>'
    await drop([file('figure(1)', svg)])
    expect(links).toEqual(['#v=1&z=a'])
    await drop([file('spectra.svg.csv', '1,2\n'), file('numbers.png', '1,2\n')])
    expect(links).toHaveLength(1)
    expect(taken).toEqual(['a: spectra.svg.csv'])
  })

  it('without an analysis is told so and changes nothing', async () => {
    const { drop, links, notices } = page()
    await drop([file('other.svg', '<svg/>')])
    const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array<number>(16).fill(1)]
    await drop([new File([Uint8Array.from(png)], 'broken')])
    expect(links).toEqual([])
    expect(notices().map(({ text }) => text)).toEqual([
      expect.stringContaining('other.svg carries no analysis'),
      expect.stringContaining('24 bytes is no complete PNG'),
    ])
  })
})

describe('a dropped folder', () => {
  it('goes as a whole to the study that knows its paths, else its files are as if dropped one by one', async () => {
    const { drop, taken, notices } = page()
    await drop([], [droppedFolder('run', { 'x.csv': '1', 'run-1': { a: '1' }, 'run-2': { a: '1' } })])
    expect(taken).toEqual(['b: a,a'])
    await drop([], [droppedFolder('other', { 'x.csv': '1', deeper: { 'y.csv': '2' } })])
    expect(taken[1]).toBe('b: x.csv,y.csv') // in front since the first
    expect(notices().map(({ text }) => text)).toEqual([expect.stringMatching(/: read by b, which opens\.$/)])
    const many = Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`${i}.csv`, '1']))
    await drop([], [droppedFolder('many', many)])
    expect(notices().at(-1)?.text).toMatch(/^41 files were dropped, at most 40/)
  })

  it('is opened as the bundle that it was before it was unpacked, or that lies in it', async () => {
    const { drop, bundles, taken } = page()
    await drop([], [droppedFolder('unpacked', { 'theoryscape.json': '{}', fit: { 'x.csv': '1' } })])
    const zip = `PK\u0003\u0004${' '.repeat(26)}theoryscape.json{}`
    await drop([], [droppedFolder('run', { 'fit.zip': zip, 'x.csv': '1' })])
    expect(bundles).toEqual(['unpacked', 'fit.zip'])
    expect(taken).toEqual([])
  })
})

describe('a packed folder', () => {
  const zipped = async (name: string, content: Record<string, string | Uint8Array<ArrayBuffer>>) => {
    const entries = Object.entries(content).map(([path, value]) => ({
      path,
      bytes: typeof value === 'string' ? new TextEncoder().encode(value) : value,
    }))
    return new File([await writeZip(entries, folderArchive)], name)
  }
  const run = { 'run/x.csv': '1', 'run/run-1/a': '1', 'run/run-2/a': '1' }

  it('is taken as the folder is, also when it was packed from within', async () => {
    const { drop, taken, notices } = page()
    await drop([await zipped('home.zip', run)])
    await drop([await zipped('run.zip', { 'x.csv': '1', 'run-1/a': '1' })])
    expect(taken).toEqual(['b: a,a', 'b: a'])
    // The second comes while it is in front.
    expect(notices().map(({ text }) => text)).toEqual([expect.stringMatching(/: read by b, which opens\.$/)])
  })

  it('opens the bundle that lies in it, and is none itself though that one stands first or last', async () => {
    const { drop, taken, bundles } = page()
    const fit = new Uint8Array(await (await zipped('fit.zip', { 'theoryscape.json': '{}' })).arrayBuffer())
    await drop([await zipped('first.zip', { 'run/fit.zip': fit, ...run })])
    await drop([await zipped('last.zip', { ...run, 'run/fit.zip': fit })])
    expect(bundles).toEqual(['fit.zip', 'fit.zip'])
    expect(taken).toEqual([])
  })

  it('that no study knows stays one file; a damaged one is named', async () => {
    const { drop, taken, notices } = page()
    await drop([await zipped('x.csv', { 'a.npy': '1' }), await zipped('y.csv', { 'other/run-1/a': '1' })])
    expect(taken).toEqual(['a: x.csv,y.csv'])
    const whole = new Uint8Array(await (await zipped('run.zip', run)).arrayBuffer())
    whole[35] ^= 1
    await drop([new File([whole], 'home.zip')])
    expect(notices().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^home\.zip: The archive is damaged/),
    ])
  })
})

describe('a dropped bundle', () => {
  const bundle = (name: string, size?: number) => {
    const made = file(name, `PK\u0003\u0004${' '.repeat(26)}theoryscape.json{}`)
    if (size !== undefined) Object.defineProperty(made, 'size', { value: size })
    return made
  }

  it('is opened as one, whatever it is called and though it is larger than other files may be', async () => {
    const { drop, bundles, taken, notices } = page()
    await drop([bundle('a.csv', 100 * 1024 * 1024)])
    expect(bundles).toEqual(['a.csv'])
    expect(taken).toEqual([])
    expect(notices()).toEqual([])
  })

  it('comes before the files beside it', async () => {
    const { drop, bundles, taken } = page()
    await drop([file('x.csv'), bundle('b.zip')])
    expect(bundles).toEqual(['b.zip'])
    expect(taken).toEqual(['a: x.csv'])
  })
})

describe('a drop that is too much', () => {
  it('is refused before any file is read: size', async () => {
    const { drop, taken, notices } = page()
    const large = file('large.csv')
    Object.defineProperty(large, 'size', { value: 65 * 1024 * 1024 })
    await drop([file('small.csv'), large])
    expect(taken).toEqual([])
    expect(notices().at(-1)?.text).toMatch(/large\.csv has 68157440 bytes, at most 67108864/)
  })

  it('is refused before any file is read: number', async () => {
    const { drop, taken, notices } = page()
    await drop(Array.from({ length: 200 }, (_, i) => file(`${i}.csv`)))
    expect(taken).toEqual([])
    expect(notices().at(-1)?.text).toMatch(/200 files were dropped, at most 40/)
  })
})
