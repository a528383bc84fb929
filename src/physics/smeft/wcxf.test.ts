import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operatorNames } from './operators.ts'
import { independentIndices, parseWcxfName } from './wcxf-names.ts'
import { readWcxf, writeWcxf } from './wcxf.ts'
import { universalCoefficients } from './wcxf-universal.ts'

const about = { scaleGeV: 1000, generator: 'test', description: 'a "quoted" # text' }
const file = (values: object, more: object = {}) =>
  JSON.stringify({ eft: 'SMEFT', basis: 'Warsaw', scale: 1000, values, ...more })
const read = async (values: object, more: object = {}) =>
  universalCoefficients(await readWcxf(file(values, more), 'a.json'))

describe('out and in again', () => {
  it('keeps every coefficient to the last digit, in JSON and YAML', async () => {
    const value = fc.double({ min: -100, max: 100, noNaN: true }).map((x) => Number(x.toPrecision(12)) + 0)
    const coefficients = fc.record(Object.fromEntries(operatorNames.map((name) => [name, value])), {
      requiredKeys: [],
    })
    await fc.assert(
      fc.asyncProperty(
        coefficients,
        fc.constantFrom('json' as const, 'yaml' as const),
        async (given, format) => {
          const back = universalCoefficients(await readWcxf(writeWcxf(given, format, about), 'x'))
          const nonZero = Object.fromEntries(
            Object.entries(given).filter(([, v]) => v !== 0 && Math.abs(v!) > 1e-280),
          )
          for (const [name, v] of Object.entries(nonZero))
            expect(back.coefficients[name as 'cHD']).toBeCloseTo(v!, 12)
          expect(back.messages.filter((m) => !m.includes('do not enter'))).toEqual([])
        },
      ),
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
  it('doubles the exchange contraction of four leptons', async () => {
    const { values } = JSON.parse(writeWcxf({ cll1: 0.3 }, 'json', about)) as {
      values: Record<string, number>
    }
    expect(values.ll_1221).toBe(0.6e-6)
    expect(values.ll_1111).toBe(0.3e-6)
    expect((await read({ ll_1221: 0.6e-6, ll_1331: 0.6e-6, ll_2332: 0.6e-6 })).coefficients).toEqual({
      cll1: 0.3,
    })
  })
})

describe('what is not U(3)⁵', () => {
  it('takes the first family and says so', async () => {
    const { coefficients, messages } = await read({ lq1_1111: 1e-8 })
    expect(coefficients).toEqual({ clq1: 0.01 })
    expect(messages).toEqual([
      expect.stringMatching(
        /^lq1 is not the same for all families \(lq1_1111 = 1e-8, lq1_1122 = 0, .* and 3 more GeV⁻²\): lq1_1111 stands for all of them in clq1\.$/,
      ),
    ])
  })

  it('leaves a third-family entry at zero and says so', async () => {
    const { coefficients, messages } = await read({ phiq1_33: 2e-8 })
    expect(coefficients).toEqual({})
    expect(messages[0]).toContain('phiq1_11 = 0, phiq1_33 = 2e-8')
  })

  it('lists every entry with its use, in both units', async () => {
    const { rows, messages, coefficients } = await read({
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

describe('sizes', () => {
  const size = (values: object) => expect(readWcxf(file(values), 'f.json'))

  it('those of a wrong unit are refused with the largest that is taken and the cure', async () => {
    await size({ lq3_1111: 0.01 }).rejects.toThrow(
      /f\.json: lq3_1111 is 0\.01 GeV⁻², beyond ±0\.0001 GeV⁻² = ±100 TeV⁻².*divide values in TeV⁻² by 1e6/,
    )
    for (const values of [
      { phiD: 1e308 },
      { uphi_33: -1e308 },
      { lq3_1111: { Re: 0, Im: 1e308 } },
      { mine: 1e308 },
    ])
      await size(values).rejects.toThrow(expect.objectContaining({ code: 'data/corrupt' }))
    await size({ phiD: 1.0001e-4 }).rejects.toThrow(/beyond/)
  })

  it('the ends of the sliders are taken: those of ll are of the sum of both orders', async () => {
    await size({ phiD: 1e-4, lq3_1111: -1e-4, ll_1221: 2e-4, uphi_33: 1e-4 }).resolves.toBeDefined()
    expect((await read({ ll_1221: 2e-4, ll_1331: 2e-4, ll_2332: 2e-4 })).coefficients).toEqual({ cll1: 100 })
    await size({ ll_1221: 2.001e-4 }).rejects.toThrow(/±200 TeV⁻²/)
  })

  it('a scale is one of energies that exist', async () => {
    for (const scale of ['0', '-1', '1e-300', '1e308'])
      await expect(readWcxf(`eft: SMEFT\nbasis: Warsaw\nscale: ${scale}\nvalues: {}\n`, 'f')).rejects.toThrow(
        /scale/,
      )
  })
})

describe('files', () => {
  it.each([
    ['another EFT', '{"eft":"WET","basis":"Warsaw","scale":1,"values":{}}', 'data/unsupported', /eft/],
    ['another basis', '{"eft":"SMEFT","basis":"SILH","scale":1,"values":{}}', 'data/unsupported', /basis/],
    ['no scale', '{"eft":"SMEFT","basis":"Warsaw","values":{}}', 'data/corrupt', /scale/],
    ['a value that is text', file({ phiD: 'large' }), 'data/corrupt', /values\.phiD: "large" is no number/],
    [
      'a part that is neither real nor imaginary',
      file({ phiD: { Re: 1e-8, im: 1e-8 } }),
      'data/corrupt',
      /values\.phiD/,
    ],
    ['broken JSON', '{"eft":', 'data/corrupt', /no JSON/],
    [
      'a number in words',
      file({ phiD: { Re: '1 GeV' } }),
      'data/corrupt',
      /values\.phiD\.Re: "1 GeV" is no number/,
    ],
    ['a list of values', 'eft: SMEFT\nbasis: Warsaw\nscale: 1\nvalues:\n  - 1\n', 'data/corrupt', /values/],
    ['damaged YAML', 'values:\n\tphiD: 1\n', 'data/corrupt', /f, line 2: Tabs/i],
  ])('refuses %s', async (_, text, code, words) => {
    await expect(readWcxf(text, 'f')).rejects.toThrow(expect.objectContaining({ code }))
    await expect(readWcxf(text, 'f')).rejects.toThrow(words)
  })

  it('reads numbers as Fortran writes them', async () => {
    const text = 'eft: SMEFT\nbasis: Warsaw\nscale: 1.0D+03\nvalues:\n  phiD: 1.23D-08\n  phiWB: 0.12-100\n'
    expect(await readWcxf(text, 'f')).toMatchObject({
      scaleGeV: 1000,
      values: [
        { name: 'phiD', re: 1.23e-8 },
        { name: 'phiWB', re: 0.12e-100 },
      ],
    })
  })

  it('reads numbers written as text, complex values and comments', async () => {
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
    expect(await readWcxf(text, 'f.yml')).toEqual({
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
  it('reads what PyYAML writes in flow style', async () => {
    const text = [
      'basis: Warsaw',
      'eft: SMEFT',
      'scale: 1000.0',
      'values: {G: 9.29e-09, phiD: -1.0e-06, phiWB: 3.3e-09, lq1_1111: 1.0e-08, lq1_1122: 1.0e-08,',
      '  phie_11: {Im: 0.0, Re: 2.0e-08}}',
    ].join('\n')
    const { values } = await readWcxf(text, 'f.yaml')
    expect(values.at(-1)).toEqual({ name: 'phie_11', re: 2e-8, im: 0 })
    expect(values).toHaveLength(6)
    const inline = "{basis: Warsaw up, eft: SMEFT, scale: 160, values: {'phiD': 1e-6}}"
    expect(await readWcxf(inline, 'g.yaml')).toEqual({
      basis: 'Warsaw up',
      scaleGeV: 160,
      values: [{ name: 'phiD', re: 1e-6, im: 0 }],
    })
  })

  it('of other shapes say what they hold', async () => {
    await expect(readWcxf('[[1, 2], [3]]', 'f')).rejects.toThrow(/f holds a list of 2 entries/)
    await expect(readWcxf('hello', 'f')).rejects.toThrow(/f holds the text "hello"/)
    await expect(readWcxf(file({ G: 1e-9 }, { basis: 'Warsaw mass' }), 'f')).rejects.toThrow(
      /basis "Warsaw mass"/,
    )
  })

  it('in JSON with a name twice are refused with its line', async () => {
    const text =
      '{\n"eft": "SMEFT", "basis": "Warsaw", "scale": 91,\n"values": {"phiD": 1e-8,\n"phiD": 1e-7}}'
    await expect(readWcxf(text, 'f')).rejects.toThrow(/f, line 4: "phiD" is there twice/)
  })

  it('knows names by family and indices', () => {
    expect(parseWcxfName('lq1_1122')).toEqual({ family: 'lq1', indices: '1122' })
    expect(parseWcxfName('phiD')).toEqual({ family: 'phiD', indices: '' })
    for (const name of ['phiD_', 'phiD_11', 'lq1_112', 'lq1', 'll_1221_', 'constructor', ''])
      expect(parseWcxfName(name), name).toBeNull()
  })
})

describe('names of one coefficient', () => {
  it.each([
    ['ll_2112', 'll_1221'],
    ['ll_3223', 'll_2332'],
    ['ll_2211', 'll_1122'],
    ['ee_1221', 'ee_1122'],
    ['lq1_2111', 'lq1_1211'],
    ['lq1_2211', 'lq1_2211'],
    ['phil1_21', 'phil1_12'],
    ['phiud_21', 'phiud_21'],
    ['ledq_2111', 'ledq_2111'],
    ['qq1_3311', 'qq1_1133'],
  ])('%s is listed as %s', (name, own) => {
    const parsed = parseWcxfName(name)!
    expect(`${parsed.family}_${independentIndices(parsed).indices}`).toBe(own)
  })

  it('are read whichever is used', async () => {
    const { coefficients, rows } = await read({ ll_2112: 2e-8, ll_3113: 2e-8, ll_2332: 2e-8 })
    expect(coefficients).toEqual({ cll1: 0.01 })
    expect(rows.map(({ name, use }) => [name, use])).toEqual([
      ['ll_2112', 'used'],
      ['ll_3113', 'used'],
      ['ll_2332', 'used'],
    ])
  })

  it('both with a value are refused: their sum, or the same twice?', async () => {
    await expect(read({ ll_1221: 1e-8, ll_2112: 1e-8 })).rejects.toThrow(
      /a\.json: ll_1221 and ll_2112 are names of the same coefficient.*WCxf lists it as ll_1221/,
    )
    expect((await read({ ll_1221: 2e-8, ll_1331: 2e-8, ll_2332: 2e-8, ll_2112: 0 })).coefficients).toEqual({
      cll1: 0.01,
    })
  })
})

describe('files in the names of SMEFTsim', () => {
  const basis = { basis: 'SMEFTsim_U35' }

  it('hold values in TeV⁻², each for all families', async () => {
    const { coefficients, rows, messages } = await read({ clq3: 0.01, cHDD: -1, cHbox: 2, mine: 1 }, basis)
    expect(coefficients).toEqual({ clq3: 0.01, cHD: -1 })
    expect(rows[0]).toEqual({ name: 'clq3', gev: 1e-8, tev: 0.01, use: 'used', operator: 'clq3' })
    expect(messages).toEqual([
      '1 of 4 entries do not enter pp → ℓℓ at this order: cHbox.',
      '1 of 4 entries are not names of SMEFTsim and are left out: mine.',
    ])
  })

  it('values of the other unit are told or refused', async () => {
    expect((await read({ clq3: 1e-8 }, basis)).messages[0]).toMatch(/largest value is 1e-8 TeV⁻²: GeV⁻²\?/)
    await expect(read({ clq3: 101 }, basis)).rejects.toThrow(/clq3 is 101 TeV⁻², beyond ±100 TeV⁻²/)
  })
})
