import { describe, expect, it } from 'vitest'
import { sharedPdfGrid } from '../../testing/shared-pdf.ts'
import { AppError } from '../../errors.ts'
import { parseLhaGrid } from './lhagrid.ts'

const header = ['PdfType: central', 'Format: lhagrid1', '---']
const block = (q: string, from: number) => [
  '0.001 0.01 0.1 1.0',
  q,
  '1 21',
  ...Array.from({ length: 4 * q.split(' ').length }, (_, row) => `${from + row} ${-(from + row)}e-010`),
  '---',
]
const good = [...header, ...block('1 2 4', 0), ...block('4 8', 100)]
const text = (lines: string[]) => lines.join('\n') + '\n'
const edited = (line: number, replacement: string) =>
  text(good.map((old, k) => (k === line - 1 ? replacement : old)))

/** Code and message of what the parser throws. */
function complaint(source: string): string {
  try {
    parseLhaGrid(source, 'SET')
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${error.message}`
    throw error
  }
  return 'no complaint'
}

describe('reading lhagrid1', () => {
  it('reads header, subgrids, three-digit exponents, Q as the fast index', () => {
    const grid = parseLhaGrid(text(good), 'SET')
    expect(grid.header).toEqual({ PdfType: 'central', Format: 'lhagrid1' })
    expect(grid.subgrids.map((s) => [...s.q])).toEqual([
      [1, 2, 4],
      [4, 8],
    ])
    const [first, second] = grid.subgrids
    expect([...first.x]).toEqual([0.001, 0.01, 0.1, 1])
    expect(first.ids).toEqual([1, 21])
    // Row (ix, iq) = (2, 1) is number 2 * 3 + 1.
    expect(first.values[7 * 2]).toBe(7)
    expect(first.values[7 * 2 + 1]).toBe(-7e-10)
    expect(second.values[0]).toBe(100)
  })

  it('passes over comments, blank lines, indentation and Windows line ends', () => {
    const noisy = [
      '# made by hand',
      ...good.flatMap((line) => (line === '---' ? [line] : ['  # a comment', `   ${line}   `])),
      '',
    ]
    expect(parseLhaGrid(noisy.join('\r\n'), 'SET')).toEqual(parseLhaGrid(text(good), 'SET'))
  })

  it('reads numbers as Fortran writes them', () => {
    expect([...parseLhaGrid(edited(9, '0.25D+01 -0.12-100'), 'SET').subgrids[0].values.slice(4, 6)]).toEqual([
      2.5, -0.12e-100,
    ])
  })

  it('takes id 0 for the gluon', () => {
    expect(parseLhaGrid(edited(6, '1 0'), 'SET').subgrids[0].ids).toEqual([1, 21])
  })
})

describe('damaged files are named with line, numbers and cure', () => {
  it.each([
    [
      'repeated first x knot',
      edited(4, '0.001 0.001 0.1 1.0'),
      /corrupt SET, line 4: x knots must rise, but knot 1 is 0\.001 and knot 2 is 0\.001\..*corrected version/,
    ],
    ['falling Q knots', edited(5, '1 4 2'), /line 5: Q knots must rise, but knot 2 is 4 and knot 3 is 2/],
    [
      'x above one',
      edited(4, '0.001 0.01 0.1 1.5'),
      /line 4: x knots must be at least 4 and not above 1, found 4 up to 1\.5/,
    ],
    ['too few x knots', edited(4, '0.001 0.1 1.0'), /line 4: .*found 3/],
    ['one Q knot', edited(5, '1'), /line 5: a subgrid needs at least 2 Q knots, found 1/],
    [
      'glued numbers',
      edited(9, '0.00000000e+000.00000000e+00'),
      /line 9: "0\.00000000e\+000\.00000000e\+00" in column 1 is not a number \(two numbers run together\)\. Get an undamaged/,
    ],
    ['a word', edited(9, '1 nan'), /line 9: "nan" in column 2 is not a number\./],
    ['an overflow', edited(9, '1 1e999'), /line 9: "1e999"/],
    ['short row', edited(9, '1'), /line 9: expected 2 values, one per PDG id, found 1/],
    ['long row', edited(9, '1 2 3'), /line 9: expected 2 values, one per PDG id, found 3/],
    ['id not whole', edited(6, '1 2.5'), /line 6: "2\.5" is not a PDG id/],
    ['id twice', edited(6, '21 0'), /line 6: PDG id 21 is listed twice/],
    [
      'missing row',
      text(good.toSpliced(9, 1)),
      /line 18: the subgrid of line 4 stops after 11 of 12 rows \(4 x knots times 3 Q knots\)/,
    ],
    [
      'extra row',
      text(good.toSpliced(9, 0, '5 5')),
      /line 19: expected "---" after 12 rows \(4 x knots times 3 Q knots\), found 1 more lines/,
    ],
    ['cut off', text(good.slice(0, 12)), /stops after 6 of 12 rows.*cut off/],
    ['no final separator', text(good.slice(0, -1)), /line 30: the file ends without the closing "---"/],
    ['gap between subgrids', edited(21, '5 8'), /line 20: .*ended at 4 GeV, begins at 5 GeV/],
    ['header only', text(header), /the file ends after its header/],
    [
      'web page',
      '\n<!DOCTYPE html><html>---</html>',
      /line 2: this is a web page, not a grid \(it begins "<!DOCTYPE html>.*Download the file itself/,
    ],
    [
      'an .info file',
      'SetDesc: "x"\nFormat: lhagrid1\n',
      /no "Format: lhagrid1" line followed by "---".*SET_0000\.dat/,
    ],
    ['empty', '', /not a member of an LHAPDF6 set/],
    ['old format', 'Format: lhagrid2\n---\n', /data\/unsupported SET has format "lhagrid2"/],
  ])('%s', (_, source, message) => {
    expect(complaint(source)).toMatch(message)
  })
})

const ct14 = sharedPdfGrid('CT14lo')
it.skipIf(!ct14)('cutting a real file anywhere is noticed', () => {
  // Every 40 kB, and inside the last line.
  for (let length = 20_000; length < ct14!.length; length += 40_000)
    expect(complaint(ct14!.slice(0, length))).toMatch(/^data\/corrupt/)
  expect(complaint(ct14!.trimEnd().slice(0, -5))).toMatch(/^data\/corrupt/)
  expect(complaint(ct14!)).toBe('no complaint')
})
