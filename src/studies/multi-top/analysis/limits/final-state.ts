import type { PartonEvents } from '../../../../generator/parton-events/parton-events.ts'

/**
 * What a learner is given of the final momenta: ln ŝ and |Y| of all together, of each particle ln pT and its rapidity from Y in
 * the direction of Y, of each pair ln m² and |Δφ|. Nothing tells beams or azimuth apart, which both hypotheses leave alone.
 * Particles of one kind are in falling pT.
 *
 * @returns rows of [events, features]
 */
export function finalStateFeatures(events: PartonEvents): { values: Float64Array; features: number } {
  const rows = Array.from({ length: events.events }, (_, i) => featuresOf(events, i))
  const features = rows[0]?.length ?? 0
  const values = new Float64Array(rows.length * features)
  rows.forEach((row, i) => values.set(row, i * features))
  return { values, features }
}

function featuresOf({ first, ids, momenta }: PartonEvents, event: number): number[] {
  const total = [0, 0, 0, 0]
  const particles: { id: number; p: number[]; pt: number; y: number }[] = []
  for (let row = first[event] + 2; row < first[event + 1]; row++) {
    const [E, x, y, z] = momenta.subarray(4 * row, 4 * row + 4)
    ;[E, x, y, z].forEach((component, k) => (total[k] += component))
    particles.push({ id: ids[row], p: [E, x, y, z], pt: Math.hypot(x, y), y: Math.atanh(z / E) })
  }
  particles.sort((a, b) => a.id - b.id || b.pt - a.pt)
  const whole = Math.atanh(total[3] / total[0])
  const side = whole < 0 ? -1 : 1
  const out = [Math.log(squared(total)), Math.abs(whole)]
  for (const { pt, y } of particles) out.push(Math.log(pt), side * (y - whole))
  particles.forEach((a, i) =>
    particles.slice(0, i).forEach((b) => {
      out.push(Math.log(squared(a.p.map((x, k) => x + b.p[k]))))
      const turn = Math.abs(Math.atan2(a.p[2], a.p[1]) - Math.atan2(b.p[2], b.p[1]))
      out.push(Math.min(turn, 2 * Math.PI - turn))
    }),
  )
  return out
}

const squared = ([E, x, y, z]: readonly number[]): number => E * E - x * x - y * y - z * z
