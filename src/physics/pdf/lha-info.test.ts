import { describe, expect, it } from 'vitest'
import { parseLhaInfo } from './lha-info.ts'
import { processorMs } from '../../testing/processor-time.ts'

const info = `SetDesc: "Toy set: mu = 5, for tests"   # quoted
SetIndex: 12345
Authors: A. Nobody, B. Nobody
Reference: arXiv:0000.00000
Format: lhagrid1
NumMembers: 3
Flavors: [-2, -1, 1,
          2, 21]
OrderQCD: 0
ErrorType: hessian
ErrorConfLevel: 90
XMin: 1.0e-09
XMax: 1
QMin: 1.3
QMax: 1.0E+005
AlphaS_MZ: 0.118
AlphaS_Qs:
  - 1.3
  - 10
  - 91.1876
AlphaS_Vals: [3.7e-01, 1.78e-01, 1.18e-01]
`

describe('reading SET.info', () => {
  it('reads scalars, lists over lines, dashed lists and comments', () => {
    expect(parseLhaInfo(info, 'SET.info')).toEqual({
      SetDesc: 'Toy set: mu = 5, for tests',
      SetIndex: 12345,
      Reference: 'arXiv:0000.00000',
      NumMembers: 3,
      Flavors: [-2, -1, 1, 2, 21],
      OrderQCD: 0,
      ErrorType: 'hessian',
      ErrorConfLevel: 90,
      XMin: 1e-9,
      XMax: 1,
      QMin: 1.3,
      QMax: 1e5,
      AlphaS_MZ: 0.118,
      AlphaS_Qs: [1.3, 10, 91.1876],
      AlphaS_Vals: [0.37, 0.178, 0.118],
    })
  })

  it('reads numbers as Fortran writes them', () => {
    expect(parseLhaInfo('QMax: 1.0D+05\nAlphaS_Qs: [1.3d0]\nAlphaS_Vals: [0.37D+00]\n', 'x')).toMatchObject({
      QMax: 1e5,
      AlphaS_Qs: [1.3],
      AlphaS_Vals: [0.37],
    })
  })

  it('takes time that grows as the text, and refuses what is no .info', () => {
    const start = processorMs()
    parseLhaInfo(`SetDesc: "a${' '.repeat(500_000)}b\nReference: "a${' '.repeat(500_000)}b\n`, 'x')
    parseLhaInfo(`SetDesc: a\n${'b\n'.repeat(400_000)}`, 'x')
    expect(processorMs() - start).toBeLessThan(1000)
    expect(() => parseLhaInfo('a: '.repeat(400_000), 'x')).toThrow(/1200000 characters.*at most 1048576/)
  })

  it('reads folded text and passes over unknown keys, empty values and separators', () => {
    const text =
      '---\r\nSetDesc: >\r\n  first line\r\n  second line\r\nXMin:\r\nNew_Key: {a: 1}\r\nQMin: 2\r\n'
    expect(parseLhaInfo(text, 'SET.info')).toEqual({ SetDesc: 'first line second line', QMin: 2 })
  })

  it('names line, key and value of what cannot be right', () => {
    expect(() => parseLhaInfo('QMin: 1\nNumMembers: many\n', 'SET.info')).toThrow(
      /SET\.info, line 2: NumMembers cannot be "many"/,
    )
    expect(() => parseLhaInfo('AlphaS_Qs: [1, x]\n', 'SET.info')).toThrow(
      /line 1: AlphaS_Qs cannot be "\[1, x\]"/,
    )
    expect(() => parseLhaInfo('AlphaS_Qs: [1, 2]\nAlphaS_Vals: [0.3]\n', 'SET.info')).toThrow(
      /line 2: AlphaS_Qs has 2 entries and AlphaS_Vals 1/,
    )
    expect(() => parseLhaInfo('<html>\n', 'SET.info')).toThrow(
      /no "Key: value" line.*begins "<html>".*Choose SET\.info/,
    )
  })
})
