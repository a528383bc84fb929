import { electroweak, smeftsimInputs } from '../electroweak.ts'
import { amplitudeModel } from './amplitude.ts'
import { createLuminosity } from './luminosity.ts'
import { radiatedMassGrid } from './mass-grid.ts'
import { correctionOf } from './nlo-ratio.ts'
import { fillResponse, fluxFactor, responseCount } from './partonic.ts'
import { radiatedBelow, radiateInto } from './photon-radiation.ts'
import { type TemplateRequest, validateRequest } from './template-request.ts'

/**
 * The Standard Model's m_ll bins at any L of the photon radiation: the Born spectrum is computed once, L only moves it.
 *
 * @param request  of m_ll alone in full phase space; its own `radiation` is not looked at
 * @returns        L -> [bins] pb, as `computeTemplates` gives them to rounding
 */
export function radiatedSpectrum(
  request: Omit<TemplateRequest, 'radiation'>,
): (logarithm: number) => Float64Array {
  validateRequest({ ...request, radiation: { logarithm: 0 } })
  const { edges } = request.observables[0]
  const { sqrtS, muF, pdf } = request
  const inputs = request.inputs ?? smeftsimInputs
  const model = amplitudeModel(electroweak(request.scheme, inputs), request)
  const grid = radiatedMassGrid(edges, sqrtS, inputs)
  const luminosity = createLuminosity(pdf, sqrtS, null, 32)
  const range = [edges[0], edges[edges.length - 1]] as const
  const correction = correctionOf({ ...request, radiation: { logarithm: 0 } }, range)
  const factorF = request.scaleFactors?.muF ?? 1
  const response = new Float64Array(2 * responseCount)
  const pair = new Float64Array(2)
  const born = grid.m.map((m, k) => {
    luminosity.setMass(m, (muF === 'mll' ? m : muF) * factorF)
    luminosity.above(0, pair)
    correction?.(m, pair)
    fillResponse(model, m * m, response)
    return grid.weight[k] * fluxFactor(m * m) * (pair[0] * response[0] + pair[1] * response[responseCount])
  })
  const shares = new Float64Array(edges.length - 1)
  return (logarithm) => {
    const below = radiatedBelow(logarithm)
    const out = new Float64Array(shares.length)
    grid.m.forEach((m, k) => {
      radiateInto(below, edges, m, shares)
      for (let b = 0; b < out.length; b++) out[b] += born[k] * shares[b]
    })
    return out
  }
}
