import type { EventTable } from '../../../../generator/event-table.ts'
import type { RatioTrainingConfig } from '../../../../ml/ratio/ratio-config.ts'
import type { RatioPreset } from '../../../../ml/ratio/ratio-presets.ts'
import { splitRows } from '../../../../ml/ratio/train-ratio.ts'
import {
  createHadronicDensity,
  hadronicGrid,
  type TopPairProcess,
} from '../../../../physics/top-pair/hadronic.ts'
import { coefficientMonomials, evaluatePolynomial } from '../../../../physics/top-pair/polynomial.ts'
import { termWeights, type RatioSample } from './ratio-sample.ts'
import { parseRatioTerm, termIndex } from './ratio-terms.ts'

/** The lowest loss there is for a training sample: what a loss curve falls towards. */
export interface LossLimit {
  loss: number
  /** One standard deviation of a loss on as many events as validate the network: so far below the limit it may lie by chance. */
  error: number
  /** The same limit on the very events that validate the network: their fluctuation is in both. */
  onValidation: number
  /** 'features': exact for the network's inputs; 'final-state': with all that the generator knows, which no inputs need reach. */
  of: 'features' | 'final-state'
}

/** Best target and size of a class beyond which logarithms are not taken. */
const edge = 1e-12

/**
 * Bayes loss of a sample. All losses here are linear in a row's targets, so the best answer at x is the mean target of the
 * rows at x, and the loss of that answer an integral over x.
 *
 * @param process  of events without cuts whose features are m_tt and y_tt: the mean targets are known in closed form, and
 *                 the integral is a quadrature; null otherwise, where each row's own target takes their place
 */
export function lossLimit(
  events: EventTable,
  sample: RatioSample,
  method: RatioPreset['method'],
  config: Pick<RatioTrainingConfig, 'loss' | 'seed' | 'validationShare'>,
  process: TopPairProcess | null,
): LossLimit | null {
  if (config.loss !== 'cross-entropy') return null
  const { table } = sample
  const columns = table.targets.length / table.rows
  const rowLoss = sample.table.head ? headLoss(sample.table.head) : crossEntropy(columns)
  const { validation } = splitRows(config, table.rows)
  const own = (i: number): Float64Array =>
    Float64Array.from(table.targets.subarray(i * columns, (i + 1) * columns))
  if (!process) {
    const known = (i: number) => {
      const target = own(i)
      return rowLoss(target, target)
    }
    const all = weightedMean(table.weights, table.rows, (i) => i, known)
    const held = weightedMean(table.weights, validation.length, (k) => validation[k], known)
    return { loss: all.mean, error: held.error, onValidation: held.mean, of: 'final-state' }
  }
  const best = bestTargets(events, sample, method)
  const grid = hadronicGrid(process)
  let loss = 0
  let weight = 0
  for (let i = 0; i < grid.points; i++) {
    if (!(grid.density[i * grid.terms] > 0)) continue
    const answer = best(grid.density, i * grid.terms)
    loss += grid.weight[i] * answer.weight * rowLoss(answer.targets, answer.targets)
    weight += grid.weight[i] * answer.weight
  }
  const density = createHadronicDensity(process)
  const at = new Float64Array(density.terms)
  const { m_tt: mtt, y_tt: y } = events.columns
  const held = weightedMean(
    table.weights,
    validation.length,
    (k) => validation[k],
    (i) => {
      density.evaluate(mtt![i], y![i], at)
      return rowLoss(own(i), best(at, 0).targets)
    },
  )
  return { loss: loss / weight, error: held.error, onValidation: held.mean, of: 'features' }
}

/** Loss of a row with these targets where the network answers `best`, both as in the columns of the table. */
type RowLoss = (targets: Float64Array, best: Float64Array) => number

