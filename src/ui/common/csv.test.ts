import { expect, it } from 'vitest'
import { toCsv } from './csv.ts'

it('keeps numbers at full precision, negative ones included', () => {
  expect(toCsv(['x [GeV]', 'y'], [[0.1 + 0.2, -1e-7]])).toBe('x [GeV],y\r\n0.30000000000000004,-1e-7\r\n')
})

it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\tx'])('defuses the formula %j', (text) => {
  expect(toCsv(['t'], [[text]])).toBe(`t\r\n'${text}\r\n`)
})

it('quotes commas, quotes and line breaks; empty for missing; nan for no number', () => {
  expect(toCsv(['a', 'b', 'c', 'd'], [['x,"y"', 'p\nq', null, NaN]])).toBe(
    'a,b,c,d\r\n"x,""y""","p\nq",,nan\r\n',
  )
})
