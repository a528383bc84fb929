import { describe, expect, it } from 'vitest'
import { colourMatrix } from './colour-matrix.ts'
import type { ClosedString } from './colour-strings.ts'

type Matrix = [re: number, im: number][][]

/** Gell-Mann matrices over √2. */
const generators: Matrix[] = (() => {
  const make = (entries: [number, number, number, number][]): Matrix => {
    const matrix = [0, 1, 2].map(() => [0, 1, 2].map((): [number, number] => [0, 0]))
    for (const [i, j, re, im] of entries) matrix[i][j] = [re, im]
    return matrix
  }
  const r = Math.SQRT1_2
  const x = 1 / Math.sqrt(6)
  const offDiagonal = ([i, j]: number[]): Matrix[] => [
    make([[i, j, r, 0], [j, i, r, 0]]), // prettier-ignore
    make([[i, j, 0, -r], [j, i, 0, r]]), // prettier-ignore
  ]
  return [
    ...[[0, 1], [0, 2], [1, 2]].flatMap(offDiagonal), // prettier-ignore
    make([[0, 0, r, 0], [1, 1, -r, 0]]), // prettier-ignore
    make([[0, 0, x, 0], [1, 1, x, 0], [2, 2, -2 * x, 0]]), // prettier-ignore
  ]
})()

const times = ([a, b]: [number, number], [c, d]: [number, number]): [number, number] => [
  a * c - b * d,
  a * d + b * c,
]

function product(a: Matrix, b: Matrix): Matrix {
  return a.map((row) =>
    b[0].map((_, j) =>
      row.reduce<[number, number]>(
        ([re, im], x, k) => {
          const [c, d] = times(x, b[k][j])
          return [re + c, im + d]
        },
        [0, 0],
      ),
    ),
  )
}

/** By the definition: all 8 colours of each gluon, all 3 of each quark. */
function byBruteForce(structures: ClosedString[][], gluons: number[], quarks: number[]): number[] {
  const n = structures.length
  const matrix = new Array<number>(n * n).fill(0)
  const unit = [0, 1, 2].map((i) => [0, 1, 2].map((j): [number, number] => [i === j ? 1 : 0, 0]))
  for (let a = 0; a < 8 ** gluons.length; a++)
    for (let q = 0; q < 3 ** quarks.length; q++) {
      const colour = (leg: number): number =>
        gluons.includes(leg)
          ? Math.floor(a / 8 ** gluons.indexOf(leg)) % 8
          : Math.floor(q / 3 ** quarks.indexOf(leg)) % 3
      const values = structures.map((strings) =>
        strings.reduce<[number, number]>(
          (value, { row, column, word }) => {
            const matrix = word.reduce((m, leg) => product(m, generators[colour(leg)]), unit)
            const trace: [number, number] = [0, 0]
            for (const k of [0, 1, 2]) for (const part of [0, 1]) trace[part] += matrix[k][k][part]
            return times(
              value,
              row === undefined || column === undefined ? trace : matrix[colour(row)][colour(column)],
            )
          },
          [1, 0],
        ),
      )
      values.forEach(([x, y], i) =>
        values.forEach(([c, d], j) => {
          matrix[n * i + j] += x * c + y * d
        }),
      )
    }
  return matrix
}

describe('colour matrix', () => {
  it.each([
    {
      name: 'two lines and a gluon',
      structures: [
        [
          { row: 2, word: [0], column: 3 },
          { row: 4, word: [], column: 5 },
        ],
        [
          { row: 2, word: [], column: 3 },
          { row: 4, word: [0], column: 5 },
        ],
        [
          { row: 2, word: [0], column: 5 },
          { row: 4, word: [], column: 3 },
        ],
        [
          { row: 2, word: [], column: 5 },
          { row: 4, word: [0], column: 3 },
        ],
      ],
      gluons: [0],
      quarks: [2, 3, 4, 5],
    },
    {
      name: 'a line and two gluons',
      structures: [
        [0, 1],
        [1, 0],
      ].map((word) => [{ row: 3, word, column: 4 }]),
      gluons: [0, 1],
      quarks: [3, 4],
    },
    {
      name: 'traces of four gluons',
      structures: [
        [0, 1, 2, 3],
        [1, 0, 2, 3],
        [2, 1, 0, 3],
      ].map((word) => [{ word }]),
      gluons: [0, 1, 2, 3],
      quarks: [],
    },
  ])('$name, against the sum over all colours', ({ structures, gluons, quarks }) => {
    const expected = byBruteForce(structures, gluons, quarks)
    const actual = colourMatrix(structures)
    expected.forEach((value, k) => expect(actual[k]).toBeCloseTo(value, 10))
  })
})
