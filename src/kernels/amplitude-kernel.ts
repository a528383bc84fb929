import { AppError } from '../errors.ts'
import type {
  AmplitudeProgram,
  ProgramCurrent,
  ProgramVertex,
  ProgramWave,
  Propagator,
} from './amplitude-program.ts'
import { MemoryMap } from './memory-map.ts'

interface AmplitudeExports {
  memory: WebAssembly.Memory
  allocate(bytes: number): number
  run(code: number, end: number): void
  colourSum(at: number, configurations: number, structures: number, matrix: number): number
}

/** Operations as numbered in assembly/amplitudes/program.ts. */
const operations = {
  ...{ momenta: 0, wave: 1, clear: 2, 'slash-column': 3, 'row-slash': 4, current: 5, bracket: 6, quartic: 7 },
  ...{ scalar: 8, column: 9, row: 10, gluon: 11, massive: 12, product: 13, contraction: 14 },
} as const

const waveCodes = { 'column-u': 0, 'row-u': 1, 'column-v': 2, 'row-v': 3, vector: 4 } as const

/** Bytes of a spinor or vector of pairs, of a momentum, of an instruction. */
const spinor = 128
const momentum = 32
const instruction = 40

/** Instructions and their tables of addresses, written as they are met. */
class Code {
  private readonly instructions: number[][] = []
  private readonly tables: number[] = []

  /** `table` holds addresses; its own place is filled in by `write`. */
  add(
    operation: keyof typeof operations,
    { count = 0, out = 0, table = [] as number[], left = 0, right = 0, x = 0, y = 0 },
  ): void {
    this.instructions.push([operations[operation], count, out, this.tables.length, left, right, x, y])
    for (const address of table) this.tables.push(address)
  }

  get codeBytes(): number {
    return instruction * this.instructions.length
  }

  get tableBytes(): number {
    return 4 * this.tables.length
  }

  write(view: DataView, code: number, tables: number): void {
    this.instructions.forEach(([operation, count, out, table, left, right, x, y], i) => {
      const at = code + instruction * i
      const words: [number, number][] = [
        [0, operation],
        [4, count],
        [8, out],
        [12, tables + 4 * table],
        [32, x],
        [36, y],
      ]
      for (const [offset, value] of words) view.setUint32(at + offset, value, true)
      view.setFloat64(at + 16, left, true)
      view.setFloat64(at + 24, right, true)
    })
    this.tables.forEach((address, i) => view.setUint32(tables + 4 * i, address, true))
  }
}

/** One amplitude in a WebAssembly memory of its own. Nothing is allocated per call. */
export class AmplitudeKernel {
  /** Where everything lies. */
  readonly map = new MemoryMap()
  private readonly exports: AmplitudeExports
  private readonly momenta: Float64Array
  private readonly amplitudes: Float64Array
  private readonly code: readonly [start: number, end: number]
  private readonly base: number
  private readonly weight: number

  constructor(
    module: WebAssembly.Module,
    private readonly program: AmplitudeProgram,
  ) {
    // The compiled module's exports have no types of their own.
    this.exports = new WebAssembly.Instance(module).exports as unknown as AmplitudeExports
    const { map } = this
    this.reserve()
    // Addresses do not change the length of the code: a first writing measures it.
    const draft = this.assemble(0)
    const code = map.reserve('code', draft.codeBytes)
    const tables = map.reserve('tables', draft.tableBytes)
    this.base = this.exports.allocate(map.bytes) >>> 0
    if (this.base === 0)
      throw new AppError(
        'input/invalid',
        `No memory for an amplitude of ${map.bytes} bytes. Close other work.`,
      )
    const { buffer } = this.exports.memory
    this.assemble(this.base).write(new DataView(buffer), this.base + code, this.base + tables)
    this.code = [this.base + code, this.base + code + draft.codeBytes]
    this.momenta = new Float64Array(buffer, this.base + map.start('momenta'), 4 * program.legs)
    const { configurations, structures } = program
    const amplitudes = this.base + map.start('amplitudes')
    this.amplitudes = new Float64Array(buffer, amplitudes, 4 * configurations * structures)
    const matrix = new Float64Array(buffer, this.base + map.start('colour matrix'), upperLength(structures))
    fillUpper(matrix, program.colourMatrix, structures)
    this.weight = program.equalLanes ? 0.5 : 1
  }

  /** Σ over the program's configurations and colours of |amplitude|², for momenta [legs, 4] with E first. */
  squared(momenta: Float64Array): number {
    this.evaluate(momenta)
    const { configurations, structures } = this.program
    const [amplitudes, matrix] = [this.base + this.map.start('amplitudes'), this.matrixAt()]
    return this.weight * this.exports.colourSum(amplitudes, configurations, structures, matrix)
  }

  /** Amplitudes [configurations, structures, (re, im), lanes]: a view that the next call overwrites. */
  evaluate(momenta: Float64Array): Float64Array {
    this.momenta.set(momenta)
    this.exports.run(this.code[0], this.code[1])
    return this.amplitudes
  }

  get memoryBytes(): number {
    return this.exports.memory.buffer.byteLength
  }

  private matrixAt(): number {
    return this.base + this.map.start('colour matrix')
  }

