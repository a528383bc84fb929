import { invariantTestPower } from '../../../../statistics/anomaly/noncentral-chi2.ts'
import { empiricalPValue } from '../../../../statistics/anomaly/roc.ts'
import { chi2Test, splitBySpan, type Chi2Test } from '../../../../statistics/anomaly/template-span.ts'
import type { KnownUniverses } from './known-universes.ts'
import { empiricalScores, nearest, type EmpiricalScore, type Scorer } from './scorer.ts'
import { residualOf, type ResidualResult, type Theory } from './theory.ts'

/** False-alarm rates at which powers are quoted. */
export const falseAlarmRates = [1e-2, 1e-3] as const

export interface SpectrumScores {
  residual: ResidualResult
  chi2ToSm: Chi2Test
  empirical: Record<EmpiricalScore, { value: number; pValue: number }>
  /** Chance that the best test that treats all directions alike calls such a spectrum anomalous. */
  power: {
    falseAlarms: number
    /** As no universe at all: Q_{(n-r)/2} of the residual's length */
    anyUniverse: number
    /** As not the SM, among universes: Q_{r/2} of the length within the span */
    standardModel: number
  }[]
  fold: Fold
}

/** Where the map puts a spectrum, and what it is put upon. */
export interface Fold {
  /** Known universe nearest on the map */
  universe: number
  latentDistance: number
  /** Distance of the spectra that the map draws together, noise units */
  fisherDistance: number
  /** The same without noise: what a spectrum's own fluctuations add is taken off, at least zero. */
  noiseFree: number
  /** Known universe nearest in truth */
  nearestUniverse: number
  nearestDistance: number
  /** On the map nothing is unusual, in the spectrum it is. */
  folded: boolean
}

export interface ScoreContext {
  theory: Theory
  known: KnownUniverses
  scorer: Scorer
  /** [17] per universe of the dataset, to start fits from; all of them */
  coefficients: Float64Array
}

/** Below this chance among known spectra a place on the map is unusual. */
export const usualOnMap = 0.05
/** Below this chance a spectrum is not of this world. */
export const unusualResidual = 1e-3

/** What takes no known spectra: closed forms, and a fit where theory is quadratic. */
export type ExactScores = Pick<SpectrumScores, 'residual' | 'chi2ToSm' | 'power'>

/**
 * @param gallery   universes that a fit may start from: the nearest is taken
 * @param noisy     false for an expectation: its chi2 are then those of the average replica of it, so that
 *                  a universe scores as many as there are degrees of freedom
 * @param absorbed  see residualOf
 */
export function exactScores(
  { theory, coefficients }: Pick<ScoreContext, 'theory' | 'coefficients'>,
  gallery: Pick<KnownUniverses, 'universes' | 'whitened'>,
  whitened: ArrayLike<number>,
  { noisy, absorbed = 0 }: { noisy: boolean; absorbed?: number },
): ExactScores {
  const bins = theory.span.bins
  const { row } = nearest(gallery.whitened, bins, whitened)
  const operators = coefficients.length ? theory.span.decomposition.values.length : 0
  const start = gallery.universes[row] * operators
  const found = residualOf(theory, whitened, coefficients.subarray(start, start + operators), absorbed)
  let square = 0
  for (let b = 0; b < bins; b++) square += whitened[b] * whitened[b]
  const degrees = bins - absorbed
  const parts = splitBySpan(theory.span, whitened)
  const outside = Math.max(0, noisy ? found.chi2 - found.degreesOfFreedom : found.chi2)
  const inside = Math.max(0, noisy ? parts.inside - theory.span.rank : parts.inside)
  return {
    residual: noisy
      ? found
      : { ...found, ...chi2Test(found.chi2 + found.degreesOfFreedom, found.degreesOfFreedom) },
    chi2ToSm: chi2Test(square + (noisy ? 0 : degrees), degrees),
    power: falseAlarmRates.map((falseAlarms) => ({
      falseAlarms,
      anyUniverse: invariantTestPower(Math.sqrt(outside), found.degreesOfFreedom, falseAlarms),
      standardModel: invariantTestPower(Math.sqrt(inside), theory.span.rank, falseAlarms),
    })),
  }
}

/** All scores; see exactScores. */
export function scoreSpectrum(
  context: ScoreContext,
  whitened: ArrayLike<number>,
  latent: ArrayLike<number>,
  of: { noisy: boolean; absorbed?: number },
): SpectrumScores {
  const { theory, known, scorer } = context
  const { noisy, absorbed = 0 } = of
  const exact = exactScores(context, known, whitened, of)
  const values = scorer(whitened, latent)
  return {
    ...exact,
    empirical: Object.fromEntries(
      empiricalScores.map((name) => [
        name,
        { value: values[name], pValue: empiricalPValue(known.calibration[name], values[name]) },
      ]),
    ) as SpectrumScores['empirical'],
    fold: foldOf(context, whitened, latent, {
      noise: noisy ? theory.span.bins - absorbed : 0,
      gallery: nearest(known.whitened, theory.span.bins, whitened),
      mapPValue: empiricalPValue(known.calibration['kth-neighbour'], values['kth-neighbour']),
      residualPValue: exact.residual.pValue,
    }),
  }
}

function foldOf(
  { known, theory }: ScoreContext,
  whitened: ArrayLike<number>,
  latent: ArrayLike<number>,
  seen: {
    noise: number
    gallery: { row: number; square: number }
    mapPValue: number
    residualPValue: number
  },
): Fold {
  const bins = theory.span.bins
  const { dimensions } = known.places
  const onMap = nearest(known.latent, dimensions, latent)
  let square = 0
  for (let b = 0; b < bins; b++) square += (whitened[b] - known.whitened[onMap.row * bins + b]) ** 2
  return {
    universe: known.universes[onMap.row],
    latentDistance: Math.sqrt(onMap.square),
    fisherDistance: Math.sqrt(square),
    noiseFree: Math.sqrt(Math.max(0, square - seen.noise)),
    nearestUniverse: known.universes[seen.gallery.row],
    nearestDistance: Math.sqrt(seen.gallery.square),
    folded: seen.mapPValue > usualOnMap && seen.residualPValue < unusualResidual,
  }
}
