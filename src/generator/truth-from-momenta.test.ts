import { expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { createDecayAngles, drawDecay, momentumCount, placeMomenta } from './decay.ts'
import { observableAt, observableCount } from './observables.ts'
import { truthFromMomenta } from './truth-from-momenta.ts'

it('gives back what the momenta were placed from', () => {
  const rng = createRng(5)
  const angles = createDecayAngles()
  const p = new Float64Array(momentumCount)
  const values = new Float64Array(observableCount)
  for (let event = 0; event < 200; event++) {
    const mtt = 345 + 3000 * rng.uniform() ** 3
    const y = 4 * rng.uniform() - 2
    const c = 2 * rng.uniform() - 1
    drawDecay(rng, 172.5, 80.4, angles)
    placeMomenta({ mTop: 172.5, mW: 80.4, mtt, y, c }, angles, p)
    truthFromMomenta(p, values)
    expect(values[observableAt.m_tt] / mtt).toBeCloseTo(1, 9)
    expect(values[observableAt.y_tt]).toBeCloseTo(y, 9)
    // Near threshold the direction of the top is lost in rounding of its small momentum.
    expect(values[observableAt.cos_theta]).toBeCloseTo(c, 6)
    for (let i = 0; i < 3; i++) {
      expect(values[observableAt.plus_r + i]).toBeCloseTo(angles.plus[i], 5)
      expect(values[observableAt.minus_r + i]).toBeCloseTo(angles.minus[i], 5)
    }
  }
})
