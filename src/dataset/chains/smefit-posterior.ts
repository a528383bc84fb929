import * as z from 'zod'
import { AppError, checkedBy, describeIssues, shortName } from '../../errors.ts'
import { checkedChain, type ChainFile, type PosteriorChain } from './posterior-chain.ts'

z.config({ jitless: true })

const samplesSchema = z.record(z.string().max(80), z.array(z.number()))
/** fit_results.json of SMEFiT 4 and later has the draws under "samples", posterior.json of before has nothing else. */
const resultsSchema = z.object({ samples: samplesSchema })

/**
 * The posterior that SMEFiT writes (arXiv:2302.06660): equally weighted draws of each coefficient [TeV^-2].
 *
 * @throws AppError 'data/corrupt' where it is no such JSON, 'data/mismatch' for coefficients with other numbers of draws
 */
export function readSmefit({ name, bytes }: ChainFile): PosteriorChain {
  const value = parsed(name, bytes)
  const nested = typeof value === 'object' && value !== null && 'samples' in value
  const read = nested ? checkedBy(resultsSchema, value) : checkedBy(samplesSchema, value)
  if (!read.success)
    throw new AppError(
      'data/corrupt',
      `${name} is no posterior of SMEFiT, which has a list of draws per coefficient: ${describeIssues(read.error.issues)}. Drop posterior.json or fit_results.json.`,
    )
  const samples = nested ? (read.data as z.infer<typeof resultsSchema>).samples : read.data
  const lists = Object.entries(samples as z.infer<typeof samplesSchema>).filter(([, list]) => list.length > 0)
  const rows = lists[0]?.[1].length ?? 0
  const other = lists.find(([, list]) => list.length !== rows)
  if (other)
    throw new AppError(
      'data/mismatch',
      `${name} has ${rows} draws of ${shortName(lists[0][0], 40)} and ${other[1].length} of ${shortName(other[0], 40)}: draws of one posterior are equally many. Write the file again.`,
    )
  const names = lists.map(([coefficient]) => shortName(coefficient, 60))
  const values = new Float64Array(rows * names.length)
  lists.forEach(([, list], k) => {
    for (let i = 0; i < rows; i++) values[i * names.length + k] = list[i]
  })
  return checkedChain(name, {
    ...{ format: 'SMEFiT', names, values, weighted: false, logL: null, ranges: {}, notes: [] },
    weights: new Float64Array(rows).fill(1),
  })
}

function parsed(name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    throw new AppError(
      'data/corrupt',
      `${name} is no JSON (${error instanceof Error ? error.message : 'syntax'}). It may be cut short: copy it again.`,
    )
  }
}
