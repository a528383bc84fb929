import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../errors.ts'
import { readYaml } from './wcxf-yaml.ts'

const read = (...lines: string[]) => readYaml(lines.join('\n'), 'f')

describe('the YAML that files of coefficients are written in', () => {
  it('mappings by indentation, comments anywhere, blanks before and after the colon', () => {
    expect(
      read(
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

  it('lists as deep as their key or deeper, of scalars, mappings and lists', () => {
    expect(
      read(
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

  it('values over several lines: plain, quoted, flow, literal and folded', () => {
    expect(
      read(
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
        literal: 'x: 1\n# kept',
        folded: 'two lines',
      },
      eft: 'SMEFT',
    })
  })

  it('empty values and collections, any line end, a byte order mark', () => {
    expect(readYaml('\uFEFFa:\r\nb: {}\r\nc: []\rd: ""\n', 'f')).toEqual({ a: '', b: {}, c: [], d: '' })
    expect(readYaml('', 'f')).toEqual({})
  })

  it('a hostile name is only a name', () => {
    for (const text of ['__proto__:\n  polluted: 1\n', '{__proto__: {polluted: 1}}']) {
      expect(Object.hasOwn(readYaml(text, 'f') as object, '__proto__')).toBe(true)
      expect(({} as { polluted?: string }).polluted).toBeUndefined()
    }
  })
})

describe('what is refused, with its line', () => {
  it.each([
    ['a tab', ['values:', '\tphiD: 1'], /line 2: a tab/],
    ['an alias', ['values: *other'], /line 1: "\*other" is an alias/],
    ['an anchor', ['values: &this', '  phiD: 1'], /line 1: "&this" is an anchor/],
    ['a tag', ['phiD: !!python/object/apply:numpy.core.multiarray.scalar'], /line 1: "!!python.* is a tag/],
    ['a tag within braces', ['a: 1', 'values: {phiD: !!float 1}'], /line 2: "!!float 1" is a tag/],
    ['a merge key', ['values:', '  <<: {a: 1}'], /line 2: "<<" is a merge key/],
    ['a complex key', ['? a', ': b'], /line 1: a "\?" begins a complex key/],
    ['a second document', ['a: 1', '---', 'b: 2'], /line 2: a second document/],
    ['a name twice', ['values:', '  phiD: 1', '  phiD: 2'], /line 3: "phiD" is there twice/],
    ['a name twice within braces', ['values: {a: 1, a: 2}'], /line 1: "a" is there twice/],
    ['loose text', ['hello'], /line 1: "hello" is no "name: value"/],
    ['loose text among names', ['a: 1', 'hello'], /line 2: "hello"/],
    ['a stray indentation', ['eft: SMEFT', '  basis: Warsaw'], /line 2: its indentation/],
    ['an indentation between two others', ['a:', '    b: 1', '  c: 2'], /line 3: its indentation/],
    ['an open brace', ['a: {b: 1', 'c: 2'], /line 1: a } is missing/],
    ['an open quotation', ['a: "b', 'c: 2'], /line 1: a quotation mark is not closed/],
    ['something behind a quotation', ['a: "b" c'], /line 1: "c" stands after the end/],
    ['an unknown escape', ['a: "\\q"'], /line 1: .* no escape of YAML/],
    ['deep nesting', [`a: ${'['.repeat(60)}${']'.repeat(60)}`], /line 1: values are nested more than 20/],
  ])('%s', (_, lines, message) => {
    expect(() => read(...lines)).toThrow(expect.objectContaining({ code: 'data/corrupt' }))
    expect(() => read(...lines)).toThrow(message)
  })

  it('whatever the text, it is read or refused', () => {
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
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        try {
          readYaml(parts.join(''), 'f')
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
