import type { Timing } from './measure.ts'

export interface Target {
  limit: number
  /** Good when the median is below the limit, or above it. */
  good: 'below' | 'above'
}

export interface BenchRow {
  name: string
  /** ms unless said otherwise */
  unit?: string
  /** Times, a single number, or the reason why there is none. */
  value: Timing | number | { skipped: string }
  target?: Target
  note?: string
}

export interface SuiteReport {
  suite: string
  rows: BenchRow[]
}

export const below = (limit: number): Target => ({ limit, good: 'below' })
export const above = (limit: number): Target => ({ limit, good: 'above' })

export function verdict({ value, target }: BenchRow): 'pass' | 'over' | 'under' | '' {
  const median = middle(value)
  if (!target || median === undefined) return ''
  if (target.good === 'below') return median < target.limit ? 'pass' : 'over'
  return median > target.limit ? 'pass' : 'under'
}

/** The number that is held against the target. */
export function middle(value: BenchRow['value']): number | undefined {
  if (typeof value === 'number') return value
  return 'skipped' in value ? undefined : value.median
}

/** One table of a suite, as Markdown. */
export function tableOf({ suite, rows }: SuiteReport): string {
  const head = ['', 'median', 'min', 'spread', 'cpu', 'n', 'target', '', 'note']
  const body = rows.map((row) => [row.name, ...cells(row)])
  const widths = head.map((title, k) => Math.max(title.length, ...body.map((cell) => cell[k].length)))
  const line = (cell: readonly string[]): string =>
    `| ${cell.map((text, k) => (k === 0 || k > 6 ? text.padEnd(widths[k]) : text.padStart(widths[k]))).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [`\n## ${suite}\n`, line(head), rule, ...body.map(line)].join('\n')
}

function cells(row: BenchRow): string[] {
  const { value, unit = 'ms', target, note = '' } = row
  const goal = target ? `${target.good === 'below' ? '<' : '>'} ${target.limit} ${unit}` : ''
  const tail = [goal, verdict(row), note]
  if (typeof value === 'number') return [`${digits(value)} ${unit}`, '', '', '', '1', ...tail]
  if ('skipped' in value) return ['-', '', '', '', '', goal, '', `skipped: ${value.skipped}`]
  const { median, min, spread, cpu, repetitions } = value
  return [
    `${digits(median)} ${unit}`,
    digits(min),
    digits(spread),
    cpu === undefined ? '' : digits(cpu),
    String(repetitions),
    ...tail,
  ]
}

/** Three digits, never as a power of ten. */
export function digits(x: number): string {
  const size = Math.abs(x)
  return size >= 100 ? x.toFixed(0) : size === 0 ? '0' : Number(x.toPrecision(3)).toString()
}
