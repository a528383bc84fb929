import { describe, expect, it } from 'vitest'
import type { DatasetSetup } from '../setup.ts'
import { smallSetup } from '../../../../testing/small-universes.ts'
import { buildDataset } from './build-dataset.ts'
import { replicaSpectrum } from '../replicas.ts'
import { universeSpectra } from '../universes.ts'
import type { DatasetEvent } from '../dataset-types.ts'

async function build(setup: DatasetSetup) {
  const events: DatasetEvent[] = []
  const steps = buildDataset({ setup, pdf: null })
  for (;;) {
    const next = await steps.next()
    if (next.done) return { events, result: next.value }
    events.push(next.value)
  }
}

describe('a dataset made in the page', async () => {
  const setup: DatasetSetup = { ...smallSetup, universes: 130, replicasPerUniverse: 8 }
  const { events, result } = await build(setup)
  const header = events.find((event) => event.kind === 'header')?.header
  if (!header) throw new Error('no header')

  it('tells its stages with growing fractions, then the header, then all rows', () => {
    const labels = events.flatMap((event) => (event.kind === 'stage' ? [event.label] : []))
    expect([...new Set(labels)]).toEqual(['Evolving PDF', 'Building templates', 'Drawing replicas'])
    const building = events.flatMap((event) =>
      event.kind === 'stage' && event.label === 'Building templates' ? [event.fraction] : [],
    )
    expect(building.length).toBeGreaterThan(3)
    expect(building).toEqual([...building].sort((a, b) => a - b))
    const chunks = events.flatMap((event) => (event.kind === 'rows' ? [event.chunk] : []))
    expect(chunks.map(({ firstRow, rows }) => [firstRow, rows])).toEqual([
      [0, 1000],
      [1000, 40],
    ])
    expect(result).toEqual({ rows: 1040, fetches: 0 })
    const kinds = events.map(({ kind }) => kind)
    expect(kinds.indexOf('header')).toBeLessThan(kinds.indexOf('rows'))
  })

  it('has a manifest of its own that says how it was made', () => {
    expect(header.manifest).toMatchObject({
      id: 'page-made',
      universes: 130,
      replicasPerUniverse: 8,
      seed: setup.seed,
      arrays: {},
    })
    expect(header.manifest.pdf.id).not.toBe('')
    expect(header.manifestHash).toMatch(/^[0-9a-f]{64}$/)
    expect(header.measurement).toBeNull()
  })

  it('has the rows of the generator', () => {
    const bins = header.universeModel.templates.bins
    const means = universeSpectra(header.universeModel.templates, header.table, 'linear')
    const rows = events.flatMap((event) =>
      event.kind === 'rows' && event.chunk.firstRow ? [event.chunk] : [],
    )
    const row = 1000 + 21 // universe 127, replica 5
    expect(rows[0].spectra.slice(21 * bins, 22 * bins)).toEqual(
      Float32Array.from(
        replicaSpectrum(
          header.universeModel.whitening,
          means.subarray(127 * bins, 128 * bins),
          setup.seed,
          127,
          row % 8,
        ),
      ),
    )
  })
})

it('refuses an energy below the default bins before any work', async () => {
  await expect(build({ ...smallSetup, sqrtSGeV: 2500 })).rejects.toThrow(
    /reach m_ll = 3000 GeV.* got 2500 GeV/,
  )
})

it.each([
  ['NaN as energy', { sqrtSGeV: NaN }, /NaN/],
  ['a luminosity of zero', { luminosityInvFb: 0 }, /uminosity/],
] as const)('refuses %s', async (_, change, words) => {
  await expect(build({ ...smallSetup, ...change })).rejects.toThrow(words)
})
