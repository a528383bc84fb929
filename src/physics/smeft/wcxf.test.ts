import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operatorNames } from './operators.ts'
import { parseWcxfName } from './wcxf-names.ts'
import { readWcxf, universalCoefficients, writeWcxf } from './wcxf.ts'

const about = { scaleGeV: 1000, generator: 'test', description: 'a "quoted" # text' }
const file = (values: object, more: object = {}) =>
  JSON.stringify({ eft: 'SMEFT', basis: 'Warsaw', scale: 1000, values, ...more })
const read = (values: object) => universalCoefficients(readWcxf(file(values), 'a.json'))

describe('out and in again', () => {
  it('keeps every coefficient to the last digit, in JSON and YAML', () => {
    const value = fc.double({ min: -100, max: 100, noNaN: true }).map((x) => Number(x.toPrecision(12)) + 0)
    const coefficients = fc.record(Object.fromEntries(operatorNames.map((name) => [name, value])), {
      requiredKeys: [],
    })
    fc.assert(
      fc.property(coefficients, fc.constantFrom('json' as const, 'yaml' as const), (given, format) => {
        const back = universalCoefficients(readWcxf(writeWcxf(given, format, about), 'x'))
        const nonZero = Object.fromEntries(
          Object.entries(given).filter(([, v]) => v !== 0 && Math.abs(v!) > 1e-280),
        )
        for (const [name, v] of Object.entries(nonZero))
          expect(back.coefficients[name as 'cHD']).toBeCloseTo(v!, 12)
        expect(back.messages.filter((m) => !m.includes('do not enter'))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('writes GeV⁻² for every family, and a YAML that old readers take for numbers', () => {
    const json = JSON.parse(writeWcxf({ clq3: 0.01, cHD: -1 }, 'json', about)) as {
      values: Record<string, number>
    }
    expect(json.values.lq3_1111).toBe(1e-8)
    expect(json.values.phiD).toBe(-1e-6)
    expect(Object.keys(json.values)).toHaveLength(10)
    const yaml = writeWcxf({ cHD: -1 }, 'yaml', about)
    expect(yaml).toContain('  phiD: -1.0e-6\n')
    expect(yaml).toContain('scale: 1.0e+3\n')
  })

  // A file lists O_ll,1221 = O_ll,2112 once: SMEFTsim's sum over both gives 2 C_ll'; O_ll,1111 is there once.
  it('doubles the exchange contraction of four leptons', () => {
    const { values } = JSON.parse(writeWcxf({ cll1: 0.3 }, 'json', about)) as {
      values: Record<string, number>
    }
    expect(values.ll_1221).toBe(0.6e-6)
    expect(values.ll_1111).toBe(0.3e-6)
    expect(read({ ll_1221: 0.6e-6, ll_1331: 0.6e-6, ll_2332: 0.6e-6 }).coefficients).toEqual({ cll1: 0.3 })
  })
})

describe('what is not U(3)⁵', () => {
  it('takes the first family and says so', () => {
    const { coefficients, messages } = read({ lq1_1111: 1e-8 })
    expect(coefficients).toEqual({ clq1: 0.01 })
    expect(messages).toEqual([
      expect.stringMatching(
        /^lq1 is not the same for all families \(lq1_1111 = 1e-8, lq1_1122 = 0, .* and 3 more GeV⁻²\): lq1_1111 stands for all of them in clq1\.$/,
      ),
    ])
  })

  it('leaves a third-family entry at zero and says so', () => {
    const { coefficients, messages } = read({ phiq1_33: 2e-8 })
    expect(coefficients).toEqual({})
    expect(messages[0]).toContain('phiq1_11 = 0, phiq1_33 = 2e-8')
  })

  it('lists every entry with its use, in both units', () => {
    const { rows, messages, coefficients } = read({
      phil1_11: 1e-6,
      phil1_22: 1e-6,
      phil1_33: 1e-6,
      phil1_12: 1e-7,
      uphi_33: 3e-7,
      phie_11: { Re: 1e-7, Im: 2e-7 },
      phil3_13: { Im: 1e-7 },
      cHl1: 1,
      phil1_14: 1,
    })
    expect(rows.map(({ name, use }) => [name, use])).toEqual([
      ['phil1_11', 'used'],
      ['phil1_22', 'used'],
      ['phil1_33', 'used'],
      ['phil1_12', 'not universal'],
      ['uphi_33', 'not seen'],
      ['phie_11', 'real part'],
      ['phil3_13', 'not universal'],
      ['cHl1', 'unknown'],
      ['phil1_14', 'unknown'],
    ])
    expect(rows[0]).toMatchObject({ gev: 1e-6, tev: 1, operator: 'cHl1' })
    expect(messages.join(' ')).toMatch(/not names of the Warsaw basis and are left out: cHl1, phil1_14/)
    expect(messages.join(' ')).toMatch(/imaginary part though .* the real part is used: phie_11\./)
    expect(coefficients).toEqual({ cHl1: 1, cHe: 0.1 })
  })
})

describe('files', () => {
  it.each([
    ['another EFT', '{"eft":"WET","basis":"Warsaw","scale":1,"values":{}}', 'data/unsupported', /eft/],
    ['another basis', '{"eft":"SMEFT","basis":"SILH","scale":1,"values":{}}', 'data/unsupported', /basis/],
    ['no scale', '{"eft":"SMEFT","basis":"Warsaw","values":{}}', 'data/corrupt', /scale/],
    ['a value that is text', file({ phiD: 'large' }), 'data/corrupt', /values\.phiD: "large" is no number/],
    ['broken JSON', '{"eft":', 'data/corrupt', /no JSON/],
    [
      'a number in words',
      file({ phiD: { Re: '1d-8' } }),
      'data/corrupt',
      /values\.phiD\.Re: "1d-8" is no number/,
    ],
    ['a list of values', 'eft: SMEFT\nbasis: Warsaw\nscale: 1\nvalues:\n  - 1\n', 'data/corrupt', /values/],
    ['damaged YAML', 'values:\n\tphiD: 1\n', 'data/corrupt', /f, line 2: a tab/],
  ])('refuses %s', (_, text, code, words) => {
    expect(() => readWcxf(text, 'f')).toThrow(expect.objectContaining({ code }))
    expect(() => readWcxf(text, 'f')).toThrow(words)
  })

  it('reads numbers written as text, complex values and comments', () => {
    const text = [
      '# made by hand',
      '---',
      'eft: SMEFT',
      "basis: 'Warsaw up' # the up masses are diagonal",
      'scale: 1e3',
      'values:',
      '    phiWB: 1.5E-08',
      '    phie_11: {Re: 1e-9, Im: -2e-9}',
      '    uphi_33:',
      '        Re: 1e-9',
      '',
      'metadata: {}',
    ].join('\r\n')
    expect(readWcxf(text, 'f.yml')).toEqual({
      basis: 'Warsaw up',
      scaleGeV: 1000,
      values: [
        { name: 'phiWB', re: 1.5e-8, im: 0 },
        { name: 'phie_11', re: 1e-9, im: -2e-9 },
        { name: 'uphi_33', re: 1e-9, im: 0 },
      ],
    })
  })

  // The default of PyYAML before 5.1 writes innermost mappings as flow, broken at 80 columns.
  it('reads what PyYAML writes in flow style', () => {
    const text = [
      'basis: Warsaw',
      'eft: SMEFT',
      'scale: 1000.0',
      'values: {G: 9.29e-09, phiD: -1.0e-06, phiWB: 3.3e-09, lq1_1111: 1.0e-08, lq1_1122: 1.0e-08,',
      '  phie_11: {Im: 0.0, Re: 2.0e-08}}',
    ].join('\n')
    const { values } = readWcxf(text, 'f.yaml')
    expect(values.at(-1)).toEqual({ name: 'phie_11', re: 2e-8, im: 0 })
    expect(values).toHaveLength(6)
    const inline = "{basis: Warsaw up, eft: SMEFT, scale: 160, values: {'phiD': 1e-6}}"
    expect(readWcxf(inline, 'g.yaml')).toEqual({
      basis: 'Warsaw up',
      scaleGeV: 160,
      values: [{ name: 'phiD', re: 1e-6, im: 0 }],
    })
  })

  it('knows names by family and indices', () => {
    expect(parseWcxfName('lq1_1122')).toEqual({ family: 'lq1', indices: '1122' })
    expect(parseWcxfName('phiD')).toEqual({ family: 'phiD', indices: '' })
    for (const name of ['phiD_', 'phiD_11', 'lq1_112', 'lq1', 'll_1221_', 'constructor', ''])
      expect(parseWcxfName(name), name).toBeNull()
  })
})
