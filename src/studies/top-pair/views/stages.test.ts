import { expect, it } from 'vitest'
import type { FitState } from '../state/fit-state.ts'
import { ratioSentence, ratioStage } from './stages.ts'

it('says what the unbinned fit rests on', () => {
  const of = (calibration: object | null) =>
    ({ status: 'ready', value: { value: { calibration } } }) as unknown as FitState['ratios']
  const cells = of({ cells: 640, events: 320_000, medianEffectiveEvents: 410, points: 1 })
  expect(ratioStage(cells)).toEqual({ mark: 'done', text: 'from 640 cells' })
  expect(ratioSentence(cells)).toMatch(/into 640 cells.*410 effective/)
  expect(ratioStage(of(null)).text).toBe('as learned')
  expect(ratioSentence(of(null))).toContain('as the networks give them')
  expect(ratioSentence({ status: 'idle' })).toBeNull()
})
