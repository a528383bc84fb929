import { beforeAll, describe, expect, it } from 'vitest'
import { readParquet } from './dataset/parquet.ts'
import { readSpectraFile } from './dataset/spectra-file.ts'
import { unpackedText } from './dataset/unpacked-text.ts'
import { AppError } from './errors.ts'
import { createLheReader } from './generator/lhe.ts'
import { createRng } from './numerics/rng.ts'
import { parseLhaInfo } from './physics/pdf/lha-info.ts'
import { parseLhaGrid } from './physics/pdf/lhagrid.ts'
import { inspectPdf } from './physics/pdf/open-pdf.ts'
import { readWcxf } from './physics/smeft/wcxf.ts'
import { universalCoefficients } from './physics/smeft/wcxf-universal.ts'
import { linkInPicture } from './share/picture-link.ts'
import { readFrame } from './share/link-frame.ts'
import { droppedKinds } from './studies/drell-yan/analysis/dropped-kind.ts'
import { readHepData } from './studies/drell-yan/analysis/own-measurement/hepdata-table.ts'
import { readMeasuredSpectrum } from './studies/drell-yan/analysis/own-measurement/measured-spectrum.ts'
import { importLhe } from './studies/top-pair/analysis/import-lhe.ts'
import { benchmarksFromNames } from './studies/top-pair/analysis/lhe-benchmarks.ts'
import { readEvents } from './studies/top-pair/analysis/event-file.ts'
import { sharedCase, sharedCases } from './testing/shared-cases.ts'
import { processorMs } from './testing/processor-time.ts'

/** Small inputs that must work or be refused, in a table of what is right. */
const rows = sharedCases()

const bytes = sharedCase
// As a command reads it: with the mark at the beginning, if there is one.
const text = (name: string) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes(name))
const spectra = (name: string) => readSpectraFile(name, bytes(`files/${name}`), { bins: 71 })
const events = (name: string) => readEvents(name, bytes(`files/${name}`), ['pt_l1', 'm_ll'])
const pdf = (...names: string[]) => names.map((name) => ({ name, text: text(`files/${name}`) }))
/** As `ttbar-import` reads a Les Houches file. */
async function imported(name: string, content = text(`files/${name}`)) {
  const run = importLhe([content], {
    ...{ name, observables: ['m_tt' as const, 'm_ll' as const], rng: createRng(1) },
    ...{ benchmarks: 'by-name' as const, skipOthers: true, negativeWeights: true },
  })
  let step = await run.next()
  while (!step.done) step = await run.next()
  return step.value
}
const refused = async (read: () => unknown, words: RegExp) => {
  let fastest = Infinity
  // "At once": what froze took seconds to minutes, each time; other work beside it may double one time.
  for (let attempt = 0; attempt < 3 && fastest >= 1000; attempt++) {
    const begin = processorMs()
    const thrown = await Promise.resolve()
      .then(read)
      .catch((error: unknown) => error)
    fastest = Math.min(fastest, processorMs() - begin)
    expect(thrown).toBeInstanceOf(AppError)
    expect((thrown as AppError).message).toMatch(words)
  }
  expect(fastest).toBeLessThan(1000)
}

/** Read to the end, and told as what they are. */
async function otherProcesses(...names: string[]): Promise<void> {
  for (const name of names) {
    const content = text(`real/lhe/${name}.lhe`)
    expect(createLheReader(name).push(content)).toHaveLength(content.split(/<event[\s>]/).length - 1)
    await refused(() => imported(name, content), /event 1 \(line \d+\) has (no|two) /)
  }
}

