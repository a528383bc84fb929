/** Final states in which this pT lies outside are left out. */
export interface PtWindow {
  /** [GeV], inclusive */
  min: number
  /** [GeV], exclusive; Infinity for none */
  max: number
}

/** A map from the unit cube to a final state at a given energy, and back. Works in place and allocates nothing. */
export interface Channel {
  readonly dimensions: number
  /**
   * Writes momenta [n, 4] in the rest frame (E, px, py, pz) for x in the unit cube and the azimuth of the whole.
   *
   * @returns dΦ_n / dx, azimuth integrated; 0 where the window leaves nothing
   */
  place(energy: number, x: Float64Array, azimuth: number, momenta: Float64Array): number
  /** The other way: x of these momenta, with the same dΦ_n / dx. */
  locate(energy: number, momenta: Float64Array, x: Float64Array): number
}

/** Momentum of either in the decay of `mass` to a and b; 0 below threshold. */
export function breakup(mass: number, a: number, b: number): number {
  const square = (mass - a - b) * (mass + a + b) * (mass - a + b) * (mass + a - b)
  return square > 0 ? Math.sqrt(square) / (2 * mass) : 0
}

/**
 * Two clusters of one or two particles each, back to back: their masses, the polar angle, then polar angle and
 * azimuth of each pair's decay in helicity axes are the coordinates, in this order. The polar angle is drawn in
 * artanh(β cos θ) with β = 2p/E, so that 1 / (1 - β² cos² θ), what exchanges of what is made have, is flat. Factorised
 * phase space,
 * dΦ_n = Π dM²/(2π) Π dΦ_2 with dΦ_2 = p/(4π M) d(cos θ)/2 dφ/(2π) (PDG review of kinematics).
 *
 * @param masses    read at each call, so that one of them may change from point to point
 * @param clusters  numbers of the final particles; each once
 * @param window    of pT of both clusters; only where both are single particles
 */
