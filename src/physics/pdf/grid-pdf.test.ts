import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import '../../testing/matchers.ts'
import { sharedPdfGrid } from '../../testing/shared-pdf.ts'
import reference from '../reference/pdf-grid-values.json'
import { createGridPdf } from './grid-pdf.ts'
import { partonIds, type PartonId } from './pdf-set.ts'
import { sumRules } from './sum-rules.ts'
import { gridText } from '../../testing/lhagrid-text.ts'

const x = [1e-4, 3e-4, 1e-3, 4e-3, 0.02, 0.1, 0.4, 0.9]
const blocks = [
  [1.3, 2, 3, 4.5],
  [4.5, 9, 20, 60, 200],
]
const smooth = (id: number, at: number, q: number) =>
  (1 + 0.03 * id) * at ** -0.3 * (1 - at) ** 3 * Math.log(2 * q) + (id === 5 && q >= 4.5 ? 1 : 0)
const pdf = createGridPdf(gridText(smooth, x, blocks), { id: 'toy' })

describe('LHAPDF interpolation', () => {
  it('gives the numbers of the file at the knots, the upper subgrid at a threshold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 24, maxLength: 24 }),
        fc.constantFrom(...partonIds),
        (numbers, parton) => {
          const knots = [1e-3, 0.01, 0.1, 1]
          const scales = [
            [1, 2, 4],
            [4, 8, 16],
          ]
          const value = (block: number, i: number, j: number) => numbers[block * 12 + i * 3 + j]
          const queue = [...numbers]
          const text = gridText(() => queue.shift()!, knots, scales, [parton])
          const set = createGridPdf(text, { id: 'random' })
          for (let block = 0; block < 2; block++)
            for (let i = 0; i < 4; i++)
              for (let j = 0; j < 3; j++) {
                if (block === 0 && j === 2) continue
                const q2 = scales[block][j] ** 2
                expect(set.xfxQ2(parton, knots[i], q2)).toBeCloseTo(value(block, i, j), 12)
              }
        },
      ),
    )
    for (const q of [1.3, 3, 4.5, 20, 200])
      for (const at of x)
        for (const id of partonIds) expect(pdf.xfxQ2(id, at, q * q)).toBeCloseToRel(smooth(id, at, q), 1e-13)
  })

  it('is exact for functions linear in ln x and in ln Q^2, everywhere and beyond the edges', () => {
    const plane = (id: number, at: number, q: number) => id * (2 - Math.log(at)) * (1 + Math.log(q))
    // Negative values extrapolate linearly.
    const set = createGridPdf(gridText(plane, x, blocks), { id: 'plane' })
    for (const at of [2e-5, 1.5e-4, 0.003, 0.3, 0.9])
      for (const q of [1.3, 1.7, 4.4999, 4.5, 33, 200, 700])
        expect(set.xfxQ2(-3, at, q * q)).toBeCloseToRel(plane(-3, at, q), 1e-11)
  })

  it('is bilinear where a subgrid has fewer than four scales', () => {
    const set = createGridPdf(
      gridText((_, at, q) => at * q, x, [[1, 10, 100]]),
      { id: 'coarse' },
    )
    // Midway in ln x between 0.02 and 0.1 and midway in ln Q^2 between 1 and 10: mean of four corners.
    const expected = ((0.02 + 0.1) / 2) * ((1 + 10) / 2)
    expect(set.xfxQ2(2, Math.sqrt(0.02 * 0.1), 10)).toBeCloseToRel(expected, 1e-13)
  })

  it('does not look across a threshold', () => {
    const stepped = createGridPdf(
      gridText((_, __, q) => (q > 4.6 ? 100 : 1), x, [
        [1, 2, 3, 4.5],
        [4.5, 9, 20, 60],
      ]),
      {
        id: 'step',
      },
    )
    for (const q of [1.5, 2.7, 4.4]) expect(stepped.xfxQ2(1, 0.01, q * q)).toBeCloseToRel(1, 1e-13)
  })

  it('remembers nothing that changes an answer', () => {
    const points = [
      [0.01, 5],
      [0.01, 2],
      [3e-5, 5],
      [0.01, 500],
      [0.01, 0.9],
      [0.95, 5],
      [0.01, 5],
    ]
    const once = points.map(([at, q]) => [...pdf.xfxQ2All(at, q * q)])
    const again = points.toReversed().map(([at, q]) => [...pdf.xfxQ2All(at, q * q)])
    expect(again.toReversed()).toEqual(once)
    expect(once[0]).toEqual(once[6])
    expect(partonIds.map((id) => pdf.xfxQ2(id, 0.01, 25))).toEqual(once[0])
  })
})

