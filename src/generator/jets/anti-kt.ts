/** Jets of one event: momenta and to which jet each particle went. */
export interface Jets {
  count: number
  /** [count, 4] E, px, py, pz [GeV], in falling pT */
  momenta: Float64Array
  /** [particles] place of the jet */
  jetOf: Int32Array
}

/**
 * Anti-kT jets (arXiv:0802.1189) in the E scheme by nearest neighbours: of all pairs the smallest distance min(1/pT²)
 * ΔR² / R² is that of a particle and its neighbour in rapidity and azimuth (hep-ph/0512210), so N² steps are enough.
 */
export class AntiKt {
  private capacity = 0
  private p = new Float64Array(0)
  private y = new Float64Array(0)
  private phi = new Float64Array(0)
  /** 1 / pT² */
  private inverse = new Float64Array(0)
  private nearest = new Int32Array(0)
  private distance2 = new Float64Array(0)
  /** The distance d of hep-ph/0512210 to the nearest, or to the beam where none is within the radius. */
  private own = new Float64Array(0)
  /** Of each pseudo-jet the particle or join that it is. */
  private node = new Int32Array(0)
  /** Of particles and joins: the join or the jet it went to, the latter below zero as −1 − jet. */
  private parent = new Int32Array(0)
  private readonly radius2: number

  constructor(radius: number) {
    this.radius2 = radius * radius
  }

  /** @param momenta  [particles, 4] E, px, py, pz [GeV] */
  cluster(momenta: ArrayLike<number>, particles: number): Jets {
    this.grow(particles)
    const { p, nearest, own, node, parent } = this
    for (let at = 0; at < 4 * particles; at++) p[at] = momenta[at]
    for (let i = 0; i < particles; i++) {
      node[i] = i
      this.direct(i)
    }
    for (let i = 0; i < particles; i++) this.findNearest(i, particles)
    const found: number[] = []
    let nodes = particles
    for (let left = particles; left > 0; left--) {
      let [best, least] = [0, Infinity]
      for (let i = 0; i < left; i++) if (own[i] < least) [best, least] = [i, own[i]]
      const other = nearest[best]
      const gone = best
      if (other < 0) {
        parent[node[best]] = -1 - found.length / 4
        found.push(p[4 * best], p[4 * best + 1], p[4 * best + 2], p[4 * best + 3])
      } else {
        for (let k = 0; k < 4; k++) p[4 * other + k] += p[4 * gone + k]
        parent[node[gone]] = parent[node[other]] = nodes
        node[other] = nodes++
        this.direct(other)
      }
      this.remove(gone, other, left - 1)
    }
    return sorted(found, parent, particles, nodes)
  }

  private grow(particles: number): void {
    if (particles <= this.capacity) return
    const size = Math.max(64, 2 * particles)
    this.capacity = size
    this.p = new Float64Array(4 * size)
    this.y = new Float64Array(size)
    this.phi = new Float64Array(size)
    this.inverse = new Float64Array(size)
    this.nearest = new Int32Array(size)
    this.distance2 = new Float64Array(size)
    this.own = new Float64Array(size)
    this.node = new Int32Array(size)
    this.parent = new Int32Array(2 * size)
  }

  private direct(i: number): void {
    const { p } = this
    const [E, px, py, pz] = [p[4 * i], p[4 * i + 1], p[4 * i + 2], p[4 * i + 3]]
    const pt2 = px * px + py * py
    // What flies along the beam is far from everything, as in FastJet.
    const m2 = Math.max(0, E * E - pt2 - pz * pz)
    const size = Math.abs(pz)
    const y = pt2 + m2 > 0 ? 0.5 * Math.log((pt2 + m2) / (E + size) ** 2) : -1e5 - size
    this.y[i] = pz > 0 ? -y : y
    this.phi[i] = Math.atan2(py, px)
    this.inverse[i] = pt2 > 1e-300 ? 1 / pt2 : 1e300
  }

  private between(i: number, j: number): number {
    const dy = this.y[i] - this.y[j]
    let dphi = Math.abs(this.phi[i] - this.phi[j])
    if (dphi > Math.PI) dphi = 2 * Math.PI - dphi
    return dy * dy + dphi * dphi
  }

  /** The nearest of the first `count` within the radius, or −1. */
  private findNearest(i: number, count: number): void {
    let [best, least] = [-1, this.radius2]
    for (let j = 0; j < count; j++) {
      if (j === i) continue
      const distance = this.between(i, j)
      if (distance < least) [best, least] = [j, distance]
    }
    this.setNearest(i, best, least)
  }

  private setNearest(i: number, other: number, distance2: number): void {
    const { inverse } = this
    this.nearest[i] = other
    this.distance2[i] = distance2
    this.own[i] = distance2 * (other < 0 ? inverse[i] : Math.min(inverse[i], inverse[other]))
  }

  /** Takes out a pseudo-jet, whose place the last one takes, and looks again where neighbours changed. */
  private remove(gone: number, joined: number, count: number): void {
    const { p, y, phi, inverse, nearest, distance2, own, node } = this
    const last = count
    if (gone !== last) {
      p.copyWithin(4 * gone, 4 * last, 4 * last + 4)
      y[gone] = y[last]
      phi[gone] = phi[last]
      inverse[gone] = inverse[last]
      nearest[gone] = nearest[last]
      distance2[gone] = distance2[last]
      own[gone] = own[last]
      node[gone] = node[last]
    }
    const changed = joined === last ? gone : joined
    for (let i = 0; i < count; i++) {
      const before = nearest[i]
      if (i === changed || before === gone || (joined >= 0 && before === joined)) this.findNearest(i, count)
      else {
        if (before === last) nearest[i] = gone
        if (joined < 0) continue
        const distance = this.between(i, changed)
        if (distance < distance2[i]) this.setNearest(i, changed, distance)
      }
    }
  }
}

function sorted(found: readonly number[], parent: Int32Array, particles: number, nodes: number): Jets {
  const count = found.length / 4
  const order = Array.from({ length: count }, (_, jet) => jet)
  const pt2 = order.map((jet) => found[4 * jet + 1] ** 2 + found[4 * jet + 2] ** 2)
  order.sort((a, b) => pt2[b] - pt2[a])
  const place = new Int32Array(count)
  const momenta = new Float64Array(4 * count)
  order.forEach((jet, k) => {
    place[jet] = k
    for (let i = 0; i < 4; i++) momenta[4 * k + i] = found[4 * jet + i]
  })
  // Joins are numbered in the order they were made: parents lie behind.
  const jets = new Int32Array(nodes)
  for (let k = nodes - 1; k >= 0; k--) jets[k] = parent[k] < 0 ? place[-1 - parent[k]] : jets[parent[k]]
  return { count, momenta, jetOf: jets.slice(0, particles) }
}