export function twoClusters(
  masses: ArrayLike<number>,
  clusters: readonly [readonly number[], readonly number[]],
  window: PtWindow = { min: 0, max: Infinity },
): Channel {
  const [firstLegs, secondLegs] = clusters
  const firstPair = firstLegs.length === 2
  const secondPair = secondLegs.length === 2
  const polar = Number(firstPair) + Number(secondPair)
  // Masses of the clusters at the last point; there, β and the range of artanh(β |cos θ|).
  const m = new Float64Array(2)
  let beta = 0
  const range = new Float64Array(2)

  const threshold = (legs: readonly number[]): number => {
    let sum = 0
    for (let i = 0; i < legs.length; i++) sum += masses[legs[i]]
    return sum
  }

  /** dΦ_n / dx for the masses in m: `room` is the range of each pair's mass. */
  function volume(energy: number, p: number, cos: number, firstRoom: number, secondRoom: number): number {
    const angular = ((range[1] - range[0]) * (1 - (beta * cos) ** 2)) / beta
    let result = (p / (4 * Math.PI * energy)) * angular
    if (firstPair) result *= (breakupOf(0) * firstRoom) / (4 * Math.PI * Math.PI)
    if (secondPair) result *= (breakupOf(1) * secondRoom) / (4 * Math.PI * Math.PI)
    return result
  }

  const breakupOf = (k: 0 | 1): number => {
    const legs = clusters[k]
    return breakup(m[k], masses[legs[0]], masses[legs[1]])
  }

  function setRange(energy: number, p: number): void {
    beta = Math.min((2 * p) / energy, largestBeta)
    range[0] = Math.atanh(beta * cosineAt(window.max, p))
    range[1] = Math.atanh(beta * cosineAt(window.min, p))
  }

  function place(energy: number, x: Float64Array, azimuth: number, momenta: Float64Array): number {
    const [low, high] = [threshold(firstLegs), threshold(secondLegs)]
    const room = energy - low - high
    if (!(room > 0)) return 0
    let next = 0
    const first = firstPair ? x[next++] : 0
    const second = secondPair ? (1 - first) * x[next++] : 0
    m[0] = low + room * first
    m[1] = high + room * second
    const p = breakup(energy, m[0], m[1])
    setRange(energy, p)
    if (!(range[1] > range[0])) return 0
    const signed = 2 * x[polar] - 1
    const cos = (Math.sign(signed) * Math.tanh(range[0] + (range[1] - range[0]) * Math.abs(signed))) / beta
    const sin = Math.sqrt(Math.max(0, 1 - cos * cos))
    const [ca, sa] = [Math.cos(azimuth), Math.sin(azimuth)]
    next = polar + 1
    for (let k = 0; k < 2; k++) {
      const along = k === 0 ? 1 : -1
      const legs = clusters[k]
      const energyOf = Math.sqrt(p * p + m[k] * m[k])
      if (legs.length === 1) {
        write(momenta, legs[0], energyOf, along * p, 0, 0, cos, sin, ca, sa)
        continue
      }
      const decay = breakupOf(k as 0 | 1)
      const inner = 2 * x[next++] - 1
      const turn = 2 * Math.PI * x[next++]
      const across = decay * Math.sqrt(1 - inner * inner)
      const ma = masses[legs[0]]
      const ea = Math.sqrt(decay * decay + ma * ma)
      const eb = m[k] - ea
      const gamma = energyOf / m[k]
      const boost = p / m[k]
      const l = decay * inner
      const tx = across * Math.cos(turn)
      const ty = across * Math.sin(turn)
      write(
        momenta,
        legs[0],
        gamma * ea + boost * l,
        along * (gamma * l + boost * ea),
        tx,
        ty,
        cos,
        sin,
        ca,
        sa,
      )
      write(
        momenta,
        legs[1],
        gamma * eb - boost * l,
        along * (boost * eb - gamma * l),
        -tx,
        -ty,
        cos,
        sin,
        ca,
        sa,
      )
    }
    return volume(energy, p, cos, room, room * (1 - first))
  }

  function locate(energy: number, momenta: Float64Array, x: Float64Array): number {
    const [low, high] = [threshold(firstLegs), threshold(secondLegs)]
    const room = energy - low - high
    let E = 0
    let px = 0
    let py = 0
    let pz = 0
    for (let i = 0; i < firstLegs.length; i++) {
      const at = 4 * firstLegs[i]
      E += momenta[at]
      px += momenta[at + 1]
      py += momenta[at + 2]
      pz += momenta[at + 3]
    }
    const p = Math.sqrt(px * px + py * py + pz * pz)
    const least = 1e-12 * energy
    m[0] = firstPair ? Math.max(massBelow(E, p), low, least) : low
    m[1] = secondPair ? Math.max(massBelow(energy - E, p), high, least) : high
    const nx = px / p
    const ny = py / p
    const cos = pz / p
    const sin = Math.sqrt(nx * nx + ny * ny)
    const ca = sin > 0 ? nx / sin : 1
    const sa = sin > 0 ? ny / sin : 0
    const first = firstPair ? (m[0] - low) / room : 0
    let next = 0
    if (firstPair) x[next++] = first
    if (secondPair) x[next++] = (m[1] - high) / room / (1 - first)
    setRange(energy, p)
    const along = Math.atanh(beta * Math.abs(cos)) - range[0]
    x[next++] = (1 + (Math.sign(cos) * along) / (range[1] - range[0])) / 2
    for (let k = 0; k < 2; k++) {
      const legs = clusters[k]
      if (legs.length === 1) continue
      const at = 4 * legs[0]
      const [ex, ey, ez] = [momenta[at + 1], momenta[at + 2], momenta[at + 3]]
      const forward = (k === 0 ? 1 : -1) * (ex * nx + ey * ny + ez * cos)
      const energyOf = Math.sqrt(p * p + m[k] * m[k])
      const inner = (energyOf * forward - p * momenta[at]) / m[k] / breakupOf(k as 0 | 1)
      const turn = Math.atan2(ey * ca - ex * sa, (ex * ca + ey * sa) * cos - ez * sin) / (2 * Math.PI)
      x[next++] = (inner + 1) / 2
      x[next++] = turn < 0 ? turn + 1 : turn
    }
    return volume(energy, p, cos, room, room * (1 - first))
  }

  return { dimensions: 3 * polar + 1, place, locate }
}

/** Massless pairs have β = 1, where the map has no end. */
const largestBeta = 1 - 1e-9

function cosineAt(pt: number, p: number): number {
  return pt >= p ? 0 : Math.sqrt(1 - (pt / p) ** 2)
}

/** Rounding takes the mass of two massless particles in line below zero. */
function massBelow(E: number, p: number): number {
  return Math.sqrt(Math.max(0, (E - p) * (E + p)))
}

/** One particle with longitudinal and transverse components in the axes of the clusters. */
function write(
  momenta: Float64Array,
  leg: number,
  E: number,
  along: number,
  tx: number,
  ty: number,
  cos: number,
  sin: number,
  ca: number,
  sa: number,
): void {
  const radial = along * sin + tx * cos
  momenta[4 * leg] = E
  momenta[4 * leg + 1] = radial * ca - ty * sa
  momenta[4 * leg + 2] = radial * sa + ty * ca
  momenta[4 * leg + 3] = along * cos - tx * sin
}
