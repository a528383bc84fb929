import { describe, expect, it } from 'vitest'
import type { FitIntent } from '../../intent.ts'
import { namedSetups } from '../../named-setups.ts'
import { planCost, planSeconds } from './plan-cost.ts'

const setup = (changes: Partial<FitIntent>): FitIntent => ({ ...namedSetups.signal.setup, ...changes })
const inclusive = { mttMinGeV: 0, selection: 'none' } as const

describe('the cost of a plan', () => {
  // Processor time of run-task on one core (docs/performance.md).
  it.each<[seconds: number, changes: Partial<FitIntent>]>([
    [1.8, { ...inclusive, preset: 'parton', trainingPoints: 20_000, epochs: 1, recalibrate: false }],
    [4.5, { ...inclusive, preset: 'parton', trainingPoints: 300_000, epochs: 1, recalibrate: false }],
    [5.3, { ...inclusive, preset: 'parton', trainingPoints: 300_000, epochs: 6, recalibrate: false }],
    [10.7, { ...inclusive, preset: 'parton', trainingPoints: 300_000, epochs: 1 }],
    [16.6, { preset: 'joint', trainingPoints: 500_000, epochs: 1 }],
    [38, { preset: 'joint', trainingPoints: 500_000, epochs: 16 }],
    [14.5, { ...inclusive, preset: 'thesis', trainingPoints: 200_000, epochs: 2, recalibrate: false }],
    [36.1, { ...inclusive, preset: 'thesis', trainingPoints: 200_000, epochs: 12, recalibrate: false }],
  ])('is within a third of the %d s measured', (seconds, changes) => {
    const ratio = planCost(setup(changes)).seconds / seconds
    expect(ratio).toBeGreaterThan(0.67)
    expect(ratio).toBeLessThan(1.5)
  })

  it('counts the jobs of the plan, all replicas, without terms that vanish', () => {
    expect(planCost(setup({ preset: 'parton', replicas: 50 })).jobs).toBe(200)
    expect(planCost(setup({ preset: 'joint', replicas: 50 })).jobs).toBe(50)
    expect(planCost(setup({ operators: ['td1'], mode: 'linear', preset: 'parton' })).jobs).toBe(0)
  })

  it('is done in rounds of as many jobs as there are processors', () => {
    const cost = { jobs: 10, seconds: 3 }
    expect([1, 2, 3, 10, 1000].map((n) => planSeconds(cost, n))).toEqual([30, 15, 12, 3, 3])
  })
})
