import { AppError, shortName } from '../../errors.ts'
import { createLineReader } from '../../numerics/line-reader.ts'
import { readNumber } from '../../numerics/read-number.ts'
import { readTable } from '../read-table.ts'
import type { NumberTable } from '../table.ts'
import { checkedChain, type ChainFile, type PosteriorChain } from './posterior-chain.ts'

/** More parameters than any global fit has. */
const mostParameters = 4094

/**
 * A chain in the plain text format of GetDist (arXiv:1910.13970): rows of weight, -ln L and parameters, one or several files of them;
 * names in .paramnames, limits in .ranges. Parameters whose name ends in * are derived and read alike.
 *
 * @throws AppError 'data/mismatch' where names and columns are not equally many, 'data/corrupt' for rows that are none
 */
export async function readGetDist(
  names: ChainFile,
  chains: readonly ChainFile[],
  ranges: ChainFile | null,
): Promise<PosteriorChain> {
  const parameters = paramNames(names)
  if (chains.length === 0)
    throw new AppError(
      'data/mismatch',
      `${names.name} has the names of ${parameters.length} parameters and comes without a chain. Drop the .txt of its samples with it.`,
    )
  const parts = await Promise.all(chains.map((file) => rowsOf(file, names.name, parameters.length)))
  const rows = parts.reduce((sum, part) => sum + part.rows, 0)
  const d = parameters.length
  const chain: PosteriorChain = {
    ...{ format: 'GetDist', names: parameters, weighted: true, notes: [] },
    values: new Float64Array(rows * d),
    weights: new Float64Array(rows),
    logL: new Float64Array(rows),
    ranges: ranges ? rangesOf(ranges) : {},
  }
  const lines: { file: string; line: number }[] = []
  let at = 0
  parts.forEach(({ data, columns, rows: own, lines: stands }, part) => {
    for (let i = 0; i < own; i++, at++) {
      chain.weights[at] = data[i * columns]
      chain.logL![at] = -data[i * columns + 1]
      chain.values.set(data.subarray(i * columns + 2, (i + 1) * columns), at * d)
      lines.push({ file: chains[part].name, line: stands?.[i] ?? i + 1 })
    }
  })
  return checkedChain(chains[0].name, chain, (row) =>
    chains.length > 1 ? `${lines[row].file}, line ${lines[row].line}` : `line ${lines[row].line}`,
  )
}

async function rowsOf(file: ChainFile, names: string, parameters: number): Promise<NumberTable> {
  const table = await readTable(file.name, file.bytes, {
    holds: { what: 'chains', from: 'text' },
    columns: parameters + 2,
  })
  if (table.columns === parameters + 2) return table
  throw new AppError(
    'data/mismatch',
    `${names} names ${parameters} parameters, ${file.name} has ${table.columns} columns: weight, -ln L and parameters are ${parameters + 2}. Drop files of one chain.`,
  )
}

/** First words of the lines. */
function paramNames({ name, bytes }: ChainFile): string[] {
  const found: string[] = []
  const lines = createLineReader(new TextDecoder().decode(bytes))
  for (let line = lines.next(); line; line = lines.next()) {
    const [first] = line.text.trim().split(/\s/, 1)
    if (!first || first.startsWith('#')) continue
    if (found.length === mostParameters)
      throw new AppError(
        'data/unsupported',
        `${name} names more than ${mostParameters} parameters. Leave out those that are not needed.`,
      )
    const own = shortName(first.replace(/[*?]+$/, ''), 60)
    if (found.includes(own))
      throw new AppError('data/corrupt', `${name}, line ${line.number}: ${own} is named twice. Rename one.`)
    found.push(own)
  }
  return found
}

/** "name min max", N where there is no limit. */
function rangesOf({ bytes }: ChainFile): PosteriorChain['ranges'] {
  const ranges: Record<string, { min?: number; max?: number }> = Object.create(null) as Record<string, never>
  const lines = createLineReader(new TextDecoder().decode(bytes))
  for (let line = lines.next(); line; line = lines.next()) {
    const [name, low = '', high = ''] = line.text.trim().split(/\s+/, 3)
    const [min, max] = [low, high].map(readNumber)
    if (name) ranges[name] = { ...(finite(min) && { min }), ...(finite(max) && { max }) }
  }
  return ranges
}

const finite = (value: number | undefined): value is number => Number.isFinite(value)
