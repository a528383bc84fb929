import { createDecayAngles, drawDecay, momentumCount, placeMomenta } from '../generator/decay.ts'
import { createRng } from '../numerics/rng.ts'

/** A Les Houches file of top pairs of 900 GeV that decay to an electron and a muon, all of one weight. */
export function smallLhe(events: number): string {
  const ids = [-11, 12, 5, 13, -14, -5]
  const rng = createRng(3)
  const angles = createDecayAngles()
  const p = new Float64Array(momentumCount)
  const text = Array.from({ length: events }, () => {
    drawDecay(rng, 172.5, 80.4, angles)
    placeMomenta({ mTop: 172.5, mW: 80.4, mtt: 900, y: 0, c: 0.1 }, angles, p)
    const lines = ids.map(
      (id, k) => `${id} 1 1 2 0 0 ${p.slice(4 * k + 1, 4 * k + 4).join(' ')} ${p[4 * k]} 0 0 1`,
    )
    return `<event>\n6 0 2 91 0.0078 0.118\n${lines.join('\n')}\n</event>\n`
  })
  return `<LesHouchesEvents version="3.0">\n${text.join('')}</LesHouchesEvents>`
}
