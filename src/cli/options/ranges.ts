import * as z from 'zod'
import { largestCoefficient } from '../../physics/smeft/operators.ts'
import type { Range } from './option.ts'

/**
 * The range that the page's schema gives a number, so that a command takes what a link can carry.
 *
 * @throws Error for a schema that is no number with both ends
 */
export function rangeOf(schema: z.ZodType, unit?: string): Range {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return rangeOf(schema.unwrap() as z.ZodType, unit)
  if (!(schema instanceof z.ZodNumber) || schema.minValue === null || schema.maxValue === null)
    throw new Error('rangeOf needs a number with a minimum and a maximum')
  const { minValue: min, maxValue: max } = schema
  return { min, max, ...(schema.isInt && { integer: true }), ...(unit !== undefined && { unit }) }
}

/** Seeds of everything, those of a link. */
export const seedRange: Range = { min: 0, max: 2 ** 31 - 1, integer: true }

/** Wilson coefficients C/Λ², as sliders and links take them. */
export const coefficientRange: Range = {
  min: -largestCoefficient,
  max: largestCoefficient,
  unit: 'TeV^-2',
  reason:
    'at C = 1 it is a scale of 100 GeV, below the masses of W, Z and top, where no expansion in 1/Lambda holds',
}

/** From below the quarkonia to beyond every planned collider. */
export const collisionEnergyRange: Range = { min: 500, max: 200_000, unit: 'GeV' }

export const strongCouplingRange: Range = { min: 0.01, max: 1 }

/** Factorisation and renormalisation scales. */
export const scaleRange: Range = { min: 1, max: 100_000, unit: 'GeV' }

export const massRange: Range = { min: 0, max: 200_000, unit: 'GeV' }

/** Where only memory and patience end a count. */
export function countRange(min: number, max: number): Range {
  return { min, max, integer: true }
}
