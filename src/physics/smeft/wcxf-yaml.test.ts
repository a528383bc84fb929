import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../errors.ts'
import { readYaml } from './wcxf-yaml.ts'

const read = (...lines: string[]) => readYaml(lines.join('\n'), 'f')

describe('the YAML that files of coefficients are written in', () => {
  it('mappings by indentation, comments anywhere, blanks before and after the colon', async () => {
    expect(
      await read(
        '# matched at tree level',
        '%YAML 1.1',
        '---',
        'values:',
        '#   class I',
        '    1udmumu:    # complex',
        '        Re:  -0.97   ',
        '        Im: 0.0',
        '',
        '    "b->s::Re{c7\'}" :',
        '        central: +1e8',
        'note: no#comment',
        '...',
      ),
    ).toEqual({
      values: { '1udmumu': { Re: '-0.97', Im: '0.0' }, "b->s::Re{c7'}": { central: '+1e8' } },
      note: 'no#comment',
    })
  })

  it('lists as deep as their key or deeper, of scalars, mappings and lists', async () => {
    expect(
      await read(
        'authors:',
        '- A. One',
        '- name: B',
        '  mail: b@c',
        'pairs:',
        '  -',
        '    - 1',
        '  - - 2',
        '    - 3',
        'end: 1',
      ),
    ).toEqual({ authors: ['A. One', { name: 'B', mail: 'b@c' }], pairs: [['1'], ['2', '3']], end: '1' })
  })

  it('values over several lines: plain, quoted, flow, literal and folded', async () => {
    expect(
      await read(
        'metadata:',
        '  description: A long sentence that PyYAML has broken at',
        '    its eighty columns',
        '  quoted: "ends in a \\',
        '    backslash: \\"# no comment\\"\\u00e9"',
        "  single: 'it''s",
        "    one'",
        '  flow: [1, {a: b, "c": [d]},',
        '    e, ]',
        '  literal: |',
        '    x: 1',
        '    # kept',
        '  folded: >-',
        '    two',
        '    lines',
        'eft: SMEFT',
      ),
    ).toEqual({
      metadata: {
        description: 'A long sentence that PyYAML has broken at its eighty columns',
        quoted: 'ends in a backslash: "# no comment"é',
        single: "it's one",
        flow: ['1', { a: 'b', c: ['d'] }, 'e'],
        literal: 'x: 1\n# kept\n',
        folded: 'two lines',
      },
      eft: 'SMEFT',
    })
  })

  it('empty values and collections, any line end, a byte order mark', async () => {
    expect(await readYaml('\uFEFFa:\r\nb: {}\r\nc: []\rd: ""\n', 'f')).toEqual({ a: '', b: {}, c: [], d: '' })
    expect(await readYaml('', 'f')).toEqual({})
  })

  it('a hostile name is only a name', async () => {
    for (const text of ['__proto__:\n  polluted: 1\n', '{__proto__: {polluted: 1}}']) {
      expect(Object.hasOwn((await readYaml(text, 'f')) as object, '__proto__')).toBe(true)
      expect(({} as { polluted?: string }).polluted).toBeUndefined()
    }
  })
})

describe('anchors and aliases', () => {
  it('stand for scalars, lists and mappings; a later anchor of the same name counts from there', async () => {
    expect(
      await read('c: &c 1e-8', 'values: {a: *c, b: &c 2, d: *c}', 'e: &e {Re: *c}', 'f: [*e, *e]'),
    ).toEqual({
      c: '1e-8',
      values: { a: '1e-8', b: '2', d: '2' },
      e: { Re: '2' },
      f: [{ Re: '2' }, { Re: '2' }],
    })
  })

  it('a thousand of them are read, no more', async () => {
    const list = (aliases: number) => `a: &a 1\nb:\n${'  - *a\n'.repeat(aliases)}`
    expect(await readYaml(list(1000), 'f')).toMatchObject({ b: Array(1000).fill('1') })
    await expect(readYaml(list(1001), 'f')).rejects.toThrow(/f, line 1003: more than 1000 aliases/)
  })

  it('what they stand for has at most a MiB', async () => {
    const nine = 'a0: &a0 [1,1,1,1,1,1,1,1,1]\n'
    const laughs = Array.from(
      { length: 8 },
      (_, k) => `a${k + 1}: &a${k + 1} [${Array(9).fill(`*a${k}`).join()}]`,
    )
    await expect(readYaml(nine + laughs.join('\n'), 'f')).rejects.toThrow(
      /f, line 6: what it stands for makes more than 1048576 characters/,
    )
  })
})

describe('what is refused, with its line', () => {
  it.each([
    ['a tab', ['values:', '\tphiD: 1'], /line 2: Tabs are not allowed/],
    ['an alias of nothing', ['values: *other'], /line 1: "\*other" is an alias of no anchor/],
    [
      'an alias of itself',
      ['a: 1', 'values: &this [*this]'],
      /line 2: "\*this" is an alias of what it stands in/,
    ],
    ['a tag', ['phiD: !!python/object/apply:numpy.core.multiarray.scalar'], /line 1: "!!python.* is a tag/],
    ['a tag within braces', ['a: 1', 'values: {phiD: !!float 1}'], /line 2: "!!float" is a tag/],
    ['a merge key', ['values:', '  <<: {a: 1}'], /line 2: "<<" is a merge key/],
    ['a complex key', ['? a', ': b'], /line 1: a "\?" begins a complex key/],
    ['a second document', ['a: 1', '---', 'b: 2'], /line 2: a second document/],
    ['a name twice', ['values:', '  phiD: 1', '  phiD: 2'], /line 3: "phiD" is there twice/],
    ['a name twice within braces', ['values: {a: 1, a: 2}'], /line 1: "a" is there twice/],
    ['loose text among names', ['a: 1', 'hello'], /line 2: Implicit map keys need/],
    ['a stray indentation', ['eft: SMEFT', '  basis: Warsaw'], /line 1: Nested mappings/],
    [
      'an indentation between two others',
      ['a:', '    b: 1', '  c: 2'],
      /line 3: All mapping items must start at the same column/,
    ],
    ['an open brace', ['a: {b: 1', 'c: 2'], /line 2: Flow map .* end with a }/],
    ['an open quotation', ['a: "b', 'c: 2'], /line 2: Missing closing "quote/],
    ['something behind a quotation', ['a: "b" c'], /line 1: Unexpected scalar at node end/],
    ['an unknown escape', ['a: "\\q"'], /line 1: Invalid escape sequence/],
    ['deep nesting', [`a: ${'['.repeat(60)}${']'.repeat(60)}`], /line 1: values are nested more than 20/],
  ])('%s', async (_, lines, message) => {
    await expect(read(...lines)).rejects.toThrow(expect.objectContaining({ code: 'data/corrupt' }))
    await expect(read(...lines)).rejects.toThrow(message)
  })

  it('whatever the text, it is read or refused', async () => {
    const pieces = fc.constantFrom(
      'a',
      ':',
      ' ',
      '- ',
      '\n',
      '  ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      '#',
      '|',
      '>',
      '&',
      '\\',
      '\t',
      '...',
      '---',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), async (parts) => {
        try {
          await readYaml(parts.join(''), 'f')
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
