import { TsneKernel } from '../../kernels/tsne-kernel.ts'
import { createRng } from '../../numerics/rng.ts'
import { leadingComponents } from './leading-components.ts'
import { tsneAffinities } from './affinities.ts'
import { pairDistances, type EmbeddingMetric, type PointTable } from './distances.ts'
import { klDivergence, tsneGradient, upperTriangle } from './tsne-gradient.ts'

export interface TsneRequest extends PointTable {
  metric: EmbeddingMetric
  perplexity?: number
  iterations?: number
  /** Of the components where the map begins. */
  seed: number
  /** From loadTsneKernel; without it the same in TypeScript, some ten times slower. */
  kernel?: WebAssembly.Module
}

export interface TsneReport {
  iteration: number // done
  iterations: number
  /** KL(P‖Q) [nats], measured every `klEvery` iterations and at both ends; else that of the last measurement */
  kl: number
  /** [n, 2] as it is now; changes with the next step */
  map: Float64Array
}

export interface TsneMap {
  map: Float64Array // [n, 2]
  kl: number
  /** [n] met by each row of the affinities */
  perplexities: Float64Array
}

export const tsneDefaults = { perplexity: 30, iterations: 1000 } as const
export const klEvery = 50

/** Clusters form while attraction is this much stronger. */
const early = { exaggeration: 12, iterations: 250 }
const momentum = { early: 0.5, late: 0.8 }
const startSpread = 1e-4

/**
 * t-SNE of all pairs, without trees or sampling: gradient descent with momentum and gains, early exaggeration for the first 250
 * iterations, from the first two principal components of the points. Yields after every iteration, so that it can be stopped and
 * drawn as it forms.
 *
 * @throws AppError 'input/invalid', 'data/corrupt', 'data/mismatch', see pairDistances and tsneAffinities
 * Source: L. van der Maaten, G. Hinton, JMLR 9 (2008) 2579; start and rate n/12 as D. Kobak, P. Berens, Nat. Commun. 10 (2019) 5416.
 */
export function* tsne(request: TsneRequest): Generator<TsneReport, TsneMap> {
  const { n, metric, perplexity = tsneDefaults.perplexity, iterations = tsneDefaults.iterations } = request
  const { joint, perplexities } = tsneAffinities(pairDistances(request, metric), n, perplexity)
  const triangle = upperTriangle(joint, n)
  const map = startOf(request)
  const velocity = new Float64Array(2 * n)
  const gains = new Float64Array(2 * n).fill(1)
  const gradient = new Float64Array(2 * n)
  const kernel = request.kernel && new TsneKernel(request.kernel, joint, n)
  const scratch = new Float64Array(2 * n)
  // The gradient has a factor of four, which the rate n/12 leaves out.
  const rate = Math.max(n / early.exaggeration / 4, 50)
  let kl = klDivergence(triangle, map)
  yield { iteration: 0, iterations, kl, map }
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const first = iteration <= early.iterations
    const exaggeration = first ? early.exaggeration : 1
    if (kernel) kernel.gradient(exaggeration, map, gradient)
    else tsneGradient(triangle, exaggeration, map, gradient, scratch)
    const keep = first ? momentum.early : momentum.late
    for (let k = 0; k < 2 * n; k++) {
      gains[k] = gradient[k] * velocity[k] < 0 ? gains[k] + 0.2 : Math.max(0.01, 0.8 * gains[k])
      velocity[k] = keep * velocity[k] - rate * gains[k] * gradient[k]
      map[k] += velocity[k]
    }
    if (iteration % klEvery === 0 || iteration === iterations) kl = klDivergence(triangle, map)
    yield { iteration, iterations, kl, map }
  }
  return { map, kl, perplexities }
}

function startOf(request: TsneRequest): Float64Array {
  const { n, seed } = request
  const rng = createRng(seed, 'tsne')
  const map = Float64Array.from(leadingComponents(request, 2, rng).coordinates)
  let square = 0
  for (let i = 0; i < n; i++) square += map[2 * i] ** 2 / n
  const scale = square > 0 ? startSpread / Math.sqrt(square) : 0
  // Points at one place would stay together for ever.
  for (let k = 0; k < 2 * n; k++) map[k] = scale * map[k] + 0.01 * startSpread * rng.normal()
  return map
}
