import fc from 'fast-check'
import { expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { readCsv } from './csv.ts'

const read = (text: string) => readCsv(new TextEncoder().encode(text))

it.each([
  ['commas', '1,2\n3,4\n'],
  ['tabs', '1\t2\n3\t4'],
  ['blanks', '  1  2\n 3 4 \n'],
  ['semicolons', '1;2\n3;4'],
  ['CRLF', '1,2\r\n3,4\r\n'],
  ['old Mac line ends', '1,2\r3,4\r'],
  ['a byte order mark', '\ufeff1,2\n3,4'],
  ['comments and empty lines', '# spectra\n\n1,2\n # more\n3,4\n\n'],
  ['a separator at the end of each line', '1,2,\n3,4,\n'],
  ['comments of %, ! and //', '% a\n1,2\n! b\n// c\n3,4\n'],
  ["Excel's separator line", 'sep=;\n1;2\n3;4\n'],
  ["Excel's separator line, quoted", '"sep=;"\r\n1;2\r\n3;4\r\n'],
  ['quoted numbers', '"1","2"\n"3","4"'],
  ['Fortran exponents', '1.0D0,2.d+00\n3.0D+00,0.4D01'],
  ['exponents without a letter', '1.0+000,2\n3,4.0-000'],
  ['decimal commas', '1,0;2,0\n3,0;4,0'],
  ['decimal commas between tabs', '1,0\t2,0\n3,0\t4,0'],
])('reads %s', (_, text) => {
  expect(read(text)).toMatchObject({ rows: 2, columns: 2, data: Float64Array.of(1, 2, 3, 4) })
})

it('reads names, an index written by pandas and quoted separators', () => {
  expect(read('mll_50_55,"mll, 55 to 60"\n1,2').names).toEqual(['mll_50_55', 'mll, 55 to 60'])
  const indexed = read(',a,b\n0,1,2\n1,3,4\n')
  expect(indexed).toMatchObject({ rows: 2, columns: 2, names: ['a', 'b'], data: Float64Array.of(1, 2, 3, 4) })
  expect(indexed.notes[0]).toContain('index')
})

it('knows a header of numbers that pandas writes, with an index or without', () => {
  for (const text of ['0,1,2,3\n5,6,7,8\n', ',0,1,2,3\n0,5,6,7,8\n', '1;2;3;4\n5;6;7;8\n']) {
    const { rows, data, notes } = read(text)
    expect({ rows, data: [...data] }).toEqual({ rows: 1, data: [5, 6, 7, 8] })
    expect(notes.at(-1)).toMatch(/line 1 \(.*\) is taken as a header/)
  }
  expect(read('0,1,2,4\n5,6,7,8\n').rows).toBe(2)
})

it('reads no column that is not asked for', () => {
  const bytes = new TextEncoder().encode('channel,pt,run,tags\nemu,1,7,"[1, 2]"\nee,2,many,[]\n')
  expect(readCsv(bytes, { needs: (name) => name === 'pt' })).toMatchObject({
    columns: 1,
    names: ['pt'],
    data: Float64Array.of(1, 2),
    passedOver: [
      { name: 'channel', why: '"emu"' },
      { name: 'run', why: null },
      { name: 'tags', why: '"[1, 2]"' },
    ],
  })
  expect(() => readCsv(bytes, { needs: (name) => name === 'channel' })).toThrow(
    'line 2, column 1 reads "emu", which is not a number',
  )
  expect(() => read('a,b\nx,y\n')).toThrow('line 2, column 1 reads "x"')
})

it('reads bin edges from a comment or from a first line that is one longer', () => {
  expect(read('# bin edges: 50, 55, 60\n1,2').edges).toEqual([50, 55, 60])
  expect(read('50,55,60\n1,2\n3,4')).toMatchObject({ edges: [50, 55, 60], rows: 2 })
})

it('keeps missing values for the reader to judge', () => {
  expect(Array.from(read('1,,3\n-,nan,-inf\n4,5,').data)).toEqual([1, NaN, 3, NaN, NaN, -Infinity, 4, 5, NaN])
})

it.each([
  ['a word', '1,2\n3,abc\n', 'line 2, column 2 reads "abc"'],
  ['a formula', '1,2\n3,=cmd()', 'line 2, column 2 reads "=cmd()"'],
  ['a ragged line', '1,2\n\n3,4,5\n', 'line 3 has 3 columns, line 1 has 2'],
  ['a ragged line under names', 'a,b\n1,2,3\n', 'line 2 has 3 columns, line 1 has 2'],
  ['an open quote', 'a,"b\n1,2', 'quote opened on line 1'],
  ['names only', 'a,b\n', 'names but no numbers'],
  ['comments only', '# nothing\n', 'no line of numbers'],
  ['both point and comma in a number', '1.000,5;2\n', 'names but no numbers'],
  ['too many columns', `${'1,'.repeat(5000)}\n`, 'more than 4096 columns'],
])('refuses %s by line and column', (_, text, words) => {
  expect(() => read(text)).toThrow(AppError)
  expect(() => read(text)).toThrow(words)
})

it('names UTF-16 and what is no text at all', () => {
  const wide = new Uint8Array(Uint16Array.from('\ufeff1,2\n', (c) => c.charCodeAt(0)).buffer)
  expect(() => readCsv(wide)).toThrow(/UTF-16, this app reads UTF-8/)
  expect(() => readCsv(Uint8Array.of(0x50, 0x41, 0x52, 0x31, 0))).toThrow(/Parquet/)
})

it('reads back what any program prints of doubles', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(finite, finite, finite), { minLength: 1, maxLength: 5 }), (rows) => {
      const text = rows.map((row) => row.map(String).join('; ')).join('\r\n')
      expect(Array.from(read(text).data)).toEqual(rows.flat().map((x) => (Object.is(x, -0) ? 0 : x)))
    }),
  )
})

it('ends in a table or an AppError whatever bytes are changed', () => {
  const whole = new TextEncoder().encode('# edges: 1,2,3\na,"b"\n1.5,2e3\n3,4\n')
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(changes, (list) => {
      const changed = whole.slice()
      for (const [at, value] of list) changed[at] = value
      try {
        const { rows, columns, data } = readCsv(changed)
        expect(data.length).toBe(rows * columns)
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
      }
    }),
    { numRuns: 3000 },
  )
})
