import { checkSamples, type WeightedSamples } from './samples.ts'
import type { Walls } from './density-1d.ts'

/** The files GetDist reads as one chain: ROOT.txt, ROOT.paramnames, ROOT.ranges, ROOT.properties.ini. */
export interface GetDistFiles {
  chain: string
  paramNames: string
  ranges: string
  /** Without it the samples would count as a Markov chain, whose correlation length sets the smoothing. */
  properties: string
}

/**
 * Samples of a nested run. Chain rows are weight, -ln L, parameters (GetDist's plain text format, arXiv:1910.13970 and
 * getdist.readthedocs.io); samples without weight are left out and weights scaled to a largest of one.
 *
 * @param labels  LaTeX without dollar signs, one per parameter; the names if absent
 */
export function getDistFiles(
  samples: WeightedSamples,
  walls: readonly Walls[],
  labels: readonly string[] = samples.names,
): GetDistFiles {
  checkSamples(samples)
  const { names, theta, weights, logL } = samples
  const d = names.length
  let largest = 0
  for (const w of weights) if (w > largest) largest = w
  const rows: string[] = []
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] / largest
    if (!(weight > 1e-12)) continue
    const row = [weight, -logL[i], ...theta.subarray(i * d, i * d + d)]
    rows.push(row.map((value) => value.toExponential(9)).join(' '))
  }
  return {
    chain: `${rows.join('\n')}\n`,
    paramNames: names.map((name, k) => `${fileName(name)}\t${labels[k]}\n`).join(''),
    ranges: names
      .map((name, k) => `${fileName(name)} ${walls[k]?.min ?? 'N'} ${walls[k]?.max ?? 'N'}\n`)
      .join(''),
    properties: 'sampler = nested\nburn_removed = True\n',
  }
}

/** GetDist splits at blanks and takes a trailing * for a derived parameter. */
function fileName(name: string): string {
  return name.replace(/[\s*?]+/g, '_')
}

/** Columns weight, logL, then the parameters; one header line. */
export function posteriorCsv(samples: WeightedSamples): string {
  checkSamples(samples)
  const { names, theta, weights, logL } = samples
  const d = names.length
  const lines = [['weight', 'logL', ...names].map(csvField).join(',')]
  for (let i = 0; i < weights.length; i++)
    lines.push([weights[i], logL[i], ...theta.subarray(i * d, i * d + d)].join(','))
  return `${lines.join('\n')}\n`
}

function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
