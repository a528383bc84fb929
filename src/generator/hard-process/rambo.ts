import type { Rng } from '../../numerics/rng.ts'

const sum = new Float64Array(4)

/**
 * Momenta [n, 4] in the rest frame with density 1 / ramboVolume: RAMBO (Kleiss, Stirling, Ellis, CPC 40 (1986) 359),
 * its massless momenta scaled onto the masses.
 */
export function rambo(energy: number, masses: ArrayLike<number>, rng: Rng, momenta: Float64Array): void {
  const n = masses.length
  sum.fill(0)
  for (let i = 0; i < n; i++) {
    const E = -Math.log((1 - rng.uniform()) * (1 - rng.uniform()))
    const cos = 2 * rng.uniform() - 1
    const sin = Math.sqrt(1 - cos * cos)
    const phi = 2 * Math.PI * rng.uniform()
    momenta[4 * i] = E
    momenta[4 * i + 1] = E * sin * Math.cos(phi)
    momenta[4 * i + 2] = E * sin * Math.sin(phi)
    momenta[4 * i + 3] = E * cos
    for (let c = 0; c < 4; c++) sum[c] += momenta[4 * i + c]
  }
  const mass = Math.sqrt(sum[0] ** 2 - sum[1] ** 2 - sum[2] ** 2 - sum[3] ** 2)
  const scale = energy / mass
  for (let at = 0; at < 4 * n; at += 4) {
    const along = (sum[1] * momenta[at + 1] + sum[2] * momenta[at + 2] + sum[3] * momenta[at + 3]) / mass
    const E = (sum[0] * momenta[at]) / mass - along
    const shift = (momenta[at] + E) / (sum[0] + mass)
    momenta[at] = scale * E
    for (let c = 1; c < 4; c++) momenta[at + c] = scale * (momenta[at + c] - sum[c] * shift)
  }
  giveMasses(energy, masses, momenta)
}

/** Σ sqrt(m² + ξ² k²) = energy by Newton's method; the left side is convex and rising in ξ. */
function giveMasses(energy: number, masses: ArrayLike<number>, momenta: Float64Array): void {
  const n = masses.length
  let xi = 1
  for (let step = 0; step < 100; step++) {
    let excess = -energy
    let slope = 0
    for (let i = 0; i < n; i++) {
      const k = momenta[4 * i]
      const E = Math.sqrt(masses[i] * masses[i] + xi * xi * k * k)
      excess += E
      slope += (xi * k * k) / E
    }
    const move = excess / slope
    xi -= move
    if (Math.abs(move) <= 1e-15) break
  }
  for (let i = 0; i < n; i++) {
    for (let c = 1; c < 4; c++) momenta[4 * i + c] *= xi
    momenta[4 * i] = Math.sqrt(masses[i] ** 2 + (xi * momenta[4 * i]) ** 2)
  }
}

/** (n - 1)! (n - 2)! */
function factorials(n: number): number {
  let product = 1
  for (let k = 2; k < n; k++) product *= k * (k < n - 1 ? k : 1)
  return product
}

/** ∫ dΦ_n of massless particles: (2π)^(4-3n) (π/2)^(n-1) s^(n-2) / ((n-1)! (n-2)!). */
export function masslessVolume(energy: number, n: number): number {
  return massless(n) * power(energy, 2 * n - 4)
}

const masslessFactors: number[] = []

function massless(n: number): number {
  return (masslessFactors[n] ??= ((2 * Math.PI) ** (4 - 3 * n) * (Math.PI / 2) ** (n - 1)) / factorials(n))
}

/** By products: the engine's ** costs as much as the rest of a point. */
function power(x: number, n: number): number {
  let result = 1
  for (let k = 0; k < n; k++) result *= x
  return result
}

/** Weight of a point of RAMBO, that is one over its density in dΦ_n. */
export function ramboVolume(energy: number, masses: ArrayLike<number>, momenta: Float64Array): number {
  const n = masses.length
  let sum = 0
  let product = 1
  let squares = 0
  for (let i = 0; i < n; i++) {
    const E = momenta[4 * i]
    const k = Math.sqrt(momenta[4 * i + 1] ** 2 + momenta[4 * i + 2] ** 2 + momenta[4 * i + 3] ** 2)
    sum += k
    product *= k / E
    squares += (k * k) / E
  }
  return (masslessVolume(energy, n) * power(sum / energy, 2 * n - 3) * product * energy) / squares
}
