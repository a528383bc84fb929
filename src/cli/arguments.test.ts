import { describe, expect, it } from 'vitest'
import { parseOptions } from './arguments.ts'
import { defineCommand } from './command.ts'
import type { OptionTable } from './options/option.ts'
import { runCommandLine } from './run-command.ts'

const table = {
  name: { kind: 'text', most: 20, help: 'no default' },
  size: { kind: 'number', min: -10, max: 10, default: '3', help: 'with default' },
  loud: { kind: 'flag', help: 'a flag' },
} as const satisfies OptionTable

describe('options', () => {
  it('have their values, defaults and flags', () => {
    expect(parseOptions(table, ['--name', 'x'])).toEqual({
      values: { name: 'x', size: 3, loud: false },
      texts: { name: 'x', size: '3', loud: undefined },
    })
    expect(parseOptions(table, ['--loud', '--size=4.0'])).toEqual({
      values: { name: undefined, size: 4, loud: true },
      texts: { name: undefined, size: '4.0', loud: 'true' },
    })
    expect(parseOptions(table, ['--size=-4']).values.size).toBe(-4)
  })

  it('take negative numbers with and without an equals sign', () => {
    expect(parseOptions(table, ['--name', '-0.5', '--loud']).values).toMatchObject({
      name: '-0.5',
      loud: true,
    })
    expect(parseOptions(table, ['--size=-.5']).values.size).toBe(-0.5)
  })

  it.each([
    ['a forgotten value before another option', ['--name', '--loud'], /name/],
    [
      'an unknown option',
      ['--nmae', 'x'],
      /nmae\. Did you mean --name\? Known options: --name --size --loud/,
    ],
    ['an option given twice', ['--size', '1', '--size=1'], /--size is given twice/],
    ['a flag given twice', ['--loud', '--loud'], /--loud is given twice/],
    ['an empty value', ['--name', ''], /--name is empty/],
    ['an option of one dash', ['-name', 'x'], /"-name" stands where an option is expected/],
    ['a stray word', ['x'], /x/],
    ['a missing value', ['--name'], /name/],
    ['a value for a flag', ['--loud=yes'], /loud/],
  ])('refuse %s', (_, argv, words) => {
    expect(() => parseOptions(table, argv)).toThrow(words)
  })
})

const kinds = {
  q: { kind: 'number', min: 0, max: 10, or: ['auto'], default: 'auto', help: 'a number or a word' },
  x: { kind: 'numbers', least: 1, most: 3, min: -1, max: 2, required: true, help: 'numbers' },
  at: {
    kind: 'tuple',
    parts: [
      { name: 'mass', min: 0, max: 100 },
      { name: 'width', min: 0, max: 10 },
    ],
    help: 'two numbers',
  },
  set: {
    kind: 'pairs',
    what: 'cut',
    names: { pt: { min: 0, max: 100 }, veto: { window: true, min: 0, max: 200 } },
    orValue: { veto: 'none' },
    repeats: true,
    help: 'pairs',
  },
  one: { kind: 'choice', choices: ['a', 'b'], default: 'a', help: 'one word' },
  some: { kind: 'choices', choices: ['a', 'b', 'c'], help: 'several words' },
  terms: { kind: 'words', most: 20, help: 'words of its own' },
} as const satisfies OptionTable

describe('values', () => {
  it('have the type of their line in the table, without being read again', () => {
    const line = '--x 1e-3,0.1,-1 --at 91,2.5 --set pt=25 --set veto=76:106 --some c,a --terms td8,td8^2'
    const { values } = parseOptions(kinds, line.split(' '))
    // Assigned one by one, so that a wrong type does not compile.
    const q: number | 'auto' = values.q
    const x: number[] = values.x
    const at: [number, number] | undefined = values.at
    const cuts: { pt?: number; veto?: [number, number] | 'none' } | undefined = values.set
    const one: 'a' | 'b' = values.one
    const some: ('a' | 'b' | 'c')[] | undefined = values.some
    const terms: string[] | undefined = values.terms
    expect({ q, x, at, cuts, one, some, terms }).toEqual({
      q: 'auto',
      x: [1e-3, 0.1, -1],
      at: [91, 2.5],
      cuts: { pt: 25, veto: [76, 106] },
      one: 'a',
      some: ['c', 'a'],
      terms: ['td8', 'td8^2'],
    })
    expect(parseOptions(kinds, ['--x=2', '--q=0.5', '--set=veto=none']).values).toMatchObject({
      q: 0.5,
      set: { veto: 'none' },
    })
  })

  it('are refused where a place of a list is empty or no number', () => {
    for (const text of ['1,,2', 'NaN', '1e999', '1;2', '0,1 2'])
      expect(() => parseOptions(kinds, [`--x=${text}`])).toThrow(
        /^--x has .*each must be a number from -1 to 2/,
      )
  })

  it('must be there where the table requires them, which --help says', async () => {
    expect(() => parseOptions(kinds, [])).toThrow('--x is missing. Give it a value.')
    const command = defineCommand({ summary: 'the sum', options: kinds, run: ({ x }) => Promise.resolve(x) })
    expect(await command.run(['--x', '1,2'], () => undefined)).toEqual([1, 2])
    await expect(command.run([], () => undefined)).rejects.toThrow('--x is missing')
    const out: string[] = []
    await runCommandLine(
      ['help', 'sum'],
      { out: (line) => out.push(line), err: () => undefined },
      { commands: { sum: () => Promise.resolve(command) } },
    )
    expect(out[0]).toMatch(/--x NUMBER,\.\.\. \[-1 to 2\]\n {6}numbers \(required\)/)
  })
})
