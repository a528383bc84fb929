import { eventLine } from '../dataset/dark-machines/event-line.ts'
import { createRng } from '../numerics/rng.ts'

/** Lines of the challenge, two jets an event, harder for a higher MET [GeV]; a fifth of them fails channel 3. */
export function eventFile(name: string, met: number, events = 300): File {
  const rng = createRng(met)
  const lines = Array.from({ length: events }, (_, i) => {
    const hard = i % 5 === 0 ? 100 : 500
    const pt = [hard + 100 * rng.uniform(), hard]
    const kinematics = { types: [0, 1], energy: pt, pt, eta: [rng.uniform(), -0.4], phi: [3, -2.5] }
    return eventLine(i + 1, 'toy', 1, {
      ...kinematics,
      count: 2,
      met: met * (1 + rng.uniform()),
      metPhi: 0.2,
    })
  })
  return new File([lines.join('')], name)
}

/** u g → u V, V of Q = 500 GeV to two of dark matter: one event of a Les Houches file. */
export function mediatorFile(): File {
  const [q, pt, mChi] = [500, 300, 50]
  const mt = Math.hypot(q, pt)
  const half = (mt + pt) / 2
  const side = Math.sqrt((q / 2) ** 2 - mChi ** 2)
  const row = (id: number, status: number, mother: string, colour: string, p: number[], m: number) =>
    `${id} ${status} ${mother} ${colour} ${p.slice(1).join(' ')} ${p[0]} ${m} 0 9`
  const text = [
    '<LesHouchesEvents version="3.0">\n<init>\n2212 2212 6500 6500 0 0 0 0 3 1\n1 0 1 1\n</init>\n<event>\n6 1 1 500 0.0078 0.1',
    row(2, -1, '0 0', '501 0', [half, 0, 0, half], 0),
    row(21, -1, '0 0', '502 501', [half, 0, 0, -half], 0),
    row(55, 2, '1 2', '0 0', [mt, -pt, 0, 0], q),
    row(2, 1, '1 2', '502 0', [pt, pt, 0, 0], 0),
    row(52, 1, '3 3', '0 0', [mt / 2, -pt / 2, side, 0], mChi),
    row(-52, 1, '3 3', '0 0', [mt / 2, -pt / 2, -side, 0], mChi),
    '</event>\n</LesHouchesEvents>\n',
  ]
  return new File([text.join('\n')], 'one.lhe')
}
