import { describe, expect, it } from 'vitest'
import {
  choiceOption,
  numberOption,
  numbersOption,
  parseOptions,
  required,
  type OptionTable,
} from './arguments.ts'

const table: OptionTable = {
  name: { help: 'no default' },
  size: { default: '3', help: 'with default' },
  loud: { flag: true, help: 'a flag' },
}

describe('options', () => {
  it('have their values, defaults and flags', () => {
    expect(parseOptions(table, ['--name', 'x'])).toEqual({ name: 'x', size: '3', loud: undefined })
    expect(parseOptions(table, ['--loud', '--size=4'])).toEqual({ name: undefined, size: '4', loud: 'true' })
    expect(parseOptions(table, ['--size=-4']).size).toBe('-4')
  })

  it('take negative numbers with and without an equals sign', () => {
    expect(parseOptions(table, ['--name', '-0.5', '--loud'])).toMatchObject({ name: '-0.5', loud: 'true' })
    expect(parseOptions(table, ['--size=-.5']).size).toBe('-.5')
    expect(numbersOption(parseOptions(table, ['--name', '-1,2']), 'name')).toEqual([-1, 2])
  })

  it.each([
    ['a forgotten value before another option', ['--name', '--loud'], /name/],
    ['an unknown option', ['--nmae', 'x'], /nmae.*Known options: --name --size --loud/s],
    ['a stray word', ['x'], /x/],
    ['a missing value', ['--name'], /name/],
    ['a value for a flag', ['--loud=yes'], /loud/],
  ])('refuse %s', (_, argv, words) => {
    expect(() => parseOptions(table, argv)).toThrow(words)
  })
})

describe('values', () => {
  it('are numbers, lists of numbers, or one of several words', () => {
    expect(numberOption({ q: '1e-3' }, 'q')).toBe(1e-3)
    expect(numbersOption({ x: '1e-3,0.1, 2' }, 'x')).toEqual([1e-3, 0.1, 2])
    expect(choiceOption({ c: 'b' }, 'c', ['a', 'b'])).toBe('b')
  })

  it.each(['', ' ', 'NaN', 'Infinity', '1e999', 'abc', '1;2', '0,1 2'])('refuse "%s" as numbers', (text) => {
    expect(() => numbersOption({ x: text }, 'x')).toThrow(/^--x needs finite numbers, got/)
  })

  it('refuse an empty place in a list', () => {
    expect(() => numbersOption({ x: '1,,2' }, 'x')).toThrow(/got ""/)
  })

  it('say what is missing and what may be chosen', () => {
    expect(() => required({}, 'x')).toThrow('--x is missing')
    expect(() => choiceOption({ c: 'd' }, 'c', ['a', 'b'])).toThrow('--c is "d", must be one of a, b.')
  })
})
