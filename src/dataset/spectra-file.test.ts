import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { writeNpy } from './npy.ts'
import { writeParquet } from './parquet.ts'
import { readSpectraFile } from './spectra-file.ts'

const text = (content: string) => new TextEncoder().encode(content)
const bins = { bins: 3, edges: [50, 55, 60, 70] }
const spectra = Float32Array.of(1, 2, 3, 4, 5, 6)
const npy = writeNpy(spectra, [2, 3])
const csv = text('mll_50_55,mll_55_60,mll_60_70\n1,2,3\n4,5,6\n')
const parquet = await writeParquet([
  { name: 'mll_50_55', data: Float64Array.of(1, 4) },
  { name: 'mll_55_60', data: Float64Array.of(2, 5) },
  { name: 'mll_60_70', data: Float64Array.of(3, 6) },
])

async function refusal(name: string, bytes: Uint8Array, expected = bins): Promise<AppError> {
  const error = await readSpectraFile(name, bytes, expected).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(AppError)
  expect((error as AppError).message).toContain(name)
  return error as AppError
}

it('reads the same spectra from npy, CSV and Parquet', async () => {
  for (const [name, bytes, format] of [
    ['a.npy', npy, 'npy'],
    ['a.csv', csv, 'csv'],
    ['a.parquet', parquet, 'parquet'],
  ] as const) {
    const table = await readSpectraFile(name, bytes, bins)
    expect(table).toMatchObject({ format, rows: 2, bins: 3, data: spectra, negativeValues: 0, zeroRows: 0 })
    expect(table.edgesChecked).toBe(format !== 'npy')
    expect(table.notes).toEqual(
      format === 'npy' ? ['the file does not state its bin edges: those of the dataset are assumed'] : [],
    )
  }
})

it('takes a 1-D array as one spectrum', async () => {
  expect(await readSpectraFile('one.npy', writeNpy(Float64Array.of(1, 2, 3), [3]), bins)).toMatchObject({
    rows: 1,
  })
})

it('judges by content, not by name, and says so', async () => {
  const table = await readSpectraFile('spectra.csv', parquet, bins)
  expect(table.format).toBe('parquet')
  expect(table.notes[0]).toBe(
    'the name ends in .csv, the file is a Parquet table (.parquet) and was read as that'.replace(
      ' (.parquet)',
      '',
    ),
  )
  expect((await readSpectraFile('spectra.out', csv, bins)).notes).toEqual([])
})

it('compares the number of bins, with both numbers and the cure', async () => {
  const error = await refusal('a.npy', writeNpy(new Float32Array(8).fill(1), [2, 4]))
  expect(error.code).toBe('data/mismatch')
  expect(error.message).toContain('its spectra have 4 bins, the dataset has 3')
  expect((await refusal('t.npy', writeNpy(new Float32Array(6).fill(1), [3, 2]))).message).toContain(
    'save array.T',
  )
  expect((await refusal('c.npy', writeNpy(new Float32Array(6).fill(1), [1, 2, 3]))).message).toContain(
    '3 dimensions',
  )
  expect((await refusal('z.npy', writeNpy(new Float32Array(0), [0, 3]))).message).toContain('no spectra')
})

it('compares stated bin edges, wherever they are stated', async () => {
  const words = "its bin 2 goes from 55 to 65 GeV, the dataset's from 55 to 60 GeV"
  for (const content of [
    'mll_50_55,mll_55_65,mll_65_70\n1,2,3',
    '# edges: 50 55 65 70\n1,2,3',
    '50,55,65,70\n1,2,3',
    '50-55,55-65,65-70\n1,2,3',
  ]) {
    const error = await refusal('a.csv', text(content))
    expect(error.code).toBe('data/mismatch')
    expect(error.message).toContain(words)
  }
  expect((await refusal('a.csv', text('# edges: 50 60\n1,2,3'))).message).toContain(
    'edges of 1 bins, the dataset has 3',
  )
})

it('knows two observables side by side', async () => {
  const both = {
    bins: 3,
    edges: [
      [50, 55, 60],
      [20, 30],
    ],
  }
  const named = text('mll_50_55,mll_55_60,ptl_20_30\n1,2,3')
  expect((await readSpectraFile('a.csv', named, both)).edgesChecked).toBe(true)
  const other = text('mll_50_55,mll_55_60,ptl_20_35\n1,2,3')
  await expect(readSpectraFile('a.csv', other, both)).rejects.toThrow(/bin 3 goes from 20 to 35 GeV/)
})

it('names the row and the column of a number that is none', async () => {
  for (const bad of [NaN, Infinity, -Infinity])
    expect((await refusal('a.npy', writeNpy(Float32Array.of(1, 2, 3, 4, bad, 6), [2, 3]))).message).toContain(
      'row 2, column 2',
    )
  expect((await refusal('a.csv', text('a,b,c\n1,2,3\n4,5,\n'))).message).toContain('row 2, column 3 (c)')
  expect((await refusal('a.csv', text('1,2,1e300'))).message).toContain('1e+300, beyond single precision')
  expect((await refusal('a.csv', text('1,2,1e999'))).code).toBe('data/corrupt')
})

it('counts what is odd but allowed', async () => {
  const table = await readSpectraFile('a.csv', text('0,0,0\n-1,2,-3'), bins)
  expect(table).toMatchObject({ negativeValues: 2, zeroRows: 1 })
  expect(table.notes).toEqual([
    '2 of 6 numbers are negative',
    '1 of 2 spectra are zero in every bin',
    'the file does not state its bin edges: those of the dataset are assumed',
  ])
  expect((await readSpectraFile('a.csv', text('1,2,3\n1,2,3'), bins)).notes).toContain(
    'all 2 spectra are the same',
  )
  expect((await refusal('zero.csv', text('0,0,0\n0,0,0'))).message).toContain('all 2 spectra are zero')
})

