/**
 * Kernel width that minimises the asymptotic squared error without assuming a shape, so that two separate modes are
 * not smeared together: the fixed point t = xi gamma^[5](t) of Botev, Grotowski and Kroese, Ann. Statist. 38 (2010)
 * 2916, algorithm 1, on a histogram of unit range.
 *
 * @param mass       [n] shares per bin, summing to 1
 * @param effective  effective number of samples
 * @returns          standard deviation in units of the range; the normal rule where there is no fixed point
 */
export function improvedSheatherJones(mass: Float64Array, effective: number): number {
  const a2 = cosineTransform(mass).map((a) => (a / 2) ** 2)
  const powers = frequencyPowers(a2)
  // The root nearest zero: double until the sign changes.
  let high = 1e-8
  while (fixedPoint(high, effective, powers) > 0) {
    high *= 2
    if (high > 0.1) return normalRule(mass, effective)
  }
  let low = high / 2
  for (let i = 0; i < 60; i++) {
    const middle = 0.5 * (low + high)
    if (fixedPoint(middle, effective, powers) < 0) high = middle
    else low = middle
  }
  return Math.sqrt(0.5 * (low + high))
}

const highestPower = 7

/** k^(2 s) a_k^2 for each s up to 7: the same in all evaluations of the fixed point, of which there are a hundred. */
function frequencyPowers(a2: Float64Array): Float64Array[] {
  return Array.from({ length: highestPower + 1 }, (_, s) => a2.map((a, k) => (k * k) ** s * a))
}

/** xi gamma^[5](t) - t: positive below the root. */
function fixedPoint(t: number, n: number, powers: readonly Float64Array[]): number {
  const pi2 = Math.PI * Math.PI
  const norm = (s: number, time: number): number => {
    const power = powers[s]
    let sum = 0
    for (let k = 1; k < power.length; k++) {
      const decay = k * k * pi2 * time
      if (decay > 700) break
      sum += power[k] * Math.exp(-decay)
    }
    return 2 * pi2 ** s * sum
  }
  let f = norm(highestPower, t)
  for (let s = 6; s >= 2; s--) {
    let odd = 1
    for (let k = 3; k < 2 * s; k += 2) odd *= k
    const factor = (1 + 0.5 ** (s + 0.5)) / 3
    const time = ((factor * odd) / (n * Math.sqrt(Math.PI / 2) * f)) ** (2 / (3 + 2 * s))
    f = norm(s, time)
  }
  return (2 * n * Math.sqrt(Math.PI) * f) ** -0.4 - t
}

/** Type-II cosine transform, 2 sum_i m_i cos(pi k (i + 1/2) / n), by the plain double loop: n is a few hundred. */
function cosineTransform(mass: Float64Array): Float64Array {
  const n = mass.length
  const cosines = Float64Array.from({ length: 4 * n }, (_, j) => Math.cos((Math.PI * j) / (2 * n)))
  return Float64Array.from({ length: n }, (_, k) => {
    let sum = 0
    for (let i = 0; i < n; i++) if (mass[i] > 0) sum += mass[i] * cosines[(k * (2 * i + 1)) % (4 * n)]
    return k === 0 ? sum : 2 * sum
  })
}

function normalRule(mass: Float64Array, effective: number): number {
  const n = mass.length
  let mean = 0
  let square = 0
  for (let i = 0; i < n; i++) {
    const x = (i + 0.5) / n
    mean += mass[i] * x
    square += mass[i] * x * x
  }
  return Math.max(Math.sqrt(Math.max(0, square - mean * mean)) * 1.06 * effective ** -0.2, 0.5 / n)
}
