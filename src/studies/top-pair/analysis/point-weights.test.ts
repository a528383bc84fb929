import { describe, expect, it } from 'vitest'
import '../../../testing/matchers.ts'
import { createTablePdf } from '../../../physics/pdf/table-pdf.ts'
import reference from '../../../physics/reference/top-pair/event-weights.json'
import table from '../../../physics/reference/top-pair/toy-pdf-table.json'
import { topPairProcess } from '../../../physics/top-pair/hadronic.ts'
import { weightsAtPoints } from './point-weights.ts'

const process = topPairProcess({
  pdf: createTablePdf(table, 'toy-pdf-table.json'),
  operators: ['td8', 'tq8', 'tG'],
})

describe('weights at given points', () => {
  it('come in the layout of the file that asked for them', () => {
    const { events, terms } = weightsAtPoints({ events: reference.events }, process)
    expect(terms).toHaveLength(10)
    reference.events.forEach(({ M, W }, i) => {
      expect(events[i].M).toBe(M)
      W.forEach((value, t) => expect(events[i].W[t]).toBeCloseToRel(value, 1e-5))
    })
    expect(weightsAtPoints(reference.events, process).events[3].W).toEqual(events[3].W)
  })

  it('are those of another c_tG where that is asked for', () => {
    const [ours, theirs] = [1, -1.2].map((factor) => weightsAtPoints(reference.events, process, factor))
    const powers = [0, 0, 0, 1, 0, 0, 1, 0, 1, 2] // of c_tG in 1, td8, tq8, tG, ...
    ours.events[0].W.forEach((w, t) => expect(theirs.events[0].W[t]).toBeCloseTo(w * (-1.2) ** powers[t], 14))
  })

  it('name the entry that is wrong', () => {
    const [first] = reference.events
    expect(() => weightsAtPoints({ events: [first, { ...first, np: [1, 1, 0] }] }, process)).toThrow(
      /events.1.np: must be a unit vector/,
    )
    expect(() => weightsAtPoints([{ ...first, cos: 2 }], process)).toThrow(/0.cos/)
    expect(() => weightsAtPoints({}, process)).toThrow(/events/)
    expect(() => weightsAtPoints([], process)).toThrow(/0 points/)
    expect(() => weightsAtPoints([{ ...first, y: 3 }], process)).toThrow(/Point 1 .* outside phase space/)
    expect(() => weightsAtPoints([{ ...first, M: 0.2 }], process)).toThrow(/345 to 13000 GeV/)
  })
})
