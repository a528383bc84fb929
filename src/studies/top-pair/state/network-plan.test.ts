import { expect, it } from 'vitest'
import { topPairDefaults } from '../default-intent.ts'
import { namedSetups, setupNames } from '../named-setups.ts'
import { shippedEvents } from '../shipped-networks.ts'
import { networkKey } from './fit-keys.ts'
import { networkPlan } from './network-plan.ts'

const usual = topPairDefaults.fit

it('every named set-up has events that networks are shipped for; others train their own', () => {
  expect(setupNames.map((name) => shippedEvents(namedSetups[name].setup))).toEqual([
    ...['tt-1450', 'tt-700', 'tt-all', 'tt-1450'],
  ])
  for (const changed of [
    { mttMinGeV: 800 },
    { preset: 'parton' as const },
    { epochs: 3 },
    { smearing: true },
    { operators: ['td8' as const] },
  ])
    expect(shippedEvents({ ...usual, ...changed })).toBeNull()
  // What is observed and how it is fitted is none of a network's business.
  expect(shippedEvents({ ...usual, seed: 9, truth: {}, priorHalfWidth: 1 })).toBe('tt-1450')
})

it('asked to train, it plans the networks that were planned before any were shipped', () => {
  const setup = { ...usual, networks: 'trained' as const, replicas: 1 }
  const [first, ...more] = networkPlan(setup, null)
  expect(more).toEqual([])
  expect(first).toEqual({ task: first.task, key: networkKey(setup, first.task), from: 'trained' })
})

it('networks of one’s own come before all others, under a key of their files', () => {
  const tasks = [{ terms: ['td8', 'tq8'], replica: 0 }]
  const plan = networkPlan(usual, { hash: 'abc', tasks })
  expect(plan).toEqual([{ task: tasks[0], key: 'fit/own/abc#0', from: 'own' }])
})
