import { z } from 'zod'
import { AppError } from '../../errors.ts'
import {
  parseTopPairOperators,
  topPairOperatorNames,
  type TopPairOperatorName,
} from '../../physics/top-pair/operators.ts'
import { termCount } from '../../physics/top-pair/polynomial.ts'

z.config({ jitless: true })

/** What the named weights of a file were computed for: coefficients [TeV^-2] by weight name. */
export interface Benchmarks {
  operators: readonly TopPairOperatorName[]
  points: Readonly<Record<string, readonly number[]>>
}

/**
 * Benchmarks told by the names themselves: "sm", "td8=2", "td8=2,tq8=-1" (also separated by blanks, ; or &). Other names, as those
 * of scale variations, are passed over.
 *
 * @returns null where the names that are understood do not suffice for a polynomial
 */
export function benchmarksFromNames(names: readonly string[]): Benchmarks | null {
  const found = new Map<string, Map<TopPairOperatorName, number>>()
  for (const name of names) {
    const point = pointOf(name)
    if (point) found.set(name, point)
  }
  const operators = topPairOperatorNames.filter((operator) =>
    [...found.values()].some((point) => point.has(operator)),
  )
  if (operators.length === 0 || found.size < termCount(operators.length)) return null
  const points = Object.fromEntries(
    [...found].map(([name, point]) => [name, operators.map((operator) => point.get(operator) ?? 0)]),
  )
  return { operators, points }
}

function pointOf(name: string): Map<TopPairOperatorName, number> | null {
  if (name.toLowerCase() === 'sm') return new Map()
  const point = new Map<TopPairOperatorName, number>()
  for (const part of name.split(/[,;&\s]+/)) {
    const match = /^(\w+)=([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/.exec(part)
    const operator = topPairOperatorNames.find((known) => known === match?.[1])
    if (!match || !operator || point.has(operator)) return null
    point.set(operator, Number(match[2]))
  }
  return point
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
  const parsed = fileSchema.safeParse(json)
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
