import { expect, it } from 'vitest'
import { readHistograms } from './histograms.ts'
import type { RootFile } from './root-file.ts'
import { edgesOf, type StoredHistogram } from './stored-histogram.ts'

const axis = (fNbins: number, fXmin: number, fXmax: number, fXbins: number[] = []) => ({
  fNbins,
  fXmin,
  fXmax,
  fXbins,
})
const one = axis(1, 0, 1)
const histograms: Record<string, { className: string; stored: StoredHistogram }> = {
  // Under- and overflow are 9.
  'run/mll': {
    className: 'TH1D',
    stored: { fXaxis: axis(3, 0, 1, [50, 60, 80, 120]), fYaxis: one, fArray: [9, 1, 2, 3, 9] },
  },
  other: { className: 'TH1F', stored: { fXaxis: axis(2, 0, 1), fYaxis: one, fArray: [0, 4, 5, 0] } },
  plane: {
    className: 'TH2D',
    stored: {
      fXaxis: axis(2, 10, 30),
      fYaxis: axis(2, 0, 1),
      fArray: [9, 9, 9, 9, 9, 1, 2, 9, 9, 3, 4, 9, 9, 9, 9, 9],
    },
  },
}
const root = (names = Object.keys(histograms)) =>
  ({
    others: names.map((path) => ({ path, className: histograms[path].className })),
    readHistogram: async (path: string) => histograms[path].stored,
  }) as unknown as RootFile

it('a TH1 is a spectrum without under- and overflow, and states its edges', async () => {
  const table = await readHistograms(root(), { columns: 3 })
  expect(table).toMatchObject({
    rows: 1,
    columns: 3,
    data: Float64Array.of(1, 2, 3),
    edges: [50, 60, 80, 120],
  })
  expect(table.notes[1]).toMatch(/of other bins are passed over: other \(2 bins\), plane \(2 bins\)/)
})

it('a TH2 is a spectrum for each bin of y', async () => {
  const table = await readHistograms(root(), { wanted: 'plane' })
  expect(table).toMatchObject({ rows: 2, columns: 2, data: Float64Array.of(1, 2, 3, 4), edges: [10, 20, 30] })
})

it('refuses contents that do not fit the axes, and names what there is', async () => {
  histograms.short = { className: 'TH1F', stored: { fXaxis: axis(3, 0, 1), fYaxis: one, fArray: [1] } }
  await expect(readHistograms(root(['short']), {})).rejects.toThrow(/has 1 contents where its axes have 5/)
  await expect(readHistograms(root(['other']), { wanted: 'x' })).rejects.toThrow(
    /no histogram x, it has other/,
  )
  expect(edgesOf(axis(2, 0, 1))).toEqual([0, 0.5, 1])
})
