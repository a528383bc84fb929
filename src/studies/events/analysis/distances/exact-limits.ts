import {
  createJetDensity,
  jetGrid,
  jetRule,
  type JetCuts,
  type JetRule,
} from '../../../../generator/hard-process/jet-density.ts'
import { modelProcess, type ModelProcessSettings } from '../../../../generator/samples/model-process.ts'
import type { SampleModel } from '../../../../generator/samples/models.ts'
import type { Estimate } from '../../../../statistics/gaussian-limit.ts'
import { neymanPearsonLimit } from '../../../../statistics/neyman-pearson/neyman-pearson.ts'

/** What the samples of mediators are selected by, at parton level: missing momentum and the jet's are one. */
export const monojetCuts: JetCuts = { ptMin: 200, absEtaMax: 2.4 }

/** A model whose jet has an exact density, and its cross-section after the cuts. */
export interface JetModel {
  id: string
  /** dσ/(dpT d|η|) times the weights of the quadrature [pb] */
  density: Float64Array
  /** The same by a rule of fewer nodes in the rapidity and the virtuality of the boson. */
  coarser: Float64Array
  sigmaPb: number
}

/**
 * What could be known of two models from the (pT, |η|) of the one jet of the hard process. It bounds what sees these two
 * numbers alone; detector events have further jets, and where these differ (made-alike.ts) more can be known.
 */
export interface ExactLimit {
  /** For sets of the sizes asked for. */
  auc: Estimate[]
  /** Events, and luminosity [1/fb], at which the first is expected to be excluded at 2 σ where the second is true. */
  separation: { events: number; luminosityFb: number }
  /** The other way round. */
  reverse: { events: number; luminosityFb: number }
}

export interface JetModelRequest extends Omit<ModelProcessSettings, 'windows'> {
  cuts?: JetCuts
  rule?: JetRule
}

/**
 * The density of a model on the grid that all models share, yielding the share that is done.
 *
 * @throws AppError 'input/invalid' where hasExactDensity() of made-alike.ts is false
 */
export function* jetModel(
  { id, model }: { id: string; model: SampleModel },
  { cuts = monojetCuts, rule = jetRule, ...settings }: JetModelRequest,
): Generator<number, JetModel> {
  const hard = modelProcess(model, { ...settings, windows: [{ min: cuts.ptMin, max: Infinity }] })
  const grid = jetGrid(cuts, settings.sqrtS, rule)
  const coarse = {
    ...rule,
    rapidity: Math.ceil(rule.rapidity * 0.75),
    virtuality: Math.ceil(rule.virtuality * 0.75),
  }
  const columns = grid.absEta.length
  const [density, coarser] = [rule, coarse].map(() => new Float64Array(grid.weights.length))
  const fineAt = createJetDensity(hard, rule, settings.kernel)
  const coarseAt = createJetDensity(hard, coarse, settings.kernel)
  for (let p = 0; p < grid.pt.length; p++) {
    for (let e = 0; e < columns; e++) {
      const at = p * columns + e
      density[at] = grid.weights[at] * fineAt(grid.pt[p], grid.absEta[e])
      coarser[at] = grid.weights[at] * coarseAt(grid.pt[p], grid.absEta[e])
    }
    yield (p + 1) / grid.pt.length
  }
  return { id, density, coarser, sigmaPb: density.reduce((sum, value) => sum + value, 0) }
}

/** The grid of log-ratios and of pT and |η| leave this uncertain: halving the steps of either changes less. */
const leastError = 1e-4

/**
 * What nothing can beat that looks at pT and |η| of the jet of sets of events.
 *
 * @param sizes  numbers of events of a set
 */
export function exactLimit(a: JetModel, b: JetModel, sizes: readonly number[]): ExactLimit {
  const fine = neymanPearsonLimit({ a: a.density, b: b.density })
  const coarse = neymanPearsonLimit({ a: a.coarser, b: b.coarser })
  const reversed = neymanPearsonLimit({ a: b.density, b: a.density })
  const after = (events: number, sigmaPb: number) => ({ events, luminosityFb: events / sigmaPb / 1000 })
  return {
    auc: sizes.map((size) => {
      const value = fine.auc(size)
      return { value, error: Math.hypot(value - coarse.auc(size), leastError) }
    }),
    separation: after(fine.eventsToSeparate(), b.sigmaPb),
    reverse: after(reversed.eventsToSeparate(), a.sigmaPb),
  }
}
