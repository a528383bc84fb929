import { AppError } from '../../errors.ts'

export type FlavourNumber = 3 | 4 | 5

export interface CouplingSettings {
  /** Order of the beta function; two loops are solved exactly, not expanded. */
  loops: 1 | 2
  /** Scale where the coupling is given [GeV]. */
  referenceScale: number
  referenceValue: number
  /** Below it three flavours run, at it and above four [GeV]. */
  charmMass: number
  /** At it and above five flavours run [GeV]; there is no sixth. */
  bottomMass: number
}

export interface RunningCoupling {
  readonly settings: CouplingSettings
  activeFlavours(q: number): FlavourNumber
  /** @throws AppError 'physics/out-of-range' at and below the Landau pole */
  alphaS(q: number): number
  /**
   * tau = int_{from}^{to} alpha_s(Q)/(2 pi) d ln Q^2, the clock of leading-order evolution, in closed form.
   * Negative when `to` lies below `from`.
   */
  evolutionTime(from: number, to: number): number
}

/** What goes with the default densities: CT14lo's two-loop alpha_s (arXiv:1506.07443, header of its table). */
export const ct14loCoupling: CouplingSettings = {
  loops: 2,
  referenceScale: 91.187,
  referenceValue: 0.118,
  charmMass: 1.3,
  bottomMass: 4.75,
}

/** One stretch of fixed flavour number, with the coupling known at one of its ends. */
interface Stretch {
  flavours: FlavourNumber
  low: number
  high: number
  b0: number
  b1: number
  anchor: number
  inverseAtAnchor: number
}

/**
 * alpha_s with d alpha_s / d ln Q^2 = -b0 alpha_s^2 - b1 alpha_s^3, b0 = (33 - 2 nf)/(12 pi),
 * b1 = (153 - 19 nf)/(24 pi^2), continuous at the thresholds (PDG review of QCD, "running coupling").
 *
 * In v = 1/alpha_s the integral of that equation is G(v) = v - (b1/b0) ln(b0 v + b1) and
 * G(v(Q)) = G(v(Q1)) + b0 ln(Q^2/Q1^2). One loop is the same with b1 = 0.
 */
export function createRunningCoupling(settings: CouplingSettings = ct14loCoupling): RunningCoupling {
  const { loops, referenceScale, referenceValue, charmMass, bottomMass } = settings
  if (!(referenceScale > 0 && referenceValue > 0 && charmMass > 0 && bottomMass > charmMass))
    throw new AppError(
      'physics/out-of-range',
      `alpha_s needs a positive scale and value and m_c < m_b, got alpha_s(${referenceScale}) = ${referenceValue}, m_c = ${charmMass}, m_b = ${bottomMass} GeV.`,
    )

  const stretch = (flavours: FlavourNumber, low: number, high: number): Stretch => ({
    flavours,
    low,
    high,
    b0: (33 - 2 * flavours) / (12 * Math.PI),
    b1: loops === 2 ? (153 - 19 * flavours) / (24 * Math.PI ** 2) : 0,
    anchor: referenceScale,
    inverseAtAnchor: 1 / referenceValue,
  })
  const stretches = [
    stretch(3, 0, charmMass),
    stretch(4, charmMass, bottomMass),
    stretch(5, bottomMass, Infinity),
  ]
  const indexOf = (q: number) => (q >= bottomMass ? 2 : q >= charmMass ? 1 : 0)

  const home = indexOf(referenceScale)
  const handOver = (from: number, to: number, threshold: number) => {
    stretches[to].inverseAtAnchor = inverseCoupling(stretches[from], threshold)
    stretches[to].anchor = threshold
  }
  for (let k = home; k < 2; k++) handOver(k, k + 1, stretches[k].high)
  for (let k = home; k > 0; k--) handOver(k, k - 1, stretches[k].low)

  const requireScale = (q: number) => {
    if (!(q > 0) || q === Infinity)
      throw new AppError('physics/out-of-range', `alpha_s needs a positive finite scale, got Q = ${q} GeV.`)
  }

  return {
    settings,
    activeFlavours: (q) => stretches[indexOf(q)].flavours,
    alphaS(q) {
      requireScale(q)
      return 1 / inverseCoupling(stretches[indexOf(q)], q)
    },
    evolutionTime(from, to) {
      requireScale(from)
      requireScale(to)
      if (to < from) return -this.evolutionTime(to, from)
      let tau = 0
      for (let k = indexOf(from); k <= indexOf(to); k++) {
        const s = stretches[k]
        const start = s.b0 * inverseCoupling(s, Math.max(from, s.low)) + s.b1
        const end = s.b0 * inverseCoupling(s, Math.min(to, s.high)) + s.b1
        tau += Math.log(end / start) / (2 * Math.PI * s.b0)
      }
      return tau
    },
  }
}

/** 1/alpha_s(q) on one stretch, by Newton's method on G(v), which is convex and rising for v > 0. */
function inverseCoupling({ b0, b1, anchor, inverseAtAnchor }: Stretch, q: number): number {
  if (q === anchor) return inverseAtAnchor
  const distance = 2 * b0 * Math.log(q / anchor)
  const ratio = b1 / b0
  const target = inverseAtAnchor - ratio * Math.log(b0 * inverseAtAnchor + b1) + distance
  const atPole = b1 > 0 ? -ratio * Math.log(b1) : 0
  if (!(target > atPole))
    throw new AppError(
      'physics/out-of-range',
      `alpha_s has no value at Q = ${q} GeV, below its Landau pole (1/alpha_s = ${inverseAtAnchor.toPrecision(4)} at ${anchor} GeV). Use a higher scale.`,
    )
  let v = Math.max(inverseAtAnchor + distance, 0.1)
  for (let step = 0; step < 50; step++) {
    const slope = (b0 * v) / (b0 * v + b1)
    const move = (v - ratio * Math.log(b0 * v + b1) - target) / slope
    v -= move
    if (Math.abs(move) <= 1e-14 * v) break
  }
  return v
}
