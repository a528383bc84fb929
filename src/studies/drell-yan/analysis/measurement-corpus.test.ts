import { describe, expect, it } from 'vitest'
import type { AppError } from '../../../errors.ts'
import { readNpy } from '../../../dataset/npy.ts'
import { openPdf } from '../../../physics/pdf/open-pdf.ts'
import { fakeServer, partOf } from '../../../testing/fake-server.ts'
import '../../../testing/matchers.ts'
import type { DatasetHeader } from './dataset-types.ts'
import { openDataset } from './datasets/open-dataset.ts'
import { makeMeasurementCorpus } from './measurement-corpus.ts'
import { above106, measurementModel } from './measurement-model.ts'
import { parseMeasurement } from './measurement-file.ts'
import cms from './measurements/cms-dy-13tev.json' with { type: 'json' }
import { chi2ToUniverses } from './universe-chi2.ts'
import { whitenSpectra } from './whitening.ts'

const measurement = parseMeasurement(cms)
const pdf = openPdf(null)
const built = measurementModel(measurement, pdf, 2)

const sumOfSquares = (w: ArrayLike<number>) => Array.from(w).reduce((sum, x) => sum + x * x, 0)

describe('the model of the CMS measurement', () => {
  const whitened = whitenSpectra(built.model.whitening, built.value, 1)

  it('has a positive SM spectrum of the size of the data', () => {
    built.model.templates.sm.forEach((sm, b) => {
      expect(sm).toBeGreaterThan(0)
      if (b < 14) expect(built.value[b] / sm).toBeCloseToRel(1, 0.18) // up to 273 GeV
    })
  })

  it('reports the three fits', () => {
    expect(built.fits.map(({ degreesOfFreedom }) => degreesOfFreedom)).toEqual([23, 22, 21])
    expect(built.theta).toHaveLength(3)
    built.thetaError.forEach((error) => expect(error).toBeGreaterThan(0))
  })

  it('agrees with the SM nearly as well as the free fit: the nuisances take up the mass dependence of K', () => {
    const chi2 = sumOfSquares(whitened)
    const [constant, , quadratic] = built.fits
    expect(chi2).toBeGreaterThan(quadratic.chi2 - 1)
    expect(chi2).toBeLessThan(quadratic.chi2 + 5) // what the prior on the K terms costs
    expect(chi2).toBeLessThan(constant.chi2 - 20)
  })

  it('is insensitive to where K is centred: 10 % either way', () => {
    for (const constant of [1.2, 1.45]) {
      const other = measurementModel(measurement, pdf, 2, above106, Float64Array.of(constant)).model
      const moved = whitenSpectra(other.whitening, built.value, 1)
      expect(Math.abs(sumOfSquares(moved) - sumOfSquares(whitened))).toBeLessThan(1)
      expect(Math.hypot(...moved.map((x, b) => x - whitened[b]))).toBeLessThan(0.5) // noise units
    }
  })

  it('refuses a K-factor that makes a cross-section negative, as the quadratic fit does at 1.5-3 TeV', () => {
    let thrown: unknown
    try {
      measurementModel(measurement, pdf, 2, above106, built.theta)
    } catch (error) {
      thrown = error
    }
    expect((thrown as AppError).code).toBe('physics/out-of-range')
    expect((thrown as AppError).message).toMatch(/K-factor is -0\.0\d+ at 1500-3000 GeV .* must be > 0/)
  })
})

describe('the dataset of the CMS measurement', async () => {
  const setup = { universes: 40, replicasPerUniverse: 2, priorSigmas: 2, seed: 3 }
  const { manifest, files } = await makeMeasurementCorpus(measurement, setup, pdf)
  const bytes = new Map(files.map((file) => [file.name, file.bytes]))

  async function open(): Promise<DatasetHeader> {
    const server = fakeServer((request) => {
      const found = bytes.get(request.url.replace('https://x/', ''))
      return found ? partOf(found, request) : new Response(null, { status: 404 })
    })
    const events = openDataset({ manifestUrl: 'https://x/manifest.json', model: null }, server)
    for await (const event of events) if (event.kind === 'header') return event.header
    throw new Error('no header')
  }

  it('keeps the squares, so that no universe has a negative bin', () => {
    expect(manifest.order).toBe('quadratic')
    expect(manifest.measurement?.note).toMatch(/final-state photon radiation/)
    expect(Math.min(...readNpy(bytes.get('sm.npy') ?? new Uint8Array()).data)).toBeGreaterThan(0)
  })

  it('opens with the measurement beside its theory', async () => {
    const { measurement: comparison, universeModel: model, whitenedMeans, table } = await open()
    if (!comparison) throw new Error('no measurement')
    expect(comparison.citation).toBe(cms.citation)
    expect(comparison.spectrum).toEqual(built.value)
    expect(comparison.degreesOfFreedom).toBe(21)
    expect(comparison.chi2ToSm).toBeCloseToRel(
      sumOfSquares(whitenSpectra(built.model.whitening, built.value, 1)),
      1e-5,
    )
    expect(comparison.pValue).toBeGreaterThan(0.02) // neither a discovery
    expect(comparison.pValue).toBeLessThan(0.5) // nor better than the free fit
    expect(comparison.kFactor.value).toEqual(built.theta)
    expect(comparison.kFits.map(({ chi2 }) => chi2)).toEqual(built.fits.map(({ chi2 }) => chi2))
    expect([comparison.full.edges.length, comparison.full.sm.length]).toEqual([44, 43])
    expect(comparison.error[0]).toBeCloseToRel(cms.totalUncertaintyPbPerGeV[19] * 4, 0.06) // 106-110 GeV, two digits printed
    // Universe 0 is the SM: the same chi2 by the other road.
    expect(chi2ToUniverses(comparison.whitened, whitenedMeans)[0]).toBeCloseToRel(comparison.chi2ToSm, 1e-5)
    expect(table.count).toBe(40)
    expect(model.templates.sm).toHaveLength(24)
  })

  it('shows photon radiation below the Z on the full range: data / LO climbs to about 2', async () => {
    const { measurement: comparison } = await open()
    if (!comparison) throw new Error('no measurement')
    const { edges, value, sm } = comparison.full
    const ratios = Array.from(value, (v, b) => v / sm[b])
    const at = (low: number) => ratios[edges.indexOf(low)]
    expect(Math.max(...ratios.slice(edges.indexOf(64), edges.indexOf(86)))).toBeCloseToRel(2, 0.1)
    // drell-yan notes 6.1, CT14lo: 1.39 (86-91), 1.21 (91-96), 1.16 (96-101)
    expect(at(86)).toBeCloseToRel(1.39, 0.01)
    expect(at(91)).toBeCloseToRel(1.21, 0.01)
    expect(at(96)).toBeCloseToRel(1.16, 0.01)
  })
})
