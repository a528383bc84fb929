import { AppError } from '../../errors.ts'
import { findParticle, type Particle } from './particles.ts'

/** A partonic process: one or two incoming legs, then the outgoing ones, in the order they were written. */
export interface Process {
  /** In our spelling, e.g. `g g > t t~ H`. */
  name: string
  incoming: readonly Particle[]
  outgoing: readonly Particle[]
}

export function legsOf(process: Process): Particle[] {
  return [...process.incoming, ...process.outgoing]
}

/**
 * `g b > t t tbar W- (mb=0)`: names separated by blanks, `>` between initial and final state, notes in brackets
 * passed over. Antiquarks as `t~` or `tbar`.
 *
 * @throws AppError 'input/invalid' naming the word that is no particle
 */
export function parseProcess(text: string): Process {
  const sides = text
    .replace(/\([^()]*\)/g, ' ')
    .split('>')
    .map((side) => side.split(/\s+/).filter((word) => word !== ''))
  if (sides.length !== 2 || sides[0].length < 1 || sides[0].length > 2 || sides[1].length < 1)
    throw new AppError(
      'input/invalid',
      `"${text}" is no process: write one or two incoming particles, >, and the outgoing ones, such as "g g > t t~".`,
    )
  const [incoming, outgoing] = sides.map((side) =>
    side.map((word) => {
      const particle = findParticle(word)
      if (!particle)
        throw new AppError(
          'input/invalid',
          `There is no particle "${word}" in "${text}"; names are like t~ go sq* W+ mu- vmu.`,
          { word },
        )
      return particle
    }),
  )
  return { name: processName(incoming, outgoing), incoming, outgoing }
}

export function processName(incoming: readonly Particle[], outgoing: readonly Particle[]): string {
  return `${incoming.map((p) => p.name).join(' ')} > ${outgoing.map((p) => p.name).join(' ')}`
}

const colours: Record<Particle['kind'], number> = {
  ...{ gluon: 8, gluino: 8, quark: 3, squark: 3, lepton: 1, vector: 1, scalar: 1 },
}

/** 1 / (spins × colours of the incoming legs × n! of identical outgoing ones). */
export function averagingFactor({ incoming, outgoing }: Process): number {
  let factor = 1
  for (const particle of incoming) factor /= spinStates(particle) * colours[particle.kind]
  const counts = new Map<string, number>()
  for (const { name } of outgoing) {
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    factor /= count
  }
  return factor
}

/** Helicities of an external leg. */
export function spinStates({ kind, mass }: Particle): number {
  if (kind === 'scalar' || kind === 'squark') return 1
  return kind === 'vector' && mass ? 3 : 2
}
