import { AppError } from '../../errors.ts'
import { unpackTable } from '../read-table.ts'
import { sniffFormat } from '../sniff.ts'
import { readGetDist } from './getdist-chain.ts'
import type { ChainFile, PosteriorChain } from './posterior-chain.ts'
import { readSmefit } from './smefit-posterior.ts'
import { readChainTable } from './table-chain.ts'

/** What GetDist's files are called: their content cannot tell. */
export const chainCompanions = /\.(?:paramnames|ranges|properties\.ini|provenance)(?:\.txt)?$/i
const ofNames = /\.paramnames(?:\.txt)?$/i
const ofRanges = /\.ranges(?:\.txt)?$/i

/**
 * One chain of the files that were given: GetDist's (.txt with .paramnames, with .ranges or without), a table with names of its columns, or
 * a posterior of SMEFiT in JSON; packed with gzip or not.
 *
 * @throws AppError of the readers, 'input/invalid' for files of several chains
 */
export async function readChain(given: readonly ChainFile[]): Promise<PosteriorChain> {
  const files = await Promise.all(
    given.map(async ({ name, bytes }) => ({ name, bytes: await unpackTable(bytes) })),
  )
  const names = files.filter(({ name }) => ofNames.test(name))
  const samples = files.filter(({ name }) => !chainCompanions.test(name))
  if (names.length > 1 || (names.length === 0 && samples.length > 1))
    throw new AppError(
      'input/invalid',
      `${given.length} files of several chains: ${given.map(({ name }) => name).join(', ')}. One chain is drawn beside the fits: drop its files alone.`,
    )
  if (names.length === 1)
    return readGetDist(names[0], samples, files.find(({ name }) => ofRanges.test(name)) ?? null)
  const [file] = samples
  if (!file)
    throw new AppError(
      'input/invalid',
      `${given.map(({ name }) => name).join(', ')}: there is no chain among these files. Drop the .txt and .paramnames of GetDist together.`,
    )
  return sniffFormat(file.bytes) === 'json' ? readSmefit(file) : readChainTable(file)
}