it.each([
  ['a.npy', '', 'an empty file'],
  ['a.csv', '', 'an empty file'],
  ['a.parquet', '', 'an empty file'],
  ['a.pkl', '\x80\x04\x95', 'never opened'],
  ['a.csv', '<!doctype html>', 'a web page (HTML)'],
  ['a.dat', 'PdfType: central\nFormat: lhagrid1\n', 'LHAPDF grid'],
  ['a.json', '{"a": 1}', 'a JSON document'],
  ['a.bin', '\x00\x01\x02', 'unknown kind'],
])('refuses %s by name (%#)', async (name, content, words) => {
  const error = await refusal(
    name,
    Uint8Array.from(content, (c) => c.charCodeAt(0)),
  )
  expect(error.code).toBe('data/unsupported')
  expect(error.message).toContain(words)
})

it('reads what is packed with gzip, whatever it is called, and says what is damaged or packed twice', async () => {
  for (const [bytes, format] of [
    [npy, 'npy'],
    [csv, 'csv'],
    [parquet, 'parquet'],
  ] as const) {
    const packed = new Uint8Array(gzipSync(bytes))
    const table = await readSpectraFile(`a.${format}.gz`, packed, bins)
    expect(table).toMatchObject({ format, rows: 2, data: spectra })
    expect(table.notes.filter((note) => note.startsWith('the name'))).toEqual([])
    expect((await readSpectraFile('spectra', packed, bins)).data).toEqual(spectra)
    expect((await refusal('cut.gz', packed.subarray(0, packed.length - 9))).message).toMatch(/damaged or cut/)
    expect((await refusal('twice.gz', new Uint8Array(gzipSync(packed)))).message).toMatch(/more than once/)
  }
  const joined = Buffer.concat(
    ['mll_50_55,mll_55_60,mll_60_70\n1,2,', '3\n4,5,6\n'].map((part) => gzipSync(part)),
  )
  expect((await readSpectraFile('a.gz', new Uint8Array(joined), bins)).data).toEqual(spectra)
})

it('takes one number per line for one spectrum', async () => {
  for (const bytes of [text('1\n2\n3\n'), writeNpy(Float64Array.of(1, 2, 3), [3, 1])]) {
    const table = await readSpectraFile('one', bytes, bins)
    expect(table).toMatchObject({ rows: 1, bins: 3, data: Float32Array.of(1, 2, 3) })
    expect(table.notes[0]).toBe('its 3 numbers, one per line, are taken as one spectrum')
  }
})

it('knows a first row of bin centres or lower edges for a header', async () => {
  for (const head of ['52.5,57.5,65', '50,55,60']) {
    const table = await readSpectraFile('a.csv', text(`${head}\n1,2,3\n4,5,6\n`), bins)
    expect(table).toMatchObject({ rows: 2, data: spectra })
    expect(table.notes[0]).toMatch(/first row lies bin by bin within the edges/)
  }
  expect((await readSpectraFile('a.csv', text('52.5,57.5,75\n1,2,3\n'), bins)).rows).toBe(2)
})

it('passes over columns of text and tells', async () => {
  const named = text('channel,mll_50_55,mll_55_60,mll_60_70,tight\nee,1,2,3,True\nmm,4,5,6,False\n')
  const table = await readSpectraFile('a.csv', named, bins)
  expect(table).toMatchObject({ rows: 2, data: spectra, edgesChecked: true })
  expect(table.notes[0]).toBe('columns that hold no numbers are passed over: channel ("ee"), tight ("True")')
})

it('passes over a column of a hundred thousand texts, in every script and of any length', async () => {
  const words = ['🧪', 'קטגוריה', '分类', `${'long '.repeat(2000)}`]
  const rows = Array.from({ length: 100_000 }, (_, k) => `${k % 25_000 ? words[k % 3] : words[3]}${k},1,2,3`)
  const name = `\u202e${'🧪'.repeat(2500)}`
  const table = await readSpectraFile(
    'a.csv',
    text([`${name},mll_50_55,mll_55_60,mll_60_70`, ...rows].join('\n')),
    bins,
  )
  expect(table).toMatchObject({ rows: 100_000, edgesChecked: true })
  const [note] = table.notes
  expect(note).toMatch(/^a column that holds no numbers is passed over: .*🧪.* \("long long /u)
  expect(note.length).toBeLessThan(160)
})

it('refuses what is too large before reading it', async () => {
  const error = await refusal('big.csv', new Uint8Array(64 * 1024 * 1024 + 1))
  expect(error.message).toContain('it has 67108865 bytes, at most 67108864')
  const rows = await refusal('long.npy', writeNpy(new Uint8Array(1_000_001), [1_000_001, 1]), {
    bins: 1,
    edges: [0, 1],
  })
  expect(rows.message).toContain('1000001 spectra, at most 1000000')
})

it('puts the name of the file before what its reader found', async () => {
  expect((await refusal('cut.npy', npy.subarray(0, npy.length - 4))).message).toMatch(
    /^cut\.npy: .*24 bytes, but 20 follow/,
  )
  expect((await refusal('cut.parquet', parquet.subarray(0, 200))).message).toContain(
    'cut short after 200 bytes',
  )
})
