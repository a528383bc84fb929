import { describe, expect, it } from 'vitest'
import { numbersOption, parseOptions } from './arguments.ts'

const table = {
  cos: { default: '0', help: '' },
  at: { help: '' },
  smear: { flag: true, help: '' },
}

describe('command-line options', () => {
  it('takes negative numbers with and without an equals sign', () => {
    expect(parseOptions(table, ['--cos', '-0.5', '--smear'])).toMatchObject({ cos: '-0.5', smear: 'true' })
    expect(parseOptions(table, ['--cos=-.5']).cos).toBe('-.5')
    expect(numbersOption(parseOptions(table, ['--at', '-1,2']), 'at')).toEqual([-1, 2])
  })

  it('still names an unknown option and a forgotten value', () => {
    expect(() => parseOptions(table, ['--sin', '-0.5'])).toThrow(/Known options: --cos --at --smear/)
    expect(() => parseOptions(table, ['--cos', '--smear'])).toThrow(/cos/)
  })
})
