import { AppError } from '../../errors.ts'

/** Draws of a posterior as some program wrote them, before anything is known of its parameters. */
export interface PosteriorChain {
  /** What wrote them, in words. */
  format: 'GetDist' | 'UltraNest' | 'SMEFiT' | 'a table'
  names: string[]
  values: Float64Array // [rows, names]
  /** Not negative, as in the file; one each where it has none */
  weights: Float64Array // [rows]
  weighted: boolean
  /** null where the file has none */
  logL: Float64Array | null // [rows]
  /** Limits of a flat prior, where they are stated. */
  ranges: Readonly<Record<string, { min?: number; max?: number }>>
  /** What was assumed or left out. */
  notes: string[]
}

export interface ChainFile {
  name: string
  bytes: Uint8Array
}

/** Fewer draws have no density. */
export const fewestDraws = 20

/**
 * Values and weights that a density can be made of.
 *
 * @param lineOf  where a row stands in its file, in words
 * @throws AppError 'data/corrupt' naming the first value or weight that is none
 */
export function checkedChain(
  file: string,
  chain: PosteriorChain,
  lineOf: (row: number) => string = (row) => `draw ${row + 1}`,
): PosteriorChain {
  const { names, values, weights } = chain
  const refuse = (what: string, cure: string) =>
    new AppError('data/corrupt', `${file} is no chain that can be drawn: ${what}; ${cure}`, { file })
  if (names.length === 0) throw refuse('it has no parameter', 'write one column per parameter')
  if (weights.length < fewestDraws)
    throw refuse(
      `it has ${weights.length} draws, a density needs ${fewestDraws} at least`,
      'run the sampler on',
    )
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0)
    throw refuse(
      `${lineOf(Math.floor(bad / names.length))}: ${names[bad % names.length]} is ${values[bad]}`,
      'leave such draws out',
    )
  let sum = 0
  for (let row = 0; row < weights.length; row++) {
    if (!(weights[row] >= 0) || !Number.isFinite(weights[row]))
      throw refuse(
        `${lineOf(row)}: its weight is ${weights[row]}`,
        'weights are finite and not negative; logarithms of weights have to be turned into weights',
      )
    sum += weights[row]
  }
  if (!(sum > 0)) throw refuse('all its weights are 0', 'write the weights of the posterior')
  return chain
}
