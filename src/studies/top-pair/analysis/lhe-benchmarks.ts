import { z } from 'zod'
import { AppError, checkedBy } from '../../../errors.ts'
import {
  parseTopPairOperators,
  topPairOperatorNames,
  type TopPairOperatorName,
} from '../../../physics/top-pair/operators.ts'
import { operatorCalled } from './lhe-header.ts'
import { readNumber } from '../../../numerics/read-number.ts'
import { termCount } from '../../../physics/top-pair/polynomial.ts'

z.config({ jitless: true })

/** What the named weights of a file were computed for: coefficients [TeV^-2] by weight name. */
export interface Benchmarks {
  operators: readonly TopPairOperatorName[]
  points: Readonly<Record<string, readonly number[]>>
}

/**
 * Benchmarks told by the names themselves: "sm", "td8=2", "td8=2,tq8=-1" (also separated by blanks, ; or &, and with a leading c),
 * "EFTrwgt3_ctd8_2.0_ctq8_0.0"; or by the header. Other names, as those of scale variations, are passed over.
 *
 * @param described  points of the names that the header explains
 * @returns null where the names that are understood do not suffice for a polynomial
 */
export function benchmarksFromNames(
  names: readonly string[],
  described: ReadonlyMap<string, ReadonlyMap<TopPairOperatorName, number>> = new Map(),
): Benchmarks | null {
  const found = new Map<string, ReadonlyMap<TopPairOperatorName, number>>()
  for (const name of names) {
    const point = described.get(name) ?? pointOf(name)
    if (point) found.set(name, point)
  }
  const operators = topPairOperatorNames.filter((operator) =>
    [...found.values()].some((point) => (point.get(operator) ?? 0) !== 0),
  )
  if (operators.length === 0 || found.size < termCount(operators.length)) return null
  const points = Object.fromEntries(
    [...found].map(([name, point]) => [name, operators.map((operator) => point.get(operator) ?? 0)]),
  )
  return { operators, points }
}

/** Names are short; the rest is no name. */
const longestName = 2000

function pointOf(name: string): Map<TopPairOperatorName, number> | null {
  if (name.length > longestName) return null
  if (name.toLowerCase() === 'sm') return new Map()
  const parts = /^EFTrwgt\d*_/.test(name)
    ? pairsOf(name.split('_').slice(1))
    : name.split(/[,;&\s]+/).map((part) => part.split('=', 3))
  const point = new Map<TopPairOperatorName, number>()
  for (const [name, text, ...more] of parts) {
    const operator = operatorCalled(name)
    const value = more.length === 0 ? readNumber(text ?? '') : undefined
    if (!operator || point.has(operator) || !Number.isFinite(value)) return null
    point.set(operator, value!)
  }
  return point
}

function pairsOf(parts: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(parts.length / 2) }, (_, i) => parts.slice(2 * i, 2 * i + 2))
}

const fileSchema = z.object({
  operators: z.array(z.string()).min(1),
  points: z.record(z.string(), z.array(z.number())),
})

/**
 * Benchmarks from a JSON file { operators: ["td8", ...], points: { "rwgt_1": [c, ...], ... } }.
 *
 * @throws AppError 'input/invalid' naming the entry, 'physics/unknown-operator'
 */
export function parseBenchmarks(json: unknown, name: string): Benchmarks {
  const parsed = checkedBy(fileSchema, json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new AppError(
      'input/invalid',
      `${name} holds no benchmarks: ${issue.path.join('.') || 'top level'}: ${issue.message}. Write { "operators": ["td8"], "points": { "sm": [0], "rwgt_1": [2], "rwgt_2": [-2] } }, coefficients in TeV^-2 by the name of the weight.`,
    )
  }
  const operators = parseTopPairOperators(parsed.data.operators)
  for (const [weight, point] of Object.entries(parsed.data.points))
    if (point.length !== operators.length)
      throw new AppError(
        'input/invalid',
        `${name}: the weight ${weight} has ${point.length} coefficients, there are ${operators.length} operators (${operators.join(', ')}). Give one for each.`,
      )
  return { operators, points: parsed.data.points }
}
