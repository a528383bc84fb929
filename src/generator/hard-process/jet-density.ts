import { AppError } from '../../errors.ts'
import { gaussLegendre } from '../../numerics/quadrature.ts'
import { createDensities, densityWidth } from './densities.ts'
import type { HardProcess } from './hard-process.ts'
import { gev2ToPb } from './integrand.ts'
import { finalMasses, type Subprocess } from './subprocesses.ts'
import { isLightParton } from './thresholds.ts'

/** Where the density of a jet is wanted: points of a quadrature in pT and |η|, all of one with all of the other. */
export interface JetGrid {
  pt: Float64Array // [p] GeV
  absEta: Float64Array // [e]
  /** dpT d|η| of each point, pT major */
  weights: Float64Array // [p, e]
}

export interface JetCuts {
  /** GeV */
  ptMin: number
  absEtaMax: number
}

/** How fine the quadratures are. */
export interface JetRule {
  /** Nodes in ln pT, in panels of eight, and in |η|. */
  pt: number
  eta: number
  /** In the rapidity of the boson. */
  rapidity: number
  /** Along the line shape, where there is one. */
  virtuality: number
}

/** Areas under curves of mediators and Z are within 2e-4 of those of rules twice as fine. */
export const jetRule: JetRule = { pt: 48, eta: 8, rapidity: 12, virtuality: 24 }

const perPanel = 8

/** Gauss-Legendre in panels of ln pT up to half the energy, and in |η|. */
export function jetGrid({ ptMin, absEtaMax }: JetCuts, sqrtS: number, rule: JetRule = jetRule): JetGrid {
  if (!(ptMin > 0 && ptMin < sqrtS / 2 && absEtaMax > 0))
    throw new AppError(
      'physics/out-of-range',
      `A jet is looked for above pT = ${ptMin} GeV within |η| < ${absEtaMax} at ${sqrtS} GeV. Give a pT above 0 and below half the energy, and an |η| above 0.`,
    )
  const panels = Math.max(1, Math.round(rule.pt / perPanel))
  const width = Math.log(sqrtS / 2 / ptMin) / panels
  const { nodes, weights } = gaussLegendre(perPanel)
  const pt = new Float64Array(panels * perPanel)
  const dpt = pt.map((_, i) => {
    const panel = Math.floor(i / perPanel)
    pt[i] = ptMin * Math.exp(width * (panel + (nodes[i % perPanel] + 1) / 2))
    return (pt[i] * width * weights[i % perPanel]) / 2
  })
  const inEta = gaussLegendre(rule.eta)
  const absEta = inEta.nodes.map((x) => (absEtaMax * (x + 1)) / 2)
  const all = new Float64Array(pt.length * absEta.length)
  return {
    ...{ pt, absEta },
    weights: all.map(
      (_, at) => (dpt[Math.floor(at / absEta.length)] * absEtaMax * inEta.weights[at % absEta.length]) / 2,
    ),
  }
}

/**
 * Exact leading-order dσ/(dpT d|η|) of the jet beside one boson, by quadrature over the boson's rapidity and, where it
 * decays along a line shape, over its virtuality: dσ/(dpT² dη dy) = Σ x1 f x2 f |M|²/(16π s²), both signs of η together.
 * Sets of densities that are below zero somewhere keep their sign in the sum over partons; a sum below zero counts as 0.
 *
 * @param kernel  from loadAmplitudeKernel
 * @returns pb/GeV at pT [GeV] and |η|
 * @throws AppError 'input/invalid' for a process that is not one boson and one jet
 */
export function createJetDensity(
  hard: HardProcess,
  rule: JetRule = jetRule,
  kernel?: WebAssembly.Module,
): (pt: number, absEta: number) => number {
  const masses = virtualities(hard, rule)
  const pointOf = createPoint(hard, rule, kernel)
  return (pt, absEta) => {
    let sum = 0
    for (const { q, weight } of masses) sum += weight * (pointOf(q, pt, absEta) + pointOf(q, pt, -absEta))
    return Math.max(0, sum)
  }
}

