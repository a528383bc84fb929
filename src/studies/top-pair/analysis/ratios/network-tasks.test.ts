import { expect, it } from 'vitest'
import { decayMatrix } from '../../../../physics/top-pair/decay-matrix.ts'
import { createEventWeight } from '../../../../physics/top-pair/event-weight.ts'
import { topPairOperatorNames, type TopPairOperatorName } from '../../../../physics/top-pair/operators.ts'
import { defaultMasses } from '../../../../physics/top-pair/parameters.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { networkTasks, setupTerms, taskName, termVanishes, vanishingTerms } from './network-tasks.ts'

it('a term is said to vanish exactly where the weights of events do', () => {
  const operators = topPairOperatorNames
  const weight = createEventWeight(operators, { ...defaultMasses, alphaS: 0.118 })
  const rng = createRng(1)
  const size = new Float64Array(weight.terms)
  const out = new Float64Array(weight.terms)
  const d = new Float64Array(16)
  const direction = (): [number, number, number] => {
    const k = 2 * rng.uniform() - 1
    const phi = 2 * Math.PI * rng.uniform()
    const across = Math.sqrt(1 - k * k)
    return [across * Math.cos(phi), across * Math.sin(phi), k]
  }
  for (let i = 0; i < 20; i++) {
    decayMatrix(...direction(), ...direction(), d)
    const flux = Float64Array.from({ length: 7 }, () => 0.1 + rng.uniform())
    weight.evaluate((400 + 2000 * rng.uniform()) ** 2, 2 * rng.uniform() - 1, d, flux, out)
    // In TeV^-2 and its square the terms are of the size of the SM's.
    out.forEach((w, t) => (size[t] = Math.max(size[t], Math.abs(w / out[0]))))
  }
  const terms = setupTerms({ operators: [...operators], mode: 'quadratic' })
  expect(terms).toHaveLength(15 + 120)
  terms.forEach((term, t) => expect([term, termVanishes(term)]).toEqual([term, size[t + 1] < 1e-10]))
})

it('the octets of ML4EFT and the dipole need one network per term that does not vanish', () => {
  const operators: TopPairOperatorName[] = ['tG', 'td8', 'tq8']
  const setup = { operators, mode: 'quadratic' as const, preset: 'thesis' as const, replicas: 2 }
  const tasks = networkTasks(setup)
  expect(vanishingTerms(setup)).toEqual(['td8*tq8'])
  expect(tasks).toHaveLength(2 * 8)
  expect(tasks[8]).toEqual({ terms: ['tG'], replica: 1 })
  expect(taskName(tasks[8])).toBe('tG · 2')
  expect(
    networkTasks({ ...setup, mode: 'linear' })
      .map(({ terms }) => terms[0])
      .slice(0, 3),
  ).toEqual(operators)
})

it('joint-ratio presets learn all terms in one network per replica', () => {
  const tasks = networkTasks({ operators: ['td8', 'tq8'], mode: 'quadratic', preset: 'joint', replicas: 3 })
  expect(tasks.map(({ replica }) => replica)).toEqual([0, 1, 2])
  expect(tasks[0].terms).toEqual(['td8', 'tq8', 'td8^2', 'tq8^2'])
})

it('a positive ratio is learned whole, vanishing terms and linear fits included', () => {
  const [task] = networkTasks({ operators: ['td8', 'tq8'], mode: 'linear', preset: 'positive', replicas: 1 })
  expect(task.terms).toEqual(['td8', 'tq8', 'td8^2', 'td8*tq8', 'tq8^2'])
})

it('singlets alone, linear, need no network at all', () => {
  expect(networkTasks({ operators: ['td1'], mode: 'linear', preset: 'thesis', replicas: 5 })).toEqual([])
})
