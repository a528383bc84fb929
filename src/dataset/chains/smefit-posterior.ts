import * as z from 'zod'
import { AppError, checkedBy, describeIssues, shortName } from '../../errors.ts'
import { checkedChain, type ChainFile, type PosteriorChain } from './posterior-chain.ts'

z.config({ jitless: true })

const samplesSchema = z.record(z.string().max(80), z.array(z.number()))
/**
 * fit_results.json has the draws under "samples", beside logz, max_loglikelihood, best_fit_point and free_parameters; posterior.json of
 * before has them alone. Fits of one coefficient at a time say "single_parameter_fits" in both, true or false in the older ones.
 */
const resultsSchema = z.object({ samples: samplesSchema, single_parameter_fits: z.boolean().optional() })
const posteriorSchema = z
  .looseObject({ single_parameter_fits: z.boolean().optional() })
  .transform(({ single_parameter_fits, ...samples }): unknown => ({ samples, single_parameter_fits }))
  .pipe(resultsSchema)

/**
 * The posterior that SMEFiT writes (arXiv:2302.06660; as its optimize/ultranest.py, analytic.py and fit_manager.py write and read it):
 * equally weighted draws of each coefficient [TeV^-2]. Coefficients that are fixed by others are among them.
 *
 * @throws AppError 'data/corrupt' where it is no such JSON, 'data/mismatch' for coefficients with other numbers of draws,
 *         'data/unsupported' for several fits of one coefficient each, which have no joint density
 */
export function readSmefit({ name, bytes }: ChainFile): PosteriorChain {
  const value = parsed(name, bytes)
  const nested = typeof value === 'object' && value !== null && 'samples' in value
  const read = nested ? checkedBy(resultsSchema, value) : checkedBy(posteriorSchema, value)
  if (!read.success)
    throw new AppError(
      'data/corrupt',
      `${name} is no posterior of SMEFiT, which has a list of draws per coefficient: ${describeIssues(read.error.issues)}. Drop posterior.json or fit_results.json, or chains/equal_weighted_post.txt of UltraNest.`,
    )
  const lists = Object.entries(read.data.samples).filter(([, list]) => list.length > 0)
  if (read.data.single_parameter_fits && lists.length > 1)
    throw new AppError(
      'data/unsupported',
      `${name} holds fits of one coefficient at a time (single_parameter_fits), ${lists.length} of them: they have no joint posterior that could stand on this plot. Drop the results of a fit of all of them together.`,
    )
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
