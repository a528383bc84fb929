import { readChain } from '../../../../dataset/chains/read-chain.ts'
import type { ChainFile, PosteriorChain } from '../../../../dataset/chains/posterior-chain.ts'
import { AppError } from '../../../../errors.ts'
import { createRunningCoupling } from '../../../../physics/pdf/alpha-s.ts'
import { defaultMasses } from '../../../../physics/top-pair/parameters.ts'
import { effectiveSamples, type WeightedSamples } from '../../../../statistics/posterior/samples.ts'
import type { Walls } from '../../../../statistics/posterior/density-1d.ts'
import { summarise } from '../../../../statistics/posterior/summary.ts'
import type { ForeignPosterior } from './fit-jobs.ts'
import { pairDensities } from './pair-densities.ts'
import { namedCoefficient, type NamedCoefficient } from './parameter-names.ts'
import type { FitSetup } from './fit-setup.ts'

/** Draws that a density is made of; more make it no finer. */
const mostDraws = 20_000

/** What a chain is, before its densities are made. */
export type ReadChain = Pick<ForeignPosterior, 'label' | 'told'>

/**
 * Reads a chain and makes of it what the corner plot draws, in the coefficients that it has in common with the set-up. What it is
 * comes first: densities take a quarter of a second, the plot's code longer.
 *
 * @throws AppError of readChain, 'data/mismatch' where it has none of them
 */
export async function* foreignPosterior(
  files: readonly ChainFile[],
  setup: Pick<FitSetup, 'operators'>,
): AsyncGenerator<ReadChain, ForeignPosterior> {
  const chain = await readChain(files)
  const label = mainFile(files).name
  const known = chain.names.flatMap((theirs, column) => {
    const named = namedCoefficient(theirs, chain.format)
    return named ? [{ ...named, theirs, column }] : []
  })
  const doubled = known.find(({ operator }, i) => known.findIndex((one) => one.operator === operator) !== i)
  if (doubled)
    throw new AppError(
      'data/mismatch',
      `${label} has ${known
        .filter(({ operator }) => operator === doubled.operator)
        .map(({ theirs }) => theirs)
        .join(' and ')}, which are both ${doubled.operator} here. Leave one out.`,
    )
  const drawn = setup.operators.flatMap((operator) => known.filter((one) => one.operator === operator))
  if (drawn.length === 0) throw nothingInCommon(label, chain, known, setup)
  // That of the fit's own events, so that the dipole is as large beside the Standard Model as it was there.
  const gs = Math.sqrt(4 * Math.PI * createRunningCoupling().alphaS(defaultMasses.mTop))
  const factorOf = ({ factor }: NamedCoefficient) => (factor === 'gs' ? gs : factor)
  const rows = thinned(chain.weights.length)
  const d = drawn.length
  const theta = new Float64Array(rows.length * d)
  rows.forEach((row, i) =>
    drawn.forEach((one, k) => {
      theta[i * d + k] = factorOf(one) * chain.values[row * chain.names.length + one.column]
    }),
  )
  const weights = Float64Array.from(rows, (row) => chain.weights[row])
  const told = tellOf(chain, drawn, known, rows.length, gs)
  yield { label, told }
  const names = drawn.map(({ operator }) => operator)
  const logL = chain.logL && Float64Array.from(rows, (row) => chain.logL?.[row] ?? -Infinity)
  const samples: WeightedSamples = { names, theta, weights, logL: logL ?? new Float64Array(rows.length) }
  const walls = drawn.map((one) => scaled(chain.ranges[one.theirs] ?? {}, factorOf(one)))
  const summaries = summarise(samples, walls)
  return {
    ...{ label, names, summaries, pairs: pairDensities(samples, walls) },
    best: logL
      ? { theta: theta.slice(...bestRow(logL, d)), is: 'best draw' }
      : { theta: Float64Array.from(summaries, ({ mean }) => mean), is: 'mean' },
    told,
  }
}

/** The one that has the draws. */
const mainFile = (files: readonly ChainFile[]): ChainFile =>
  files.find(({ name }) => /\.(?:txt|csv|json|parquet|npz|h5|hdf5)(?:\.gz)?$/i.test(name)) ?? files[0]

function nothingInCommon(
  label: string,
  chain: PosteriorChain,
  known: readonly NamedCoefficient[],
  { operators }: Pick<FitSetup, 'operators'>,
): AppError {
  const few = (list: readonly string[]) =>
    `${list.slice(0, 6).join(', ')}${list.length > 6 ? ` and ${list.length - 6} more` : ''}`
  return new AppError(
    'data/mismatch',
    known.length === 0
      ? `${label} has the parameters ${few(chain.names)}, none of which is a coefficient of top pairs here (td8, ctd8, c_td^8, O8dt, …). Rename its columns.`
      : `${label} has ${few(known.map(({ operator }) => operator))}, the set-up fits ${few(operators)}: nothing in common. Choose one of its operators under Set-up.`,
  )
}

/** Equally spaced rows, all where there are few. */
function thinned(count: number): Int32Array {
  const step = Math.max(1, count / mostDraws)
  return Int32Array.from({ length: Math.min(count, mostDraws) }, (_, i) => Math.floor(i * step))
}

function bestRow(logL: Float64Array, d: number): [number, number] {
  let best = 0
  for (let i = 1; i < logL.length; i++) if (logL[i] > logL[best]) best = i
  return [best * d, (best + 1) * d]
}

function scaled({ min, max }: Walls, factor: number): Walls {
  const [low, high] = factor < 0 ? [max, min] : [min, max]
  return {
    ...(low !== undefined && { min: factor * low }),
    ...(high !== undefined && { max: factor * high }),
  }
}

function tellOf(
  chain: PosteriorChain,
  drawn: readonly (NamedCoefficient & { theirs: string })[],
  known: readonly NamedCoefficient[],
  used: number,
  gs: number,
): string[] {
  const { format, weights, weighted, names } = chain
  const count = weights.length
  const effective = Math.round(effectiveSamples(weights))
  const renamed = drawn.map(({ operator, theirs }) =>
    operator === theirs ? operator : `${theirs} as ${operator}`,
  )
  const others = known.length - drawn.length
  const foreign = names.length - known.length
  const dipole = drawn.find(({ factor }) => factor !== 1)
  return [
    `${format}, ${count.toLocaleString('en-US')} draws, ${weighted ? `weighted (${effective.toLocaleString('en-US')} effective)` : 'without weights'}: ${renamed.join(', ')}${used < count ? `; every ${(count / used).toFixed(1)}th is drawn` : ''}.`,
    ...(dipole
      ? [
          dipole.factor === 'gs'
            ? `${dipole.theirs} has g_s in front of its operator: tG = ${gs.toFixed(3)} × ${dipole.theirs} (g_s of the densities at m_t).`
            : `${dipole.theirs} has the other sign of the covariant derivative: tG = −${dipole.theirs}.`,
        ]
      : []),
    ...(others + foreign > 0
      ? [
          `Integrated over and not drawn: ${[
            ...(others > 0 ? [`${others} coefficient${others > 1 ? 's' : ''} that the set-up lacks`] : []),
            ...(foreign > 0 ? [`${foreign} parameter${foreign > 1 ? 's' : ''} that this process lacks`] : []),
          ].join(', ')}.`,
        ]
      : []),
    ...chain.notes,
  ]
}
