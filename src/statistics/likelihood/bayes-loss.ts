import { AppError } from '../../errors.ts'

/**
 * Cross entropy of the best possible classifier of two equally likely classes: ln 2 minus the Jensen-Shannon
 * divergence. No trained network can do better than by its sampling error.
 *
 * @param p  masses of the first class (density times quadrature weight, or histogram), any normalisation
 * @param q  of the second, at the same places
 */
export function bayesLoss(p: ArrayLike<number>, q: ArrayLike<number>): number {
  if (p.length !== q.length)
    throw new AppError(
      'data/mismatch',
      `The two classes have ${p.length} and ${q.length} masses; they must be taken at the same places.`,
    )
  const totalP = total(p, 'first')
  const totalQ = total(q, 'second')
  let loss = 0
  for (let i = 0; i < p.length; i++) {
    const a = p[i] / totalP
    const b = q[i] / totalQ
    if (a > 0) loss += 0.5 * a * Math.log1p(b / a)
    if (b > 0) loss += 0.5 * b * Math.log1p(a / b)
  }
  return loss
}

function total(masses: ArrayLike<number>, which: string): number {
  let sum = 0
  for (let i = 0; i < masses.length; i++) {
    if (!(masses[i] >= 0))
      throw new AppError(
        'input/invalid',
        `The ${which} class has mass ${masses[i]} at place ${i}; a class density must not be negative. Split it into its positive and negative parts.`,
      )
    sum += masses[i]
  }
  if (!(sum > 0 && Number.isFinite(sum)))
    throw new AppError('input/invalid', `The ${which} class has the total mass ${sum}; it must be positive.`)
  return sum
}
