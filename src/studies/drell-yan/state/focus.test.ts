import { describe, expect, it } from 'vitest'
import { liveUniverse } from '../analysis/live-universe.ts'
import type { MeasurementComparison } from '../analysis/measurement.ts'
import { replicaSpectrum } from '../analysis/replicas.ts'
import { coefficientsOf } from '../analysis/universes.ts'
import { morphSpectrum } from '../../../physics/drell-yan/spectrum-templates.ts'
import { allRows, opened, smallIntent } from '../../../testing/small-app.ts'
import { smallBins as bins, smallCorpus } from '../../../testing/small-universes.ts'
import '../../../testing/matchers.ts'
import { coefficientArray } from './actions.ts'
import type { ExtraRows } from './drell-yan-state.ts'
import { focusInfo, neighboursOf } from './focus.ts'

const corpus = await smallCorpus()
const open = opened(corpus)
const rows = allRows(corpus)
const { universeModel: model, table } = corpus.header
const intent = { ...smallIntent, coefficients: { clq3: 0.01 }, replicaSeed: 8 }
const extra: ExtraRows = {
  perUniverse: 4,
  firstReplica: 3,
  latent: new Float32Array(96),
  rows: 48,
  version: 1,
}

describe('the focus', () => {
  it('on the live universe is the live universe', () => {
    const info = focusInfo(open, rows, { kind: 'live' }, intent)
    const live = liveUniverse(model, open.encoder.mlp, coefficientArray(intent.coefficients), 'linear')
    expect(info).toMatchObject({
      kind: 'live',
      title: 'Live universe',
      flagged: false,
      distance: live.distance,
    })
    expect(info.spectrum).toEqual(live.spectrum)
    expect(info.latent).toEqual(live.latent)
  })

  it('on a universe has its spectrum without noise and place on the map', () => {
    const info = focusInfo(open, rows, { kind: 'universe', id: 7 }, intent)
    expect(info).toMatchObject({ kind: 'universe', title: 'Universe 7', universe: 7 })
    expect(info.spectrum).toEqual(morphSpectrum(model.templates, coefficientsOf(table, 7), 'linear'))
    expect(info.latent).toEqual(open.embedding.universes.slice(14, 16))
    expect(info.distance).toBeCloseToRel(Math.hypot(...info.whitened), 1e-6)
    expect(focusInfo(open, rows, { kind: 'universe', id: 0 }, intent).title).toBe('Standard Model')
  })

  it('on a row has the stored spectrum and the errors of every bin', () => {
    const info = focusInfo(open, rows, { kind: 'row', row: 20 }, intent)
    expect(info).toMatchObject({ kind: 'replica', title: 'Universe 6, replica 2', universe: 6 })
    expect(info.spectrum).toEqual(corpus.spectra.slice(20 * bins, 21 * bins))
    expect(info.error?.[1]).toBe(Math.sqrt(model.covariance[bins + 1]))
    expect(info.latent).toHaveLength(2)
  })

  it('on a row drawn in the page makes its spectrum again from the seed', () => {
    const info = focusInfo(open, { ...rows, drawn: extra }, { kind: 'row', row: 36 + 9 }, intent)
    expect(info).toMatchObject({ kind: 'replica', title: 'Universe 2, replica 4', universe: 2 })
    const mean = morphSpectrum(model.templates, coefficientsOf(table, 2), 'linear')
    expect(info.spectrum).toEqual(replicaSpectrum(model.whitening, mean, 8, 2, 4))
  })

  it.each([
    ['a universe that is not there', { kind: 'universe', id: 12 }],
    ['a row that is not there', { kind: 'row', row: 36 + 48 }],
    ['a measurement where there is none', { kind: 'measurement' }],
  ] as const)('on %s falls back to the live universe', (_, focus) => {
    expect(focusInfo(open, { ...rows, drawn: extra }, focus, intent).kind).toBe('live')
  })

  it('on a row that has not arrived falls back too', () => {
    const some = { ...rows, shipped: { ...rows.shipped, count: 10, exact: 10 } }
    expect(focusInfo(open, some, { kind: 'row', row: 20 }, intent).kind).toBe('live')
    expect(focusInfo(open, some, { kind: 'row', row: 9 }, intent).kind).toBe('replica')
  })

  it('on a measurement has its errors and no coefficients', () => {
    const measurement: MeasurementComparison = {
      ...{
        title: 'CMS',
        citation: '',
        url: '',
        note: '',
        kFits: [],
        radiation: null,
        chi2ToSm: 49,
        degreesOfFreedom: 8,
        pValue: 0,
      },
      ...{ spectrum: model.templates.sm, error: model.templates.sm, whitened: new Float32Array(bins) },
      kFactor: { value: new Float64Array(3), error: new Float64Array(3) },
      full: {
        edges: new Float64Array(0),
        value: new Float64Array(0),
        error: new Float64Array(0),
        sm: new Float64Array(0),
      },
    }
    const measured = {
      ...open,
      header: { ...open.header, measurement },
      embedding: { ...open.embedding, measurement: Float32Array.of(1, 2) },
    }
    const info = focusInfo(measured, rows, { kind: 'measurement' }, intent)
    expect(info).toMatchObject({ kind: 'measurement', title: 'CMS', distance: 7 })
    expect(info.coefficients).toBeUndefined()
    const answer = neighboursOf(measured, info, 'spectrum', 4)
    expect(answer.neighbours[0]).toEqual({ universe: 0, distance: 0 })
    expect(answer.overlaps.map(({ space }) => space)).toEqual(['latent'])
    expect(neighboursOf(measured, info, 'wilson', 4).neighbours).toEqual([])
  })
})

describe('neighbours of the focus', () => {
  it('leave out its own universe, for a universe and for its replicas', () => {
    for (const focus of [
      { kind: 'universe', id: 6 },
      { kind: 'row', row: 20 },
    ] as const) {
      const info = focusInfo(open, rows, focus, intent)
      const { neighbours, overlaps } = neighboursOf(open, info, 'wilson', 100)
      expect(neighbours).toHaveLength(11)
      expect(neighbours.map(({ universe }) => universe)).not.toContain(6)
      expect(overlaps).toEqual([
        { space: 'latent', shared: 11 },
        { space: 'spectrum', shared: 11 },
      ])
    }
  })

  it('of the live universe may be any, the SM first for the SM', () => {
    const info = focusInfo(open, rows, { kind: 'live' }, { ...intent, coefficients: {} })
    expect(neighboursOf(open, info, 'latent', 3).neighbours[0]).toEqual({
      universe: 0,
      distance: expect.closeTo(0, 5) as number,
    })
  })
})