/** Masses of the boson with their weights: one, or nodes along its line shape. */
function virtualities(hard: HardProcess, rule: JetRule): { q: number; weight: number }[] {
  const [{ matrixElement }] = hard.groups
  const [resonance] = hard.resonances
  if (!resonance) {
    const { parameters } = hard.collision
    const q = Math.max(...finalMasses(matrixElement.process, parameters))
    return [{ q, weight: 1 }]
  }
  const { nodes, weights } = gaussLegendre(rule.virtuality)
  return Array.from(nodes, (x, i) => {
    // x = u²(3 - 2u) crowds nodes at both ends, where the threshold has a root and rates fall steeply.
    const u = (x + 1) / 2
    const q = resonance.virtuality(u * u * (3 - 2 * u))
    return { q, weight: 3 * u * (1 - u) * resonance.weight(q) * weights[i] }
  }).filter(({ weight }) => weight > 0)
}

/** Place of the jet among the final legs, 0 or 1. */
function jetOf(
  { matrixElement: { process } }: Subprocess,
  { collision: { parameters } }: HardProcess,
): number {
  const jets = process.outgoing.map((leg) => isLightParton(leg, parameters))
  if (jets.length !== 2 || jets.filter(Boolean).length !== 1)
    throw new AppError(
      'input/invalid',
      `${process.name} is not one boson and one light parton, so that its jet has no density by quadrature. Choose a mediator, Z or W beside a jet.`,
    )
  return jets.indexOf(true)
}

/** dσ/(dpT dη) at one sign of η, for a boson of mass q; all partonic processes share its densities. */
function createPoint(hard: HardProcess, rule: JetRule, kernel?: WebAssembly.Module) {
  const { sqrtS, pdf, alphaS, parameters, scale: scaleChoice } = hard.collision
  const densities = createDensities(pdf, kernel)
  const { nodes, weights } = gaussLegendre(rule.rapidity)
  const strongAtReference = parameters.gs ** 2 / (4 * Math.PI)
  const momenta = new Float64Array(16)
  const parts = hard.groups.map((group, g) => ({
    ...{ jet: jetOf(group, hard), branching: hard.branchings[g] },
    ...{ matrixElement: group.matrixElement, partons: group.partons },
  }))

  return (q: number, pt: number, eta: number): number => {
    const mt = Math.hypot(q, pt)
    // x1 and x2 stay below 1.
    const high = Math.log((sqrtS - pt * Math.exp(eta)) / mt)
    const low = -Math.log((sqrtS - pt * Math.exp(-eta)) / mt)
    if (!(high > low)) return 0
    const scale = scaleChoice === 'ht/2' ? (mt + pt) / 2 : scaleChoice
    const strong = alphaS(scale) / strongAtReference
    let sum = 0
    for (let i = 0; i < nodes.length; i++) {
      const y = low + ((high - low) * (nodes[i] + 1)) / 2
      const x1 = (mt * Math.exp(y) + pt * Math.exp(eta)) / sqrtS
      const x2 = (mt * Math.exp(-y) + pt * Math.exp(-eta)) / sqrtS
      densities.evaluate(Math.min(1, x1), Math.min(1, x2), scale * scale)
      const s = x1 * x2 * sqrtS * sqrtS
      for (const { matrixElement, partons, jet, branching } of parts) {
        let flux = 0
        for (const [one, other] of partons) flux += densities.pair[one] * densities.pair[densityWidth + other]
        place(momenta, jet, Math.sqrt(s), pt, eta - 0.5 * Math.log(x1 / x2), mt)
        const running = strong ** (matrixElement.strongPower / 2)
        const rate = branching * running * flux * matrixElement.squaredMatrixElement(momenta)
        sum += (weights[i] * rate) / (s * s)
      }
    }
    return (gev2ToPb * 2 * pt * sum * (high - low)) / (2 * 16 * Math.PI)
  }
}

/** Both beams and both final legs in the partons' rest frame, where the jet has this rapidity. */
function place(
  momenta: Float64Array,
  jet: number,
  energy: number,
  pt: number,
  rapidity: number,
  mt: number,
): void {
  momenta[0] = momenta[3] = momenta[4] = energy / 2
  momenta[7] = -energy / 2
  const along = pt * Math.sinh(rapidity)
  const [own, other] = [8 + 4 * jet, 12 - 4 * jet]
  momenta[own] = pt * Math.cosh(rapidity)
  momenta[own + 1] = pt
  momenta[own + 3] = along
  momenta[other] = Math.hypot(mt, along)
  momenta[other + 1] = -pt
  momenta[other + 3] = -along
}
