import { describe, expect, it } from 'vitest'
import { runMlp } from '../ml/mlp.ts'
import { opened, smallIntent } from '../testing/small-app.ts'
import { smallBins as bins, smallCorpus } from '../testing/small-universes.ts'
import { whitenSpectra } from '../analysis/drell-yan/whitening.ts'
import type { DroppedSpectra } from './app-state.ts'
import { droppedSubject, focusSubject } from './subject.ts'

const corpus = await smallCorpus()
const open = opened(corpus)

describe('the subject of a focus', () => {
  it('has one key per spectrum: coefficients, order and seed count, the slider order does not', () => {
    const at = (patch: Partial<typeof smallIntent>) =>
      focusSubject(open, undefined, { kind: 'live' }, { ...smallIntent, ...patch }).key
    expect(at({ coefficients: { clq3: 0.01, cHD: 1 } })).toBe(at({ coefficients: { cHD: 1, clq3: 0.01 } }))
    expect(at({ coefficients: { clq3: 0.01 } })).not.toBe(at({ coefficients: { clq1: 0.01 } }))
    expect(at({ order: 'linear' })).not.toBe(at({ order: 'quadratic' }))
  })

  it('is the universe or the row in focus', () => {
    const universe = focusSubject(open, undefined, { kind: 'universe', id: 7 }, smallIntent)
    expect(universe).toMatchObject({ kind: 'universe', title: 'Universe 7', universe: 7, error: null })
    const row = focusSubject(open, undefined, { kind: 'row', row: 20 }, smallIntent)
    expect(row).toMatchObject({ kind: 'replica', universe: 6 })
    expect(row.spectrum).toEqual(Float64Array.from(corpus.spectra.slice(20 * bins, 21 * bins)))
    expect(row.error).toHaveLength(bins)
  })
})

describe('a dropped spectrum', () => {
  const spectra = corpus.spectra.slice(0, 2 * bins)
  const dropped: DroppedSpectra = {
    name: 'mine.csv',
    rows: 2,
    spectra,
    whitened: whitenSpectra(open.header.model.whitening, spectra, 2),
    latent: new Float32Array(4).fill(9), // of another encoder
    negativeValues: 0,
    notes: [],
    manifestHash: open.header.manifestHash,
  }

  it('is a row of the file, encoded with the encoder of now', () => {
    const subject = droppedSubject(open, dropped, 1)
    expect(subject).toMatchObject({ title: 'mine.csv, row 1', kind: 'dropped', coefficients: null })
    expect(subject?.latent).toEqual(runMlp(open.encoder.mlp, dropped.whitened.slice(bins), 1))
  })

  it('is none when the dataset has changed or the file has no such row', () => {
    expect(droppedSubject(open, dropped, 2)).toBeNull()
    expect(droppedSubject(open, { ...dropped, manifestHash: 'other' }, 0)).toBeNull()
  })
})
