import { describe, expect, it } from 'vitest'
import { gaussLegendre } from '../../numerics/quadrature.ts'
import toy from '../reference/toy-exponential.json' with { type: 'json' }
import '../../testing/matchers.ts'
import { bayesLoss } from './bayes-loss.ts'

describe('Bayes loss', () => {
  it('reproduces the closed-form toy', () => {
    const { nodes, weights } = gaussLegendre(400)
    const x = nodes.map((node) => 25 * (1 + node))
    const sm = x.map((t, i) => weights[i] * Math.exp(-t))
    expect(
      bayesLoss(
        sm,
        sm.map((m, i) => m * x[i]),
      ),
    ).toBeCloseToRel(toy.bayes_bce_lin_vs_sm, 1e-6)
    expect(
      bayesLoss(
        sm,
        sm.map((m, i) => m * x[i] ** 2),
      ),
    ).toBeCloseToRel(toy.bayes_bce_quad_vs_sm, 1e-6)
    expect(bayesLoss(sm, sm)).toBeCloseToRel(Math.LN2, 1e-12)
    expect(() => bayesLoss([1, 1], [1, -1])).toThrow(/second class has mass -1 at place 1/)
  })
})
