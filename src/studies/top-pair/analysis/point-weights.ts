import { z } from 'zod'
import { AppError, checkedBy } from '../../../errors.ts'
import { createEventWeight, createPointWeights } from '../../../physics/top-pair/event-weight.ts'
import { createFluxes } from '../../../physics/top-pair/fluxes.ts'
import type { TopPairProcess } from '../../../physics/top-pair/hadronic.ts'
import { dipoleTermFactors, termNames } from '../../../physics/top-pair/polynomial.ts'

z.config({ jitless: true })

const direction = z
  .tuple([z.number(), z.number(), z.number()])
  .refine(([r, n, k]) => Math.abs(Math.hypot(r, n, k) - 1) < 1e-6, 'must be a unit vector (r, n, k)')

const pointSchema = z.object({
  M: z.number().positive(),
  y: z.number(),
  cos: z.number().min(-1).max(1),
  np: direction,
  nm: direction,
})

const fileSchema = z.union([z.object({ events: z.array(pointSchema) }), z.array(pointSchema)])

export interface PointWeights {
  desc: string
  terms: string[]
  alphaS: number
  events: (z.infer<typeof pointSchema> & { W: number[] })[]
}

/**
 * Polynomial weights at truth points { M [TeV], y, cos, np, nm }: W such that
 * d sigma/(dM dy dcos dOmega+/4pi dOmega-/4pi) = W beta/(8 pi M^2) x 389.379 pb TeV^2 with M in TeV.
 *
 * @param json    { events: [...] } or a bare list
 * @param dipole  c_tG of the app over that of the convention the weights are for
 * @throws AppError 'input/invalid' naming the entry, 'physics/out-of-range' outside phase space
 */
export function weightsAtPoints(json: unknown, process: TopPairProcess, dipole = 1): PointWeights {
  const parsed = checkedBy(fileSchema, json)
  if (!parsed.success) {
    // The union reports both branches; the one that fits the layout explains the fault.
    const inner = Array.isArray(json)
      ? checkedBy(z.array(pointSchema), json)
      : checkedBy(z.object({ events: z.array(pointSchema) }), json)
    const [issue] = (inner.success ? parsed : inner).error.issues
    throw new AppError(
      'input/invalid',
      `The points are not readable: ${issue.path.join('.') || 'top level'}: ${issue.message}. Each needs M [TeV], y, cos, np and nm.`,
    )
  }
  const points = Array.isArray(parsed.data) ? parsed.data : parsed.data.events
  if (points.length === 0)
    throw new AppError(
      'input/invalid',
      'The file holds 0 points. Write at least one with M [TeV], y, cos, np and nm.',
    )
  const { parameters, operators, pdf, mu, sqrtS } = process
  const factors = dipoleTermFactors(operators, dipole)
  const weightsOf = createPointWeights(createEventWeight(operators, parameters), createFluxes(pdf, mu), sqrtS)
  const events = points.map((point, i) => {
    const mttGeV = 1000 * point.M
    if (mttGeV < 2 * parameters.mTop || Math.abs(point.y) > Math.log(sqrtS / mttGeV))
      throw new AppError(
        'physics/out-of-range',
        `Point ${i + 1} (M = ${point.M} TeV, y = ${point.y}) is outside phase space: M goes from ${2 * parameters.mTop} to ${sqrtS} GeV, |y| to ln(sqrt(S)/M)${mttGeV < sqrtS ? ` = ${Math.log(sqrtS / mttGeV).toPrecision(4)}` : ''}. Move or remove it, or raise --sqrts.`,
      )
    const W = weightsOf({ mttGeV, ytt: point.y, cosTheta: point.cos, plus: point.np, minus: point.nm })
    return { ...point, W: Array.from(W, (w, t) => w * factors[t]) }
  })
  const terms = termNames(operators)
  return {
    desc: `channel-summed truth weight W(z;c), ${sqrtS / 1000} TeV, mu = ${mu} GeV, ${pdf.id}, alpha_s = ${parameters.alphaS} (${process.alphaSSource}); order: ${terms.join(',')}. dsigma/(dM dy dcos dOmega+/4pi dOmega-/4pi) = W beta/(8 pi M^2) * 389.3793721 pb (M in TeV)`,
    terms,
    alphaS: parameters.alphaS,
    events,
  }
}
