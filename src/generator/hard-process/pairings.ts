import type { Particle } from '../../physics/amplitudes/particles.ts'

export type Clusters = readonly [readonly number[], readonly number[]]

/**
 * Ways to see a final state as two clusters: of all that there are, those with the most pairs of particle and
 * antiparticle. Gluons split into such pairs, so that |M|² peaks in their masses. None for more than four particles.
 */
export function pairings(legs: readonly Particle[]): Clusters[] {
  const all = candidates(legs.length).map(([a, b]) => orient(legs, a, b))
  const counts = all.map((clusters) => clusters.filter((cluster) => isPair(legs, cluster)).length)
  const most = Math.max(0, ...counts)
  return all.filter((_, i) => counts[i] === most)
}

function candidates(n: number): Clusters[] {
  if (n === 2) return [[[0], [1]]]
  if (n === 3)
    return [
      [[0, 1], [2]],
      [[0, 2], [1]],
      [[1, 2], [0]],
    ]
  if (n === 4)
    return [
      [
        [0, 1],
        [2, 3],
      ],
      [
        [0, 2],
        [1, 3],
      ],
      [
        [0, 3],
        [1, 2],
      ],
    ]
  return []
}

function isPair(legs: readonly Particle[], cluster: readonly number[]): boolean {
  if (cluster.length !== 2) return false
  const [a, b] = cluster.map((leg) => legs[leg])
  return a.kind !== 'gluon' && a.field === b.field && a.anti !== b.anti
}

/** Pairs first and the particle before its antiparticle, so that equal clusters have their masses on equal axes. */
function orient(legs: readonly Particle[], first: readonly number[], second: readonly number[]): Clusters {
  const ordered = [first, second].map((cluster) =>
    cluster.length === 2 && legs[cluster[0]].anti && !legs[cluster[1]].anti
      ? [cluster[1], cluster[0]]
      : cluster,
  )
  const swap = !isPair(legs, ordered[0]) && isPair(legs, ordered[1])
  return swap ? [ordered[1], ordered[0]] : [ordered[0], ordered[1]]
}