describe('LHAPDF continuation outside the knots', () => {
  it('x below the knots: a power of x', () => {
    const [f0, f1] = [pdf.xfxQ2(21, 1e-4, 100), pdf.xfxQ2(21, 3e-4, 100)]
    const expected = f0 * (f1 / f0) ** (Math.log(0.5) / Math.log(3))
    expect(pdf.xfxQ2(21, 0.5e-4, 100)).toBeCloseToRel(expected, 1e-12)
  })

  it('Q above the knots: a power of Q', () => {
    const [below, edge] = [pdf.xfxQ2(2, 0.01, 60 ** 2), pdf.xfxQ2(2, 0.01, 200 ** 2)]
    const expected = edge * (edge / below) ** (Math.log(2) / Math.log(200 / 60))
    expect(pdf.xfxQ2(2, 0.01, 400 ** 2)).toBeCloseToRel(expected, 1e-12)
  })

  it('Q below the knots: from the slope at the edge to proportional to Q^2', () => {
    const q2Min = 1.3 ** 2
    const edge = pdf.xfxQ2(2, 0.01, q2Min)
    const slope = (pdf.xfxQ2(2, 0.01, 1.01 * q2Min) / edge - 1) / 0.01
    expect(pdf.xfxQ2(2, 0.01, 0.5 * q2Min)).toBeCloseToRel(edge * 0.5 ** (0.5 * slope + 0.5), 1e-12)
    const tiny = [1e-8, 1e-9].map((ratio) => pdf.xfxQ2(2, 0.01, ratio * q2Min))
    expect(tiny[0] / tiny[1]).toBeCloseToRel(10, 1e-5)
  })

  it('x above the last knot: straight to zero at one', () => {
    expect(pdf.xfxQ2(2, 0.95, 100)).toBeCloseToRel(pdf.xfxQ2(2, 0.9, 100) / 2, 1e-12)
    expect(pdf.xfxQ2(2, 1, 100)).toBe(0)
  })

  it('refuses what is no momentum fraction or scale', () => {
    for (const [at, q2] of [
      [0, 10],
      [1.1, 10],
      [NaN, 10],
      [0.1, 0],
      [0.1, NaN],
    ])
      expect(() => pdf.xfxQ2(2, at, q2)).toThrow(/toy needs 0 < x <= 1/)
  })
})

it('describes itself, its range and its coupling', () => {
  const set = createGridPdf(gridText(smooth, x, blocks, [1, 2, 21, 22]), {
    id: 'TOY_0000.dat',
    info: { SetDesc: 'A toy', Reference: 'arXiv:0000.00000', AlphaS_Qs: [1, 100], AlphaS_Vals: [0.4, 0.1] },
  })
  expect(set.description).toBe(
    'LHAPDF grid TOY_0000.dat (central member) from your file: A toy. Cite arXiv:0000.00000 and LHAPDF6, arXiv:1412.7420.',
  )
  expect([set.xMin, set.xMax, set.qMin, set.qMax]).toEqual([1e-4, 0.9, 1.3, 200])
  expect(set.alphaS?.(10)).toBeCloseToRel(0.25, 1e-13)
  expect(pdf.alphaS).toBeUndefined()
  // Partons the file does not list are zero; those the app does not know are passed over.
  expect(set.xfxQ2(-1, 0.1, 25)).toBe(0)
  expect(set.xfxQ2(2, 0.1, 400)).toBeCloseToRel(smooth(2, 0.1, 20), 1e-13)
})

describe.each([
  ['CT14lo', 3e-4],
  // Its own momentum sum, on knots that are sparse at large x.
  ['NNPDF31_lo_as_0118', 2e-3],
] as const)('grid of %s', (name, sumTolerance) => {
  const text = sharedPdfGrid(name)
  const real = text ? createGridPdf(text, { id: name }) : undefined

  it.skipIf(!real)(
    'equals an independent implementation of the same rule, which agrees with LHAPDF 6.5.4',
    () => {
      for (const { q, x: at, xf } of reference[name])
        reference.columns.forEach((id, k) =>
          // Eight digits printed.
          expect(real!.xfxQ2(id as PartonId, at, q * q)).toBeCloseToRel(xf[k], 1e-7),
        )
    },
  )

  it.skipIf(!real)('obeys the sum rules as far as its interpolation allows', () => {
    const sums = sumRules(real!, 91.1876)
    expect(sums.momentum).toBeCloseToRel(1, sumTolerance)
    expect(sums.uValence).toBeCloseToRel(2, sumTolerance)
    expect(sums.dValence).toBeCloseToRel(1, sumTolerance)
  })
})
