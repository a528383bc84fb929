// What an amplitude kernel computes, in terms of currents and configurations; amplitude-kernel.ts gives it addresses.
// A configuration is one choice of helicities of the legs of a current but the lane leg's, whose two lie side by side
// in the lanes of a v128.

export type WaveKind = 'column-u' | 'row-u' | 'column-v' | 'row-v' | 'vector' | 'scalar'

/** Wave functions of an external leg; `indices` are its helicities in memory order, 'lanes' is 0 and 1 in one pair. */
export interface ProgramWave {
  leg: number
  kind: WaveKind
  mass: number
  indices: readonly (number | 'lanes')[]
}

export type ProgramRule =
  'slash-column' | 'row-slash' | 'current' | 'bracket' | 'quartic' | 'scalar-column' | 'row-scalar'

export interface ProgramVertex {
  rule: ProgramRule
  left: number
  right: number
  /** Indices of currents, and for each configuration of the vertex the one of that current. */
  inputs: readonly { current: number; places: Int32Array }[]
}

export type Propagator =
  | { kind: 'column' | 'row'; mass: number }
  | { kind: 'gluon' }
  | { kind: 'massive'; mass: number; width: number }

export interface ProgramCurrent {
  /** Bit mask of its legs: which momentum flows through it. */
  legs: number
  configurations: number
  wave?: ProgramWave
  vertices: readonly ProgramVertex[]
  propagator?: Propagator
}

export interface AmplitudeProgram {
  legs: number
  incoming: number
  /** External legs first or in between, each before those that use it. */
  currents: readonly ProgramCurrent[]
  root: ProgramWave
  /** Products of a current with the root's wave function, added to the amplitude of a structure. */
  ends: readonly {
    current: number
    structure: number
    /** The current is a column, a row or a vector. */
    kind: 'column' | 'row' | 'vector'
    places: Int32Array
    rootPlaces: Int32Array
  }[]
  configurations: number
  structures: number
  /** [structures, structures] */
  colourMatrix: Float64Array
  /** Both lanes hold the same: the sum over them counts everything twice. */
  equalLanes: boolean
}
