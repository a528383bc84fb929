import { finish } from '../studies/drell-yan/analysis/corpus.ts'
import { knownUniverses, positiveUniverses } from '../studies/drell-yan/analysis/anomaly/known-universes.ts'
import { createScorer } from '../studies/drell-yan/analysis/anomaly/scorer.ts'
import { shapeExcess } from '../studies/drell-yan/analysis/anomaly/shapes.ts'
import { scoreSpectrum } from '../studies/drell-yan/analysis/anomaly/spectrum-scores.ts'
import { theoryOf } from '../studies/drell-yan/analysis/anomaly/theory.ts'
import { rankUniverses } from '../studies/drell-yan/analysis/retrieval/ranking.ts'
import { unitNoise } from '../studies/drell-yan/analysis/replicas.ts'
import { whitenSpectra } from '../studies/drell-yan/analysis/whitening.ts'
import { loadKernels } from '../kernels/load-kernels.ts'
import { runMlp } from '../ml/mlp.ts'
import { measure } from './measure.ts'
import { below, type BenchRow } from './report.ts'
import type { BenchSubject } from './subject.ts'

const spectra = 100_000

/** What the Interpret view does at a click or a move of the hand. */
export async function* interpretSuite({ header, encoder }: BenchSubject): AsyncGenerator<BenchRow, void> {
  const { universeModel: model, whitenedMeans, table, manifest } = header
  const bins = model.templates.bins
  yield* neighbours(whitenedMeans, table.count, bins)

  const kept = positiveUniverses(table.flags, manifest.order)
  const known = finish(knownUniverses(model, encoder.mlp, whitenedMeans, kept, manifest.order))
  const context = {
    theory: theoryOf(model, manifest.order),
    known,
    scorer: createScorer(bins, known),
    coefficients: table.coefficients,
  }
  let massGeV = 300
  yield {
    name: 'a resonance moved: spectrum, place on the map, all scores',
    value: await measure(() => {
      massGeV = massGeV < 900 ? massGeV + 1 : 300
      const excess = shapeExcess(model, { kind: 'resonance', massGeV, widthGeV: 20, strength: 0.2 })
      const whitened = whitenSpectra(
        model.whitening,
        model.templates.sm.map((value, b) => value + excess[b]),
        1,
      )
      scoreSpectrum(context, whitened, runMlp(encoder.mlp, whitened, 1), { noisy: false })
    }),
    target: below(16),
    note: 'one frame',
  }
  const gallery = {
    count: table.count,
    latent: runMlp(encoder.mlp, whitenedMeans, table.count),
    whitened: whitenedMeans,
    coefficients: table.coefficients,
    halfWidth: model.prior.halfWidth,
  }
  const query = {
    latent: gallery.latent.subarray(0, 2),
    whitened: whitenedMeans.subarray(0, bins),
    coefficients: table.coefficients.subarray(0, 17),
  }
  yield {
    name: `${table.count} universes ranked in three spaces`,
    value: await measure(() => rankUniverses(gallery, query, 'latent', 15)),
    target: below(50),
  }
}

/** Exact nearest spectra among replicas of the whole corpus, one core. */
async function* neighbours(
  means: Float32Array,
  universes: number,
  bins: number,
): AsyncGenerator<BenchRow, void> {
  const rows = new Float32Array(spectra * bins)
  for (let row = 0; row < spectra; row++) {
    const universe = row % universes
    const noise = unitNoise(bins, 1, universe, Math.floor(row / universes))
    for (let b = 0; b < bins; b++) rows[row * bins + b] = means[universe * bins + b] + noise[b]
  }
  const kernels = await loadKernels()
  const index = kernels.createNearestRows({ values: rows, columns: bins })
  let at = 0
  yield {
    name: `exact 50 nearest of ${spectra} x ${bins} whitened spectra, one query`,
    value: await measure(() => {
      at = (at + 1) % spectra
      return index.nearest(rows.subarray(at * bins, (at + 1) * bins), 50)
    }),
    target: below(50),
    note: kernels.simd ? 'SIMD kernel, one core' : 'scalar kernel, one core',
  }
  const many = rows.subarray(0, 64 * bins)
  const group = await measure(() => index.nearest(many, 50))
  yield { name: 'the same, per query of 64 together', value: group.median / 64, target: below(50) }
}