function crossEntropy(columns: number): RowLoss {
  return (targets, best) => {
    let sum = 0
    for (let k = 0; k < columns; k++) {
      const g = Math.min(1 - edge, Math.max(edge, best[k]))
      // A target beyond 0 or 1 comes of a negative density: as its own answer it costs nothing.
      const t = targets === best ? g : targets[k]
      sum -= t * Math.log(g) + (1 - t) * Math.log1p(-g)
    }
    return sum / columns
  }
}

/** The mean over all points of the head, of which the training takes some for each row. */
function headLoss({ points, rates, weights }: NonNullable<RatioSample['table']['head']>): RowLoss {
  const monomials = points.map((c) => coefficientMonomials(c))
  return (targets, best) => {
    let sum = 0
    monomials.forEach((monomial, k) => {
      const q = Math.max(0, evaluatePolynomial(targets, monomial)) / rates[k]
      const odds = Math.max(edge, evaluatePolynomial(best, monomial)) / rates[k] / Math.max(edge, best[0])
      sum += weights[k] * (targets[0] * Math.log1p(odds) + q * Math.log1p(1 / odds))
    })
    return sum / points.length
  }
}

/** Mean targets and weight of the rows at a point of the plane, from the density of each term there. */
function bestTargets(
  events: EventTable,
  { terms, decoder }: RatioSample,
  method: RatioPreset['method'],
): (density: Float64Array, offset: number) => { weight: number; targets: Float64Array } {
  const indexOf = (term: string) => termIndex(events.operators, parseRatioTerm(term))
  const columns = terms.map(indexOf)
  if (decoder.kind === 'classifier') {
    const { scale, trainingPoint } = decoder
    return (density, offset) => {
      const ratio = density[offset + columns[0]] / density[offset]
      const odds = (trainingPoint === null ? ratio : 1 + trainingPoint * ratio) / scale
      return { weight: density[offset] * (1 + odds), targets: Float64Array.of(1 / (1 + odds)) }
    }
  }
  const share = method.kind === 'classifier' ? 0 : method.share
  const total = (index: number) => termWeights(events, index).reduce((sum, w) => sum + w, 0)
  const smTotal = total(0)
  const operators = [...new Set(terms.flatMap((term) => parseRatioTerm(term).operators))]
  const squares = operators
    .map((name) => indexOf(`${name}^2`))
    .map((index) => ({ index, total: total(index) }))
    .filter((square) => square.total > 0)
  const reference = (density: Float64Array, offset: number): number =>
    squares.reduce(
      (sum, square) => sum + (share * density[offset + square.index]) / square.total,
      density[offset] / smTotal,
    )
  const heads = [0, ...columns]
  // What each column's density is divided by, beside the reference, and what is taken off.
  const scales =
    decoder.kind === 'joint'
      ? decoder.bounds.map(([low, high]) => ({ low, width: high - low }))
      : [1, ...positiveUnits(decoder.units)].map((unit) => ({ low: 0, width: unit * smTotal }))
  return (density, offset) => {
    const weight = reference(density, offset)
    return {
      weight,
      targets: Float64Array.from(heads, (index, k) => {
        const { low, width } = scales[k]
        return (density[offset + index] / weight - low) / width
      }),
    }
  }
}

/** Of linear terms, then squares and products row by row. */
function positiveUnits(units: readonly number[]): number[] {
  return [...units, ...units.flatMap((a, j) => units.slice(j).map((b) => a * b))]
}

function weightedMean(
  weights: Float32Array,
  count: number,
  rowOf: (k: number) => number,
  value: (row: number) => number,
): { mean: number; error: number } {
  const values = new Float64Array(count)
  let sum = 0
  let total = 0
  for (let k = 0; k < count; k++) {
    const row = rowOf(k)
    values[k] = value(row)
    sum += weights[row] * values[k]
    total += weights[row]
  }
  const mean = sum / total
  let squares = 0
  for (let k = 0; k < count; k++) squares += (weights[rowOf(k)] * (values[k] - mean)) ** 2
  return { mean, error: Math.sqrt(squares) / Math.abs(total) }
}
