import { AppError } from '../../../../errors.ts'
import type { RatioPredictor } from '../../../../ml/ratio/kernel-prediction.ts'
import { combineReplicas, predictRatios, type RatioNetwork } from '../../../../ml/ratio/ratio-network.ts'

/** Rows of observables with names, in any order and with any others between. */
export interface NamedFeatures {
  names: readonly string[]
  values: Float32Array // [rows, names]
}

/** Learned ratio of one term, row by row. */
export interface LearnedRatios {
  /** Over replicas; their mean where each is positive by construction. */
  median: Float64Array // [rows]
  spread: Float64Array // [rows]
  replicas: number
}

/**
 * Combines all networks that know a term, one per replica; each runs once, however many terms it is asked for.
 *
 * @param run  another way to the same numbers, on kernels for many rows
 * @returns    a function of the term
 * @throws AppError 'model/mismatch' where none knows the term, or a feature is missing
 */
export function learnedRatios(
  networks: readonly RatioNetwork[],
  features: NamedFeatures,
  run: RatioPredictor = predictRatios,
): (term: string) => LearnedRatios {
  const predictions = new Map<RatioNetwork, Float64Array>()
  const predict = (network: RatioNetwork): Float64Array => {
    const known = predictions.get(network)
    if (known) return known
    const ratios = run(network, pickColumns(features, network.features))
    predictions.set(network, ratios)
    return ratios
  }
  return (term) => {
    const known = networks.filter(({ terms }) => terms.includes(term))
    const columns = known.map((network) => ratioColumn(predict(network), network.terms, term))
    if (columns.length === 0)
      throw new AppError(
        'model/mismatch',
        `No network knows ${term}; there are networks for ${[...new Set(networks.flatMap(({ terms }) => terms))].join(', ') || 'nothing'}. Train it first.`,
        { term },
      )
    const positive = known.every(({ decoder }) => decoder.kind === 'positive')
    return { ...combineReplicas(columns, positive ? 'mean' : 'median'), replicas: columns.length }
  }
}

function ratioColumn(ratios: Float64Array, terms: readonly string[], term: string): Float64Array {
  const at = terms.indexOf(term)
  return Float64Array.from({ length: ratios.length / terms.length }, (_, i) => ratios[i * terms.length + at])
}

/** @returns [rows, wanted] row-major */
function pickColumns({ names, values }: NamedFeatures, wanted: readonly string[]): Float32Array {
  const from = wanted.map((name) => names.indexOf(name))
  const missing = wanted.filter((_, k) => from[k] < 0)
  if (missing.length > 0)
    throw new AppError(
      'model/mismatch',
      `The network takes ${wanted.join(', ')}; the events lack ${missing.join(', ')} and have ${names.join(', ')}. Use events with these columns, or train on others.`,
      { missing },
    )
  if (wanted.length === names.length && from.every((at, k) => at === k)) return values
  const rows = values.length / names.length
  const out = new Float32Array(rows * wanted.length)
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < wanted.length; k++) out[i * wanted.length + k] = values[i * names.length + from[k]]
  return out
}
