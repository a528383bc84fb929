import { expect, it } from 'vitest'
import { operatorNames, operators } from '../../../physics/smeft/operators.ts'
import { smallModel } from '../../../testing/small-universes.ts'
import '../../../testing/matchers.ts'
import { universeClasses, universeShapes } from './families.ts'
import { singleOperatorSigma } from './prior.ts'
import { whitenedTemplates } from './whitening.ts'

const model = smallModel()
const sigma = singleOperatorSigma(whitenedTemplates(model.whitening, model.templates))
const n = operatorNames.length

function tableOf(rows: Float64Array[]) {
  const coefficients = new Float64Array(rows.length * n)
  rows.forEach((row, u) => coefficients.set(row, u * n))
  return { count: rows.length, coefficients, flags: new Uint8Array(rows.length) }
}

it('one operator alone belongs to its own family, at its own distance', () => {
  const rows = operatorNames.map((_, o) =>
    Float64Array.from({ length: n }, (_, i) => (i === o ? -3 * sigma[i] : 0)),
  )
  const { family, distance } = universeShapes(model, tableOf(rows), 'linear')
  operators.forEach((operator, o) => {
    expect(universeClasses[family[o]]).toBe(operator.family)
    expect(distance[o]).toBeCloseToRel(3, 1e-4)
  })
})

it('the Standard Model is a class of its own at distance zero', () => {
  const { family, distance } = universeShapes(model, tableOf([new Float64Array(n)]), 'linear')
  expect(universeClasses[family[0]]).toBe('standard-model')
  expect(distance[0]).toBe(0)
})

it('the family is the one that moves the spectrum most, not the one with the largest coefficients', () => {
  const row = new Float64Array(n)
  row[operatorNames.indexOf('cHd')] = 0.5 * sigma[operatorNames.indexOf('cHd')] // a large number, half a sigma
  row[operatorNames.indexOf('clq3')] = 2 * sigma[operatorNames.indexOf('clq3')] // a small number, two sigma
  expect(Math.abs(row[operatorNames.indexOf('cHd')])).toBeGreaterThan(
    Math.abs(row[operatorNames.indexOf('clq3')]),
  )
  const { family } = universeShapes(model, tableOf([row]), 'linear')
  expect(universeClasses[family[0]]).toBe('four-fermion')
})

it('squares change the distance of a far universe', () => {
  const far = tableOf([sigma.map((s) => 20 * s)])
  const linear = universeShapes(model, far, 'linear').distance[0]
  expect(universeShapes(model, far, 'quadratic').distance[0]).not.toBeCloseTo(linear, 1)
})