/** By how the first cell of a row begins. */
const tests: Record<string, () => Promise<void> | void> = {
  'c01-': async () => {
    const { rows, notes } = await spectra('c01-numeric-header.csv')
    expect(rows).toBe(2)
    expect(notes[0]).toMatch(/taken as a header/)
  },
  'c01b-': async () => expect((await spectra('c01b-pandas-default.csv')).rows).toBe(2),
  'c02-': async () => expect((await spectra('c02-one-number-per-line.txt')).rows).toBe(1),
  'c03-': async () => expect((await spectra('c03-sep-line.csv')).bins).toBe(71),
  'c04-': async () => {
    const name = 'c04-spectrum.dat'
    expect((await spectra(name)).rows).toBe(1)
    expect(await droppedKinds([new File([bytes(`files/${name}`)], name)])).toEqual(['spectra'])
  },
  c05_: () => refused(() => inspectPdf(pdf('c05_0000.dat', 'c05.info')), /ids 908, 909, 910 are no partons/),
  c06_: () => {
    expect(inspectPdf(pdf('c06_0000.dat', 'c06.info')).notes[0]).toMatch(/breaks the sum rules of a proton/)
    expect(parseLhaInfo(text('files/c06.info'), 'f').Particle).toBe(2212)
  },
  c07_: () =>
    expect(inspectPdf(pdf('c07_0001.dat', 'c07_0000.dat')).notes[0]).toMatch(
      /c07_0000\.dat is used; c07_0001\.dat is not/,
    ),
  'c08-': async () => {
    const file = await readWcxf(text('files/c08-u35.json'), 'c08')
    expect(universalCoefficients(file)).toMatchObject({ coefficients: { clq3: 0.01 }, messages: [] })
  },
  'c09-': async () => {
    const file = await readWcxf(text('files/c09-redundant.json'), 'c09')
    expect(universalCoefficients(file)).toMatchObject({ coefficients: { cll1: 0.01 }, messages: [] })
  },
  'c10-': () => refused(() => readWcxf(text('files/c10-tev.json'), 'c10'), /GeV⁻²: divide values in TeV⁻²/),
  'c11-': async () => expect((await readWcxf(text('files/c11-bom.json'), 'f')).values).toHaveLength(1),
  'c13-': () => refused(() => readWcxf(text('files/c13-wet.yml'), 'c13'), /eft "WET", basis "flavio"/),
  'c14-': async () => {
    expect((await imported('c14-optional-weights.lhe')).table).toMatchObject({ rows: 6, operators: [] })
  },
  'c15-': async () => {
    const { table } = await imported('c15-two-documents.lhe')
    expect(table).toMatchObject({ rows: 12, operators: ['td8'] })
  },
  'c17-': async () => {
    const { table, notes } = await imported('c17-event-tag-in-comment.lhe')
    expect(table).toMatchObject({ rows: 6, operators: ['td8'] })
    expect(notes).toEqual([])
  },
  'c18-': async () => {
    const { benchmarks, table } = await imported('c18-mg-reweighting.lhe')
    expect(benchmarks).toEqual({ operators: ['td8'], points: { rwgt_1: [0], rwgt_2: [2], rwgt_3: [-2] } })
    const named = await imported('c15-two-documents.lhe')
    // The same events and weights under names of their own.
    expect([...table.weights].map((w) => w / 2)).toEqual([
      ...named.table.weights.slice(0, table.weights.length),
    ])
    for (const name of ['ctd8=2', 'EFTrwgt_ctd8_2.0'])
      expect(benchmarksFromNames(['sm', name, name.replace('2', '-2')])?.operators).toEqual(['td8'])
  },
  'c21-': async () => {
    const { table, others, notes } = await imported('c21-mixed-decays.lhe')
    expect(others).toBeGreaterThan(0)
    expect(table.rows + others).toBe(6)
    expect(notes[0]).toMatch(/of 6 events are of another decay or process and are left out/)
    const whole = text('files/c21-mixed-decays.lhe')
    const cut = await imported('c21', whole.replace('</LesHouchesEvents>', ''))
    expect(cut.table.rows).toBe(table.rows)
    expect(cut.notes[0]).toMatch(/closing <\/LesHouchesEvents> is missing/)
    const negative = whole.replaceAll('12 1 +5.0000000000e-02', '12 1 -5.0000000000e-02')
    expect((await imported('c21', negative)).table.weights[0]).toBeLessThan(0)
  },
  'c16-': async () => {
    let all = ''
    for await (const piece of unpackedText(bytes('files/c16-two-gzip-members.lhe.gz'), 1e8)) all += piece
    const found = [...createLheReader('c16').push(all)].length
    expect(found).toBe(all.split('<event>').length - 1)
    expect(found).toBeGreaterThan(0)
  },
  'c23-': async () => {
    const { events: read, weighted, notes } = await events('c23-weight-column.csv')
    expect(weighted).toBe(true)
    expect(new Set(read.weights)).toEqual(new Set([1, 2]))
    expect(notes[0]).toMatch(/column weight is taken as the weight/)
  },
  'c24-': async () => expect((await events('c24-text-column.csv')).events.rows).toBe(40),
  'c25-': async () => {
    const plain = (await spectra('spectra-plain.npy')).data
    for (const name of ['spectra.npz', 'spectra.csv.gz', 'spectra.h5']) {
      const { rows, data } = await spectra(name)
      expect(rows).toBe(3)
      data.forEach((value, i) => expect(Math.abs(value / plain[i] - 1)).toBeLessThan(1e-12))
    }
    const packed = (await events('c25-zstd.parquet')).events
    expect(packed.rows).toBeGreaterThan(0)
    expect(Math.max(...packed.columns.m_ll!)).toBeGreaterThan(10)
  },
  'real/parquet': async () => {
    const read = (name: string) => readParquet(bytes(`real/parquet/${name}.parquet`))
    expect(await read('byte_stream_split.zstd')).toMatchObject({ rows: 300, columns: 2 })
    expect(await read('byte_stream_split_extended.gzip')).toMatchObject({ rows: 200, columns: 8 })
    expect((await read('concatenated_gzip_members')).data).toEqual(
      Float64Array.from({ length: 513 }, (_, i) => i + 1),
    )
    expect(await read('hadoop_lz4_compressed')).toMatchObject({ rows: 4, columns: 2 })
    for (const name of ['datapage_v2.snappy', 'delta_binary_packed'])
      await refused(() => read(name), /is encoded as DELTA_BINARY_PACKED, this app reads PLAIN/)
    await refused(() => read('datapage_v1-corrupt-checksum'), /page of checksum/)
    expect((await read('alltypes_plain.snappy')).rows).toBe(2)
    await refused(() => read('float16_nonzeros_and_nans'), /x \(FLOAT16\)/)
    await refused(() => read('nulls.snappy'), /b_struct \(nested\)/)
  },
  'hepdata-': async () => {
    const file = (name: string) => ({ name, text: text(`files/${name}`) })
    const { measurement, notes } = await readMeasuredSpectrum([file('hepdata-measured-mll.yaml')])
    expect(measurement.edges).toEqual([120, 150, 200, 300, 500])
    expect(measurement.error[2]).toBeCloseTo(Math.hypot(0.00006, 0.000135), 12)
    expect(measurement.error[3]).toBeCloseTo(Math.hypot(0.02 * 0.00083, 0.00003), 12)
    expect(notes.join('; ')).toMatch(/1 bins without a value are left out/)
    const table = await readHepData('export', text('files/hepdata-export.csv'))
    expect(table).toMatchObject({ sqrtSGeV: 13_000, values: [0.0521, 0.0192, 0.00531] })
    expect(table.errors[2][1]).toEqual({ label: 'sys', up: 0.00012, down: 0.00015 })
    // Three terms of K and three bins: nothing would be left to compare.
    await refused(
      () => readMeasuredSpectrum([file('hepdata-export.csv')]),
      /3 of its 3 bins .* at least 4 are needed/,
    )
  },
  'c26-': async () => {
    expect((await events('c26-mev.csv')).notes.join(' ')).toMatch(/median pt_l1 is \d+ GeV: MeV\?/)
    const inMeV = { columns: {}, factors: { pt_l1: 1e-3, m_ll: 1e-3 } }
    const read = await readEvents('c26', bytes('files/c26-mev.csv'), ['pt_l1', 'm_ll'], inMeV)
    expect(read.notes).toEqual([])
    expect((await events('events-plain.csv')).notes).toEqual([])
  },
  'real/lhe: pylhe': () => otherProcesses('pylhe-testlhef3', 'pylhe-testfile-madgraph-2.0.0-wbj'),
  'real/lhe: powheg': () =>
    otherProcesses(
      ...['pylhe-testfile-powheg-box-v2-hvq', 'pylhe-testfile-sherpa-3.0.1-eejjj'],
      ...['pylhe-testfile-whizard-3.1.4-eeWW', 'pylhe-testfile-pr180'],
    ),
  'real/root': async () => {
    const name = 'uproot-Zmumu-zlib.root'
    const pick = { columns: { pt_l1: 'pt1', eta_l1: 'eta1', m_ll: 'M' } }
    const { events } = await readEvents(name, bytes(`real/root/${name}`), ['pt_l1', 'eta_l1', 'm_ll'], pick)
    expect(events).toMatchObject({ rows: 2304, columns: { m_ll: expect.any(Float32Array) as Float32Array } })
    await refused(
      () => readEvents(name, bytes(`real/root/${name}`), ['pt_l1']),
      /lack the column pt_l1; they have/,
    )
    const other = (one: string) => readSpectraFile(one, bytes(`real/root/${one}`), { bins: 71 })
    await refused(() => other('uproot-histograms.root'), /have 10 bins, the dataset has 71/)
    const one = await readSpectraFile(name, bytes('real/root/uproot-histograms.root'), {
      bins: 10,
      tree: 'one',
    })
    expect([one.rows, ...one.data.slice(0, 3)]).toEqual([1, 68, 285, 755])
    await refused(() => other('uproot-small-flat-tree.root'), /have 67 bins, the dataset has 71/)
    await refused(() => other('uproot-simple.root'), /have 2 bins/)
    await refused(() => other('uproot-vectorVectorDouble.root'), /x \(vector<vector<double> >\)/)
  },
  'real/wcxf': async () => {
    const read = (name: string) => () => readWcxf(text(`real/wcxf/${name}`), name)
    await refused(read('test.wcs.yml'), /eft "MyEFT", basis "MyBasis 1"/)
    await refused(read('test.Warsaw_mass.yml'), /eft "SMEFT", basis "Warsaw mass"/)
    await refused(read('wcxf-flavio-example.yml'), /eft "WET", basis "flavio"/)
    await refused(read('random_wc.json'), /holds a list of \d+ entries, no "name: value"/)
  },
  'reliability/lha-info': async () => {
    expect(parseLhaInfo(text('reliability/lha-info-spaces-60k.info'), 'f').SetDesc).toBeDefined()
    await refused(() => readWcxf(text('reliability/redos.wcxf.json'), 'f'), /no number/)
    expect(linkInPicture(bytes('reliability/redos.svg'))).toBeNull()
    await refused(() => readWcxf(text('reliability/yaml-flow-lines-60kB.yaml'), 'f'), /./)
    await refused(() => readWcxf(text('reliability/yaml-many-keys-60kB.yaml'), 'f'), /./)
    readFrame(text('reliability/link-31k-digits.txt').slice(1))
  },
  'links.tsv': async () => {
    const [first, ...damaged] = text('files/links.tsv')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('# '))
      .map((line) => line.split('\t'))
    const whole = readFrame(first[1].slice(1))
    expect(whole).toMatchObject({ intact: true, repaired: false, version: 1 })
    expect(damaged.length).toBeGreaterThan(10)
    for (const [kind, link] of damaged)
      expect([kind, readFrame(link.slice(1))]).toEqual([kind, { ...whole, repaired: true }])
  },
  'reliability/lhagrid': async () => {
    let all = ''
    const packed = bytes('reliability/lhagrid-huge-knots_0000.dat.gz')
    for await (const piece of unpackedText(packed, 1e8)) all += piece
    await refused(() => parseLhaGrid(all, 'huge'), /stops after \d+ of \d+ rows/)
  },
}

