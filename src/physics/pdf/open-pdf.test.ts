import { describe, expect, it } from 'vitest'
import { AppError } from '../../errors.ts'
import { sharedPdfGrid } from '../../testing/shared-pdf.ts'
import '../../testing/matchers.ts'
import { inspectPdf, openPdf } from './open-pdf.ts'

describe('the default PDF', () => {
  it('reaches as low in x as is asked for', () => {
    expect(openPdf(null, 1e-7).xMin).toBeLessThanOrEqual(1e-7)
    expect(openPdf(null).xMin).toBeLessThanOrEqual(1e-6)
  })
})

/** A tiny grid in LHAPDF's format, falling in x; flavours d, u, g. */
const grid = `PdfType: central
Format: lhagrid1
---
1e-3 1e-2 0.1 0.5 1
2 10 100 1000
1 2 21
${Array.from({ length: 20 }, (_, i) => {
  const fall = 1 - Math.floor(i / 4) / 4
  return `${(0.5 * fall).toFixed(6)} ${(0.9 * fall).toFixed(6)} ${(3 * fall).toFixed(6)}`
}).join('\n')}
---
`

function refusal(act: () => unknown): AppError {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown
  }
  throw new Error('was not refused')
}

describe('a dropped PDF', () => {
  it('is named after its member file and read with or without metadata', () => {
    expect(openPdf([{ name: 'TOY_0000.dat', text: grid }]).id).toBe('TOY_0000')
    const info = { name: 'TOY.info', text: 'SetDesc: "a toy set"\n' }
    const both = openPdf([info, { name: 'TOY_0000.dat', text: grid }])
    expect(both.id).toBe('TOY_0000')
    expect(both.description).toContain('a toy set')
  })

  it('is told by content, whatever its files are called', () => {
    const info = { name: 'toy.info (1)', text: '# toy\nSetDesc: "a toy set"\nFormat: lhagrid1\n' }
    for (const files of [
      [info, { name: 'grid.info', text: grid }],
      [{ name: 'TOY_0000.dat', text: `# a comment\n${grid}` }, info],
    ])
      expect(openPdf(files).description).toContain('a toy set')
  })

  it('of which there are several says which member is used', () => {
    const replica = { name: 'A_0001.dat', text: grid.replace('central', 'replica') }
    const pdf = openPdf([replica, { name: 'B_0000.dat', text: grid }])
    expect(pdf.id).toBe('B_0000')
    expect(pdf.notes?.[0]).toBe('B_0000.dat is used; A_0001.dat is not: one member is read at a time.')
    const other = { ...replica, name: 'A_0002.dat' }
    expect(openPdf([other, replica]).id).toBe('A_0001')
  })

  it('of another hadron, or with sums far from those of a proton, says so', () => {
    const info = { name: 'PI.info', text: 'SetDesc: pions\nParticle: 211\n' }
    const { notes = [] } = openPdf([info, { name: 'PI_0000.dat', text: grid }])
    expect(notes[0]).toMatch(/PI_0000 says Particle 211; everything here takes it for a proton \(2212\)/)
    expect(notes[1]).toMatch(/breaks the sum rules of a proton at the Z mass: u − ū 3\.\d+ instead of 2/)
    expect(inspectPdf([{ name: 'PI_0000.dat', text: grid }]).notes).toHaveLength(1)
  })

  it('of ids that are no partons is refused', () => {
    const error = refusal(() =>
      openPdf([{ name: 'SF_0000.dat', text: grid.replace('1 2 21', '908 909 910') }]),
    )
    expect(error.code).toBe('data/unsupported')
    expect(error.message).toMatch(/SF_0000, line 6: ids 908, 909, 910 are no partons.*structure functions/)
  })

  it('is summed up by its range and sum rules', () => {
    const summary = inspectPdf([{ name: 'TOY_0000.dat', text: grid }])
    expect(summary).toMatchObject({ id: 'TOY_0000', xMin: 1e-3, xMax: 1, qMinGeV: 2, qMaxGeV: 1000 })
    expect(summary.upValence).toBeGreaterThan(summary.downValence) // 0.9 to 0.5
    expect(summary.upValence / summary.downValence).toBeCloseToRel(1.8, 1e-3)
  })

  it.each([
    [
      'metadata alone',
      [{ name: 'CT14lo.info', text: 'SetDesc: x' }],
      'input/invalid',
      /CT14lo\.info holds no grid.*SET_0000\.dat/,
    ],
    ['an empty file', [{ name: 'a.dat', text: '' }], 'data/corrupt', /./],
    ['half a grid', [{ name: 'a.dat', text: grid.slice(0, grid.length / 2) }], 'data/corrupt', /./],
    ['a web page', [{ name: 'a.dat', text: '<!DOCTYPE html><html></html>' }], 'data/corrupt', /./],
    ['NaN in a grid', [{ name: 'a.dat', text: grid.replace('0.900000', 'nan') }], 'data/corrupt', /nan/i],
  ])('is refused: %s', (_, files, code, words) => {
    const error = refusal(() => openPdf(files))
    expect(error.message).toMatch(words)
    expect(error.code).toBe(code)
  })

  const ct14 = sharedPdfGrid('CT14lo')
  it.skipIf(!ct14)('CT14lo keeps its sum rules', () => {
    const summary = inspectPdf([{ name: 'CT14lo_0000.dat', text: ct14 ?? '' }])
    expect(summary.momentumSum).toBeCloseToRel(1, 5e-3)
    expect(summary.upValence).toBeCloseToRel(2, 2e-2)
    expect(summary.downValence).toBeCloseToRel(1, 2e-2)
  })
})

it('inspecting the wrong file leaves nothing behind: the next one is read', () => {
  expect(() => inspectPdf([{ name: 'a.dat', text: 'no' }])).toThrow(AppError)
  expect(inspectPdf([{ name: 'b.dat', text: grid }]).id).toBe('b')
})
