import type { Rng } from '../numerics/rng.ts'

/**
 * Momenta of one event: l+, nu, b, l-, nubar, bbar, each (E, px, py, pz) in GeV.
 */
export const particleNames = ['l+', 'nu', 'b', 'l-', 'nubar', 'bbar'] as const
export const momentumCount = 24

/** What of an event is drawn in the rest frames of the tops. */
export interface DecayAngles {
  /** Lepton directions along (r, n, k). */
  plus: Float64Array // [3]
  minus: Float64Array // [3]
  /** Cosine of the lepton's angle in the W frame against the flight of the W. */
  zPlus: number
  zMinus: number
  /** Azimuth of the W about the lepton. */
  phiPlus: number
  phiMinus: number
  /** Azimuth of the top about the beam. */
  phi: number
}

export function createDecayAngles(): DecayAngles {
  const plus = new Float64Array(3)
  const minus = new Float64Array(3)
  return { plus, minus, zPlus: 0, zMinus: 0, phiPlus: 0, phiMinus: 0, phi: 0 }
}

function drawDirection(rng: Rng, out: Float64Array): void {
  const k = 2 * rng.uniform() - 1
  const phi = 2 * Math.PI * rng.uniform()
  const s = Math.sqrt(1 - k * k)
  out[0] = s * Math.cos(phi)
  out[1] = s * Math.sin(phi)
  out[2] = k
}

/**
 * z of t -> b W(-> l nu) with m_b = 0: density F_0 3/4 (1 - z^2) + F_L 3/8 (1 - z)^2 with F_0 = 1/(1 + 2 x),
 * x = (m_W/m_t)^2 (Kane, Ladinsky, Yuan, Phys. Rev. D 45 (1992) 124), both by inversion.
 */
function drawHelicityAngle(longitudinal: number, rng: Rng): number {
  const choice = rng.uniform()
  const u = rng.uniform()
  return choice < longitudinal ? 2 * Math.sin(Math.asin(2 * u - 1) / 3) : 1 - 2 * Math.cbrt(u)
}

/** Isotropic leptons (their correlation is in the weight) and the rest of both decays as they are distributed. */
export function drawDecay(rng: Rng, mTop: number, mW: number, angles: DecayAngles): void {
  const longitudinal = 1 / (1 + 2 * (mW / mTop) ** 2)
  drawDirection(rng, angles.plus)
  drawDirection(rng, angles.minus)
  angles.zPlus = drawHelicityAngle(longitudinal, rng)
  angles.zMinus = drawHelicityAngle(longitudinal, rng)
  angles.phiPlus = 2 * Math.PI * rng.uniform()
  angles.phiMinus = 2 * Math.PI * rng.uniform()
  angles.phi = 2 * Math.PI * rng.uniform()
}

export interface DecayFrame {
  mTop: number
  mW: number
  mtt: number
  y: number
  /** Cosine of the angle between top and beam 1 in the rest frame of the pair. */
  c: number
}

/**
 * Momenta in the laboratory of an event with on-shell tops and W bosons and massless leptons and b quarks. The rest frame
 * of each top is reached from that of the pair by a boost without rotation, as the spin axes require.
 */
export function placeMomenta(frame: DecayFrame, angles: DecayAngles, out: Float64Array): void {
  const { mTop, mW, mtt, y, c } = frame
  const gamma = mtt / (2 * mTop)
  const betaGamma = Math.sqrt(Math.max(0, gamma * gamma - 1))
  decayInRestFrame(mTop, mW, angles.plus, angles.zPlus, angles.phiPlus, out, 0)
  decayInRestFrame(mTop, mW, angles.minus, angles.zMinus, angles.phiMinus, out, 12)

  // r, n, k in the laboratory: k = (S cos, S sin, c), r = (beam 1 - c k)/S, n = r x k.
  const sine = Math.sqrt(Math.max(0, 1 - c * c))
  const cosPhi = Math.cos(angles.phi)
  const sinPhi = Math.sin(angles.phi)
  const coshY = Math.cosh(y)
  const sinhY = Math.sinh(y)
  for (let p = 0; p < 6; p++) {
    const at = 4 * p
    const direction = p < 3 ? betaGamma : -betaGamma
    const r = out[at + 1]
    const n = out[at + 2]
    const k = gamma * out[at + 3] + direction * out[at]
    const energy = gamma * out[at] + direction * out[at + 3]
    const transverse = -c * r + sine * k
    const z = sine * r + c * k
    out[at] = coshY * energy + sinhY * z
    out[at + 1] = cosPhi * transverse - sinPhi * n
    out[at + 2] = sinPhi * transverse + cosPhi * n
    out[at + 3] = coshY * z + sinhY * energy
  }
}

/** Lepton, neutrino and b of one top at rest as (E, p_r, p_n, p_k). */
function decayInRestFrame(
  mTop: number,
  mW: number,
  lepton: Float64Array,
  z: number,
  azimuth: number,
  out: Float64Array,
  at: number,
): void {
  const xw = (mW / mTop) ** 2
  const leptonEnergy = 0.25 * mTop * (1 + xw + (1 - xw) * z)
  const wMomentum = 0.5 * mTop * (1 - xw)
  const wEnergy = 0.5 * mTop * (1 + xw)
  const wVelocity = (1 - xw) / (1 + xw)
  const cosAlpha = (z + wVelocity) / (1 + wVelocity * z)
  const sinAlpha = Math.sqrt(Math.max(0, 1 - cosAlpha * cosAlpha))
  const [a, b, c] = [lepton[0], lepton[1], lepton[2]]
  // Two axes across the lepton without division by zero (Duff et al., JCGT 6 (2017) 1).
  const sign = c >= 0 ? 1 : -1
  const f = -1 / (sign + c)
  const g = a * b * f
  const u = sinAlpha * Math.cos(azimuth)
  const v = sinAlpha * Math.sin(azimuth)
  const wa = wMomentum * (cosAlpha * a + u * (1 + sign * a * a * f) + v * g)
  const wb = wMomentum * (cosAlpha * b + u * sign * g + v * (sign + b * b * f))
  const wc = wMomentum * (cosAlpha * c - u * sign * a - v * b)

  out[at] = leptonEnergy
  out[at + 1] = leptonEnergy * a
  out[at + 2] = leptonEnergy * b
  out[at + 3] = leptonEnergy * c
  out[at + 4] = wEnergy - leptonEnergy
  out[at + 5] = wa - out[at + 1]
  out[at + 6] = wb - out[at + 2]
  out[at + 7] = wc - out[at + 3]
  out[at + 8] = wMomentum
  out[at + 9] = -wa
  out[at + 10] = -wb
  out[at + 11] = -wc
}