  private reserve(): void {
    const { map, program } = this
    const { legs, currents, configurations, structures, root } = program
    map.reserve('momenta', momentum * legs)
    for (const subset of neededSubsets(program)) map.reserve(`P${subset}`, momentum)
    currents.forEach((current, i) => map.reserve(`J${i}`, spinor * current.configurations))
    map.reserve('root', spinor * root.indices.length)
    map.reserve('amplitudes', 32 * configurations * structures)
    map.reserve('colour matrix', 8 * upperLength(structures))
  }

  private assemble(base: number): Code {
    const { program, map } = this
    const at = (name: string): number => base + map.start(name)
    const code = new Code()
    const subsets = neededSubsets(program)
    for (const sign of [1, -1]) {
      const legs = subsets.filter((subset) => isOne(subset) && legOf(subset) < program.incoming === sign > 0)
      const table = legs.flatMap((subset) => {
        const from = at('momenta') + momentum * legOf(subset)
        return [at(`P${subset}`), from, from]
      })
      code.add('momenta', { count: legs.length, table, left: sign })
    }
    const sums = subsets.filter((subset) => !isOne(subset))
    const table = sums.flatMap((subset) => {
      const low = subset & -subset
      return [at(`P${subset}`), at(`P${subset ^ low}`), at(`P${low}`)]
    })
    code.add('momenta', { count: sums.length, table, left: 1, right: 1 })

    const wave = ({ leg, kind, mass, indices }: ProgramWave, out: number): void => {
      if (kind === 'scalar') return
      const codes = indices.map((index) => 4 * waveCodes[kind] + (index === 'lanes' ? 3 : index))
      const x = at('momenta') + momentum * leg
      code.add('wave', { count: codes.length, out, table: codes, left: mass, x })
    }
    program.currents.forEach((current, i) => {
      const out = at(`J${i}`)
      if (current.wave) wave(current.wave, out)
      else {
        code.add('clear', { count: current.configurations, out, y: spinor })
        for (const vertex of current.vertices) this.vertex(code, vertex, current, out, at)
        if (current.propagator) propagate(code, current.propagator, current, out, at(`P${current.legs}`))
      }
    })
    wave(program.root, at('root'))
    const { configurations, structures } = program
    code.add('clear', { count: configurations * structures, out: at('amplitudes'), y: 32 })
    for (const { current, structure, kind, places, rootPlaces } of program.ends) {
      const table: number[] = []
      places.forEach((place, i) => {
        const ours = at(`J${current}`) + spinor * place
        const roots = at('root') + spinor * rootPlaces[i]
        // The row comes first; of two vectors either.
        table.push(...(kind === 'column' ? [roots, ours] : [ours, roots]))
      })
      const out = at('amplitudes') + 32 * structure
      const operation = kind === 'vector' ? 'contraction' : 'product'
      code.add(operation, { count: configurations, out, table, y: 32 * structures })
    }
    return code
  }

  private vertex(
    code: Code,
    { rule, left, right, inputs }: ProgramVertex,
    { configurations }: ProgramCurrent,
    out: number,
    at: (name: string) => number,
  ): void {
    const table: number[] = []
    for (let i = 0; i < configurations; i++)
      for (const { current, places } of inputs) table.push(at(`J${current}`) + spinor * places[i])
    const operands = { count: configurations, out, table, left, right }
    if (rule === 'scalar-column') code.add('scalar', { ...operands, y: 4 })
    else if (rule === 'row-scalar') code.add('scalar', { ...operands, y: 0 })
    else if (rule === 'bracket') {
      const [x, y] = inputs.map(({ current }) => at(`P${this.program.currents[current].legs}`))
      code.add('bracket', { ...operands, x, y })
    } else code.add(rule, operands)
  }
}

function propagate(
  code: Code,
  propagator: Propagator,
  { configurations }: ProgramCurrent,
  out: number,
  x: number,
): void {
  const operands = { count: configurations, out, x }
  if (propagator.kind === 'gluon') code.add('gluon', operands)
  else if (propagator.kind === 'massive')
    code.add('massive', { ...operands, left: propagator.mass, right: propagator.width })
  else code.add(propagator.kind, { ...operands, left: propagator.mass })
}

const isOne = (subset: number): boolean => (subset & (subset - 1)) === 0
const legOf = (subset: number): number => 31 - Math.clz32(subset)

/** Subsets whose momenta flow somewhere, and those they are added up from, smaller ones first. */
function neededSubsets({ currents }: AmplitudeProgram): number[] {
  const needed = new Set<number>()
  for (const { legs } of currents)
    for (let rest = legs; rest > 0; rest &= rest - 1) {
      needed.add(rest)
      needed.add(rest & -rest)
    }
  // A subset less its lowest leg has a smaller number of legs, so sorting by that number brings parts first.
  return [...needed].sort((a, b) => legCount(a) - legCount(b) || a - b)
}

function legCount(subset: number): number {
  let count = 0
  for (let rest = subset; rest > 0; rest &= rest - 1) count++
  return count
}

const upperLength = (n: number): number => (n * (n + 1)) / 2

function fillUpper(out: Float64Array, matrix: Float64Array, n: number): void {
  let at = 0
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) out[at++] = (i === j ? 1 : 2) * matrix[n * i + j]
}
