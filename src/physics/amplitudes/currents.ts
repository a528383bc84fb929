import { type ClosedString, type Colour } from './colour-strings.ts'
import type { Particle } from './particles.ts'

export type CurrentKind = 'row' | 'column' | 'gluon' | 'boson'

/** How one vertex adds to a current; inputs are indices of currents, `left` and `right` its couplings with sign. */
export interface Vertex {
  rule:
    | 'slash-column'
    | 'row-slash'
    | 'current'
    | 'bracket'
    | 'quartic'
    | 'scalar-column'
    | 'row-scalar'
    | 'missing'
  inputs: readonly number[]
  left: number
  right: number
}

/** An off-shell current: what the legs of its subset can become together. */
export interface Current {
  kind: CurrentKind
  /** Flavour of a line, or the boson. */
  field: string
  /** Bit mask of the legs. */
  legs: number
  /** Electroweak vertices so far. */
  order: number
  colour: Colour
  /** Empty for an external leg. */
  vertices: Vertex[]
}

/** The amplitude is the sum over ends of the amputated current times the root's wave function. */
export interface RecursionGraph {
  currents: Current[]
  root: number
  ends: { current: number; structure: number }[]
  structures: (readonly ClosedString[])[]
  /** Electroweak vertices of every diagram. */
  order: number
}

export const isFermion = ({ kind }: Particle): boolean => kind === 'quark' || kind === 'lepton'
