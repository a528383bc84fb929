import { AppError, shortName } from '../../../../errors.ts'
import { termVanishes } from './network-tasks.ts'
import { sameTerm } from './network-setup.ts'

/** One network, as far as it matters for whether all are there. */
export interface CoverageEntry {
  name: string
  terms: readonly string[]
  /** null where nobody knows it. */
  replica: number | null
  weightsSha256: string
}

/**
 * Whether there is exactly one network for each (term, replica). Which replicas there are is read off the networks: those of one term
 * must be those of every other. Networks without a known replica count one after the other, term by term.
 *
 * @param terms     of the fit, in any order; those that vanish need none
 * @param replicas  how many there must be; absent: as many as there are
 * @returns         what else a reader should know
 * @throws AppError 'model/mismatch' with all that is missing and doubled in its context
 */
export function checkCoverage(
  networks: readonly CoverageEntry[],
  terms: readonly string[],
  replicas?: number,
): { notes: string[] } {
  const needed = terms.filter((term) => !termVanishes(term))
  const ofTerm = new Map(terms.map((term) => [term, new Map<string, string[]>()]))
  const labels = new Set<string>()
  const idle: string[] = []
  for (const network of networks) {
    const own = terms.filter((term) => network.terms.some((other) => sameTerm(other, term)))
    if (own.length === 0) idle.push(network.name)
    for (const term of own) {
      const known = ofTerm.get(term)!
      const label =
        network.replica === null ? unknownLabel(known, network, networks) : String(network.replica)
      labels.add(label)
      known.set(label, [...(known.get(label) ?? []), network.name])
    }
  }
  // Without any network everything is missing once.
  const all = labels.size > 0 ? [...labels].toSorted(byNumber) : ['1']
  const missing = needed.flatMap((term) =>
    all.filter((label) => !ofTerm.get(term)!.has(label)).map((label) => `${term} of replica ${label}`),
  )
  const doubled = [...ofTerm].flatMap(([term, known]) =>
    [...known].flatMap(([label, names]) =>
      names.length > 1
        ? [
            `${term} of replica ${label} (${names
              .slice(0, 2)
              .map((name) => shortName(name))
              .join(' and ')})`,
          ]
        : [],
    ),
  )
  const problems = [
    missing.length > 0 && `Missing: ${shortened(missing, 6)}`,
    doubled.length > 0 && `Doubled: ${shortened(doubled, 1)}`,
    replicas !== undefined &&
      labels.size > 0 &&
      replicas !== all.length &&
      `--replicas asks for ${replicas} per term, there ${all.length === 1 ? 'is' : 'are'} ${all.length}`,
  ].filter((problem) => problem !== false)
  if (problems.length > 0)
    throw new AppError(
      'model/mismatch',
      `There must be one network for each of ${needed.length} terms and each replica. ${problems.join('. ')}. Name the folder of each once; train-ratio --term --replica makes what is missing.`,
      { missing, doubled },
    )
  return {
    notes:
      idle.length > 0
        ? [
            `Not needed, as none of their terms is fitted: ${shortened(
              idle.map((name) => shortName(name)),
              6,
            )}.`,
          ]
        : [],
  }
}

/** "?2" for the second of its term; files that are the same twice are one network named twice. */
function unknownLabel(
  known: ReadonlyMap<string, string[]>,
  network: CoverageEntry,
  networks: readonly CoverageEntry[],
): string {
  for (const [label, names] of known) {
    const [first] = names
    const same = networks.find(({ name, replica }) => name === first && replica === null)
    if (label.startsWith('?') && same?.weightsSha256 === network.weightsSha256) return label
  }
  return `?${[...known.keys()].filter((label) => label.startsWith('?')).length + 1}`
}

const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

function shortened(entries: readonly string[], shown: number): string {
  const more = entries.length - shown
  return entries.slice(0, shown).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
