import { AppError } from '../../errors.ts'
import { readTable } from '../read-table.ts'
import { checkedChain, type ChainFile, type PosteriorChain } from './posterior-chain.ts'

const isWeight = (name: string) => /^weights?$/i.test(name)
/** The logarithm of a likelihood or of a posterior density. */
export const isLogL = (name: string): boolean =>
  /^(?:log_?l|log_?like(?:lihood)?|lnl|log_?prob(?:ability)?|lp__?)$/i.test(name)
/** What samplers write beside the parameters. */
const isCount = (name: string) => /^(?:chain|draw|walker|step|iteration|sample|index|log_?prior)$/i.test(name)

/** A file is judged by its beginning. */
const sniffedBytes = 4096

/** Names in a first line of comment, as numpy's savetxt writes its header. */
function commentedNames(bytes: Uint8Array, columns: number): string[] | undefined {
  const [first] = new TextDecoder().decode(bytes.subarray(0, sniffedBytes)).split('\n', 1)
  if (!first.startsWith('#')) return undefined
  const names = first
    .slice(1)
    .split(/[\s,;]+/)
    .filter(Boolean)
  return names.length === columns ? names : undefined
}

/**
 * A table with a column per parameter, as pandas writes chains of emcee and the like, and weighted_post.txt and equal_weighted_post.txt
 * of UltraNest (columns weight, logl, then parameters; arXiv:2101.09604). Columns are told by their names. Of older versions of UltraNest
 * weighted_post.txt has no header and -ln L, with weighted_post.paramnames beside it: GetDist's reader takes these.
 *
 * @throws AppError of readTable, 'data/unsupported' for columns without names and for places in the unit cube of a prior
 */
export async function readChainTable(file: ChainFile): Promise<PosteriorChain> {
  const table = await readTable(file.name, file.bytes, {
    holds: { what: 'chains', from: 'GetDist, UltraNest, SMEFiT (JSON), CSV and Parquet' },
  })
  const { rows, columns, data, lines } = table
  const head = table.names ?? commentedNames(file.bytes, columns)
  if (!head)
    throw new AppError(
      'data/unsupported',
      `${file.name} has ${columns} columns without names. Put the names of the parameters into its first line, or drop the .paramnames of GetDist with it.`,
    )
  // Same columns as those of the parameters: no content tells them apart.
  if (/untransformed/i.test(file.name) && isWeight(head[0]))
    throw new AppError(
      'data/unsupported',
      `${file.name} has places in the unit cube of the prior, from 0 to 1, not parameters. Drop weighted_post.txt or equal_weighted_post.txt beside it.`,
    )
  const column = (c: number) => Float64Array.from({ length: rows }, (_, i) => data[i * columns + c])
  const weightAt = head.findIndex(isWeight)
  const logLAt = head.findIndex(isLogL)
  const kept = head.flatMap((name, c) => (isWeight(name) || isLogL(name) || isCount(name) ? [] : [c]))
  const values = new Float64Array(rows * kept.length)
  for (let i = 0; i < rows; i++)
    kept.forEach((c, k) => {
      values[i * kept.length + k] = data[i * columns + c]
    })
  const ultraNest = weightAt === 0 && head[1] === 'logl'
  const chain: PosteriorChain = {
    format: ultraNest ? 'UltraNest' : 'a table',
    names: kept.map((c) => head[c]),
    values,
    weights: weightAt < 0 ? new Float64Array(rows).fill(1) : column(weightAt),
    weighted: weightAt >= 0,
    logL: logLAt < 0 ? null : column(logLAt),
    ranges: {},
    notes: table.notes,
  }
  return checkedChain(file.name, chain, (row) => (lines ? `line ${lines[row]}` : `row ${row + 1}`))
}
