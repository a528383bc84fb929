import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { describeFailure } from './failure.ts'

const folder = mkdtempSync(join(tmpdir(), 'failure-'))
afterAll(() => rmSync(folder, { recursive: true }))

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (thrown) {
    return thrown
  }
  throw new Error('nothing was thrown')
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: something, write`), { code })
}

describe('what went wrong, in one line', () => {
  it('is what the operating system means', () => {
    expect(describeFailure(thrownBy(() => readFileSync(folder)))).toMatchObject({
      kind: 'badInput',
      line: expect.stringMatching(/EISDIR, it is a folder, where a file was expected\. Name a file\.$/),
    })
    const below = join(folder, 'file', 'below')
    writeFileSync(join(folder, 'file'), '')
    expect(describeFailure(thrownBy(() => readFileSync(below))).line).toMatch(/below: ENOTDIR, a part of its/)
    expect(describeFailure(systemError('ENOSPC')).line).toMatch(/ENOSPC, the disk is full\. Free some space/)
    expect(describeFailure(systemError('EACCES')).line).toMatch(/EACCES, there is no permission/)
    expect(describeFailure(systemError('EPIPE')).line).toMatch(/The output: EPIPE, whoever reads/)
  })

  it('is too little memory where an array cannot be had', () => {
    const failure = describeFailure(thrownBy(() => new Float64Array(2 ** 52)))
    expect(failure.kind).toBe('badInput')
    expect(failure.line).toMatch(/more memory than the machine gives/)
  })

  it('is a sentence of ours with its code, however long or broken into lines', () => {
    const { kind, line } = describeFailure(new AppError('data/corrupt', `a\nb ${'word '.repeat(1000)}`))
    expect(kind).toBe('badInput')
    expect(line).toMatch(/^data\/corrupt: a b word/)
    expect(line.length).toBeLessThanOrEqual(500)
    expect(line).not.toContain('\n')
    expect(describeFailure(new AppError('numerics/not-converged', 'x')).kind).toBe('notConverged')
    expect(describeFailure(new AppError('job/cancelled', 'x')).kind).toBe('notConverged')
  })

  it('is a fault of the program for everything else, without a stack', () => {
    for (const thrown of [new TypeError('x is not a function'), 'text', null, new RangeError('depth')]) {
      const { kind, line } = describeFailure(thrown)
      expect(kind).toBe('fault')
      expect(line).toMatch(/^job\/crashed: .*Please report it/)
      expect(line).not.toMatch(/ at .*:\d+:\d+/)
    }
  })
})
