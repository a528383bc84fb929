import { expect, it } from 'vitest'
import { readRatioRun, writeRatioRun } from './ratio-run.ts'

const weightsSha256 = 'ab'.repeat(32)
const run = {
  ...{ weightsSha256, seconds: 12.5, finished: '2026-01-02T03:04:05.678Z' },
  host: { name: 'node7', cpu: 'some', cores: 2, system: 'linux x64', node: '20.20.2' },
}

it('comes back with the network that it made, and with no other', () => {
  const text = writeRatioRun(run)
  expect(readRatioRun(text, weightsSha256)).toEqual({ ...run, schemaVersion: 1 })
  expect(readRatioRun(text, 'cd'.repeat(32))).toBeNull()
})

it.each([
  ['{', /run\.json is not JSON/],
  ['{}', /run\.json is not as expected.*seconds/s],
  [writeRatioRun(run).replace('12.5', '-1'), /seconds/],
])('is refused where damaged: %s', (text, message) => {
  expect(() => readRatioRun(text, weightsSha256)).toThrow(message)
})