/** Rows that are held by tests elsewhere. */
const elsewhere: Record<string, string> = {
  'reliability/lhe-momentum': 'generator/lhe-events.test.ts: damaged events are left out and counted',
  '(make it) a `fit --checkpoint`': 'cli: checkpoints carry a checksum',
  '(no file) `fit --mode exact':
    'top-pair/analysis/fit/fit-posterior.test.ts: on which nothing depends is the prior',
  '(no file) `fit ... --chains': 'top-pair/cli/fit.test.ts: answers with … files',
}

/** Rows of other work: formats that are not read yet, and what is not met here. */
const open: Record<string, string> = {
  'events/pythia': 'new formats',
}

describe.skipIf(!rows)('the table of cases', () => {
  // Fetched once, it does not belong to the time of a file.
  beforeAll(() => import('yaml').then(() => undefined))

  const keyOf = (record: object, row: string) => Object.keys(record).filter((key) => row.startsWith(key))

  it('every row has a test, here or elsewhere, or is listed as open', () => {
    expect(rows?.length).toBeGreaterThan(20)
    const places = (rows ?? []).map(
      (row) => [tests, elsewhere, open].flatMap((record) => keyOf(record, row)).length,
    )
    expect(rows?.filter((_, i) => places[i] !== 1)).toEqual([])
  })

  for (const row of rows ?? [])
    for (const key of keyOf(tests, row)) it(`${row.slice(0, 60)}`, () => tests[key]())
})
