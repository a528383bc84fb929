import { describe, expect, it } from 'vitest'
import { shapeExcess } from '../analysis/anomaly/shapes.ts'
import { runMlp } from '../../../ml/mlp.ts'
import { allRows, opened, smallIntent } from '../../../testing/small-app.ts'
import { smallBins as bins, smallCorpus } from '../../../testing/small-universes.ts'
import { whitenSpectra } from '../analysis/whitening.ts'
import type { Focus } from '../intent.ts'
import type { DroppedSpectra } from './drell-yan-state.ts'
import {
  drawnSubject,
  droppedSubject,
  liveSubject,
  pickedSubject,
  shapeOf,
  type BareSubject,
} from './subject.ts'

const corpus = await smallCorpus()
const open = opened(corpus)
const pick = (focus: Focus): BareSubject =>
  pickedSubject(open, allRows(corpus), focus, smallIntent.replicaSeed) ??
  expect.unreachable('the dataset has what was picked')

describe('the subject of a focus', () => {
  it('has one key per spectrum: coefficients, order and seed count, the slider order does not', () => {
    const at = (patch: Partial<typeof smallIntent>) => liveSubject(open, { ...smallIntent, ...patch }).key
    expect(at({ coefficients: { clq3: 0.01, cHD: 1 } })).toBe(at({ coefficients: { cHD: 1, clq3: 0.01 } }))
    expect(at({ coefficients: { clq3: 0.01 } })).not.toBe(at({ coefficients: { clq1: 0.01 } }))
    expect(at({ order: 'linear' })).not.toBe(at({ order: 'quadratic' }))
  })

  it('is the universe or the row in focus', () => {
    const universe = pick({ kind: 'universe', id: 7 })
    expect(universe).toMatchObject({ kind: 'universe', title: 'Universe 7', universe: 7, error: null })
    const row = pick({ kind: 'row', row: 20 })
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
    whitened: whitenSpectra(open.header.universeModel.whitening, spectra, 2),
    latent: new Float32Array(4).fill(9), // of another encoder
    negativeValues: 0,
    notes: [],
    manifestHash: open.header.manifestHash,
    file: new Blob(),
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

describe('a subject with something drawn on it', () => {
  const bump = { kind: 'resonance', massGeV: 150, widthGeV: 30, strength: 0.5 } as const
  const universe = pick({ kind: 'universe', id: 7 })
  const of = (kind: BareSubject['kind']): BareSubject => ({ ...universe, key: kind, kind })

  it('is the bare one itself where nothing was drawn', () => {
    const plain = drawnSubject(open, universe, null, null)
    expect(plain).toMatchObject({ bare: universe, shape: null, noisy: false, absorbed: 0, key: universe.key })
    expect(plain.whitened).toBe(universe.whitened)
    expect(plain.latent).toBe(universe.latent)
  })

  it('carries the shape in spectrum, whitened bins, place on the map, key and title, not in coefficients', () => {
    const drawn = drawnSubject(open, universe, bump, null)
    const spectrum = universe.spectrum.map(
      (value, b) => value + shapeExcess(open.header.universeModel, shapeOf(bump))[b],
    )
    expect(drawn.spectrum).toEqual(spectrum)
    expect(drawn.whitened).toEqual(whitenSpectra(open.header.universeModel.whitening, spectrum, 1))
    expect(drawn.latent).toEqual(runMlp(open.encoder.mlp, drawn.whitened, 1))
    expect(drawn.latent).not.toEqual(universe.latent)
    expect(drawn.title).toBe('Universe 7 with a resonance at 150 GeV')
    expect(drawn.key).not.toBe(universe.key)
    expect(drawn.key).not.toBe(drawnSubject(open, universe, { ...bump, strength: 0.4 }, null).key)
    expect(drawn).toMatchObject({
      bare: universe,
      shape: bump,
      noisy: false,
      coefficients: universe.coefficients,
    })
  })

  it('has noise if wished, the same for the same seed and never twice', () => {
    const noisy = drawnSubject(open, universe, bump, 3)
    expect(noisy.noisy).toBe(true)
    expect(noisy).toEqual(drawnSubject(open, universe, bump, 3))
    expect(noisy.spectrum).not.toEqual(drawnSubject(open, universe, bump, null).spectrum)
    expect(noisy.key).not.toBe(drawnSubject(open, universe, bump, 4).key)
    for (const kind of ['replica', 'measurement', 'dropped'] as const) {
      const own = drawnSubject(open, of(kind), bump, 3)
      expect(own.noisy).toBe(true)
      expect(own).toEqual(drawnSubject(open, of(kind), bump, null))
      expect(own.absorbed).toBe(kind === 'measurement' ? 3 : 0)
    }
  })
})
