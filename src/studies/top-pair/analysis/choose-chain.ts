import { chainCompanions } from '../../../dataset/chains/read-chain.ts'
import { isLogL } from '../../../dataset/chains/table-chain.ts'
import { sniffFormat } from '../../../dataset/sniff.ts'
import { fileSigns } from '../../../generator/event-files/file-signs.ts'
import { observableNames } from '../../../generator/observables.ts'
import { namedCoefficient } from './fit/parameter-names.ts'

/** A file is judged by its beginning. */
const sniffedBytes = 4096

/** A posterior of SMEFiT: lists of numbers by coefficient, or results with "samples". */
const isSmefit = (text: string): boolean =>
  !/"(?:eft|kind|modelTopology)"\s*:/.test(text) &&
  (/"(?:samples|free_parameters|best_fit_point|max_loglikelihood)"\s*:/.test(text) ||
    /"O\w{1,12}"\s*:\s*\[\s*-?\d/.test(text))

/** A table that names a coefficient, or the logarithm of a likelihood, and no observable of events. */
async function isChainTable(file: File, start: string): Promise<boolean> {
  const signs = await fileSigns(file)
  if (signs?.kind !== 'table') return false
  const comment = /^#[^\n]*/.exec(start)?.[0] ?? ''
  const words = [...signs.words, ...(comment.match(/[A-Za-z][\w^{},]*/g) ?? [])]
  return (
    words.some((word) => isLogL(word) || namedCoefficient(word, 'a table') !== undefined) &&
    !words.some((word) => observableNames.some((known) => known === word) || word.startsWith('weight_'))
  )
}

/** What GetDist calls the files of one chain: ROOT.txt or ROOT_1.txt with ROOT.paramnames, second copies "ROOT (1).txt". */
const rootOf = (name: string): string =>
  name
    .replace(chainCompanions, '')
    .replace(/\.txt(?:\.gz)?$/i, '')
    .replace(/ \(\d+\)$/, '')

/**
 * The files of a chain of someone else: those of GetDist by the name of their .paramnames, other chains by their content.
 */
export async function ownChain(files: readonly File[]): Promise<File[]> {
  const names = files.filter(({ name }) => /\.paramnames(?:\.txt)?$/i.test(name))
  if (names.length > 0) {
    const roots = names.map(({ name }) => rootOf(name))
    const belongs = ({ name }: File) =>
      roots.some((root) => rootOf(name).replace(/_\d+$/, '') === root || rootOf(name) === root)
    const texts = files.filter((file) => belongs(file) || chainCompanions.test(file.name))
    return texts
  }
  const are = await Promise.all(
    files.map(async (file) => {
      const head = new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer())
      const text = new TextDecoder().decode(head)
      return sniffFormat(head) === 'json' ? isSmefit(text) : isChainTable(file, text)
    }),
  )
  return files.filter((_, i) => are[i])
}
