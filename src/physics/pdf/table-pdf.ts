import * as z from 'zod'
import { AppError, checkedBy } from '../../errors.ts'
import { cubicSpline } from './cubic-spline.ts'
import { partonIds, type PartonId, type PdfSet } from './pdf-set.ts'

z.config({ jitless: true })

const partonNames = ['u', 'd', 'ub', 'db', 's', 'c', 'b', 'g'] as const

const densities = z.array(z.number().positive())
const tableSchema = z.record(
  z.string(),
  z.object({
    mu_GeV: z.number().positive(),
    alpha_s: z.number().positive(),
    x: z.array(z.number().gt(0).lt(1)).min(4).max(10_000),
    xf: z.object({
      u: densities,
      d: densities,
      ub: densities,
      db: densities,
      s: densities,
      c: densities,
      b: densities,
      g: densities,
    }),
  }),
)

/** Column of `partonNames` of each of `partonIds`: sea quarks and antiquarks are alike for s, c, b. */
const columns = [6, 5, 4, 2, 3, 1, 0, 4, 5, 6, 7]

interface Scale {
  mu: number
  alphaS: number
  u: Float64Array // knots in ln(x/(1-x))
  xLow: number
  xHigh: number
  splines: Float64Array // [interval, parton, 4]
}

/**
 * Densities at a few fixed scales from a JSON table { "<mu>": { mu_GeV, alpha_s, x, xf: { u, d, ub, db, s, c, b, g } } }:
 * cubic splines of ln(x f) in ln(x / (1 - x)), zero outside the table.
 *
 * @throws AppError 'data/corrupt' for another layout
 */
export function createTablePdf(json: unknown, id: string): PdfSet {
  const parsed = checkedBy(tableSchema, json)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]
    throw new AppError(
      'data/corrupt',
      `${id} is no table of densities: ${path.join('.') || 'the top level'}: ${message}. It must map scales to { mu_GeV, alpha_s, x, xf }.`,
    )
  }
  const scales = Object.entries(parsed.data).map(([key, entry]) => prepareScale(key, entry, id))
  if (scales.length === 0)
    throw new AppError(
      'data/corrupt',
      `${id} holds no scale. It must map scales to { mu_GeV, alpha_s, x, xf }.`,
    )
  scales.sort((a, b) => a.mu - b.mu)
  const scratch = new Float64Array(partonNames.length)
  const result = new Float64Array(partonIds.length)

  function scaleAt(q2: number): Scale {
    const q = Math.sqrt(q2)
    const found = scales.find(({ mu }) => Math.abs(q - mu) <= 1e-4 * mu)
    if (!found)
      throw new AppError(
        'physics/out-of-range',
        `${id} has densities at ${scales.map(({ mu }) => mu).join(', ')} GeV only, asked for ${q} GeV. Choose one of its scales.`,
      )
    return found
  }

  function xfxQ2All(x: number, q2: number, out = new Float64Array(partonIds.length)): Float64Array {
    if (!(x > 0 && x <= 1))
      throw new AppError('physics/out-of-range', `${id} needs 0 < x <= 1, got x = ${x}.`)
    const { u: knots, splines, xLow, xHigh } = scaleAt(q2)
    if (x < xLow || x > xHigh) return out.fill(0)
    const u = Math.log(x / (1 - x))
    let low = 0
    let high = knots.length - 1
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (knots[middle] <= u) low = middle
      else high = middle
    }
    const t = u - knots[low]
    for (let p = 0; p < partonNames.length; p++) {
      const at = 4 * (low * partonNames.length + p)
      scratch[p] = Math.exp(splines[at] + t * (splines[at + 1] + t * (splines[at + 2] + t * splines[at + 3])))
    }
    for (let k = 0; k < columns.length; k++) out[k] = scratch[columns[k]]
    return out
  }

  return {
    id,
    description: `Table of densities from ${id} at ${scales.map(({ mu }) => mu).join(' and ')} GeV.`,
    xMin: Math.max(...scales.map(({ xLow }) => xLow)),
    xMax: Math.min(...scales.map(({ xHigh }) => xHigh)),
    qMin: scales[0].mu,
    qMax: scales[scales.length - 1].mu,
    xfxQ2: (pdgId: PartonId, x, q2) => xfxQ2All(x, q2, result)[partonIds.indexOf(pdgId)],
    xfxQ2All,
    alphaS: (q) => scaleAt(q * q).alphaS,
    alphaSSource: `alpha_s of the table ${id}`,
  }
}

function prepareScale(key: string, entry: z.infer<typeof tableSchema>[string], id: string): Scale {
  const { x, xf } = entry
  for (let i = 1; i < x.length; i++)
    if (!(x[i] > x[i - 1]))
      throw new AppError(
        'data/corrupt',
        `${id}, scale ${key}: x must rise, but knot ${i} is ${x[i - 1]} and knot ${i + 1} is ${x[i]}. Sort the table.`,
      )
  const u = Float64Array.from(x, (value) => Math.log(value / (1 - value)))
  const splines = new Float64Array((x.length - 1) * partonNames.length * 4)
  partonNames.forEach((name, p) => {
    const values = xf[name]
    if (values.length !== x.length)
      throw new AppError(
        'data/corrupt',
        `${id}, scale ${key}: ${name} has ${values.length} values for ${x.length} knots. Give one value per knot.`,
      )
    const spline = cubicSpline(u, values.map(Math.log))
    for (let i = 0; i < x.length - 1; i++)
      splines.set(spline.subarray(4 * i, 4 * i + 4), 4 * (i * partonNames.length + p))
  })
  return {
    mu: entry.mu_GeV,
    alphaS: entry.alpha_s,
    u,
    xLow: x[0],
    xHigh: x[x.length - 1],
    splines,
  }
}
