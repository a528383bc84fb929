import { expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { openNpz } from '../../../dataset/npz.ts'
import { npzTerms } from '../../../numerics/tables/npz-file.ts'
import { listZip, readZipEntry } from '../../../numerics/zip/read-zip.ts'
import { readHepData } from './own-measurement/hepdata-table.ts'
import { hepDataSubmission, spectrumNpz, type SpectrumColumns } from './spectrum-files.ts'

const spectra: SpectrumColumns = {
  observable: 'm_ℓℓ',
  edges: [50, 55.5, 60],
  sqrtSGeV: 13000,
  columns: [
    {
      name: 'CMS: "13 TeV" #1',
      values: [0.1 + 0.2, 4e-7],
      errors: [0.01, 1e-9],
      errorsAre: 'published total',
    },
    { name: 'SM', values: [2, NaN] },
    { name: 'sm', values: [3, 4], errors: [0.5, 0.25] },
  ],
  provenance: ['generator: Theoryscape, 1', 'link: https://example.org/#a: b'],
}

async function textsOf(archive: Uint8Array<ArrayBuffer>): Promise<Record<string, string>> {
  const texts = listZip(archive, npzTerms).map(async (entry) => [
    entry.path,
    new TextDecoder().decode(await readZipEntry(archive, entry, npzTerms)),
  ])
  return Object.fromEntries(await Promise.all(texts)) as Record<string, string>
}

it('a submission to HEPData names its table, which is read back to the last bit', async () => {
  const files = await textsOf(await hepDataSubmission(spectra))
  const documents = parseAllDocuments(files['submission.yaml']).map((entry): unknown => entry.toJS())
  expect(documents).toEqual([
    { comment: spectra.provenance.join('\n') },
    {
      name: 'Table 1',
      description: 'Differential cross-section in m_ℓℓ: CMS: "13 TeV" #1, SM, sm',
      keywords: [
        { name: 'observables', values: ['DSIG/DX'] },
        { name: 'cmenergies', values: [13000] },
      ],
      data_file: 'table-1.yaml',
    },
  ])
  expect(Object.keys(files)).toEqual(['submission.yaml', 'table-1.yaml'])
  const table = await readHepData('table-1.yaml', files['table-1.yaml'])
  expect(table).toMatchObject({
    axes: [
      [
        { low: 50, high: 55.5 },
        { low: 55.5, high: 60 },
      ],
    ],
    quantity: 'D(SIG)/D(m_ℓℓ) [PB/GEV]',
    values: [0.1 + 0.2, 4e-7],
    errors: [
      [{ label: 'published total', up: 0.01, down: 0.01 }],
      [{ label: 'published total', up: 1e-9, down: 1e-9 }],
    ],
    sqrtSGeV: 13000,
  })
  const [parsed] = parseAllDocuments(files['table-1.yaml']).map((entry): unknown => entry.toJS())
  expect(parsed).toMatchObject({
    dependent_variables: [
      { qualifiers: [{ name: 'SQRT(S)' }, { name: 'Spectrum', value: 'CMS: "13 TeV" #1' }] },
      { values: [{ value: 2 }, { value: '-' }] },
      { values: [{ value: 3 }, { value: 4, errors: [{ symerror: 0.25, label: 'total' }] }] },
    ],
  })
})

it('npz holds each column under a name of its own, with what it is beside it', async () => {
  const archive = await spectrumNpz(spectra)
  const { arrays, others } = await openNpz(archive)
  const read = await Promise.all(arrays.map(async ({ name, read }) => [name, Array.from(await read())]))
  expect(Object.fromEntries(read)).toEqual({
    edges_gev: [50, 55.5, 60],
    cms_13_tev_1: [0.1 + 0.2, 4e-7],
    cms_13_tev_1_error: [0.01, 1e-9],
    sm: [2, NaN],
    sm_2: [3, 4],
    sm_2_error: [0.5, 0.25],
  })
  expect(others).toEqual([{ name: 'provenance.txt', why: 'no array' }])
  expect((await textsOf(archive))['provenance.txt']).toContain(
    'sm_2: sm [pb/GeV]\ngenerator: Theoryscape, 1\n',
  )
})
