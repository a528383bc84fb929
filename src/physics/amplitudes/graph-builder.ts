import {
  braTimesGluon,
  closedByGluon,
  closedSetKey,
  colourKey,
  gluonTimesGluon,
  gluonTimesKet,
  octetOf,
  singletOf,
  type ClosedString,
  type Colour,
} from './colour-strings.ts'
import type { AmplitudeParameters } from './parameters.ts'
import type { Particle } from './particles.ts'
import { legsOf, type Process } from './process.ts'
import {
  absorbs,
  bosonField,
  exchanged,
  fusedBosons,
  isScalar,
  vectorCoupling,
  yukawaCoupling,
  type BosonField,
} from './vertices.ts'
import { isFermion, type Current, type CurrentKind, type RecursionGraph, type Vertex } from './currents.ts'

/** Currents of a line run towards its row: outgoing particles and incoming antiparticles are rows. */
const isRow = (particle: Particle, incoming: boolean): boolean => particle.anti === incoming

/**
 * Lays out all currents of all subsets of legs but the root, with at most `maxOrder` electroweak vertices; see
 * `recursionGraph`.
 */
export class GraphBuilder {
  private readonly currents: Current[] = []
  private readonly byLegs = new Map<number, number[]>()
  private readonly byKey = new Map<string, number>()
  private readonly legs: Particle[]
  private readonly strong: number
  private fermions = 0

  constructor(
    private readonly process: Process,
    private readonly parameters: AmplitudeParameters,
    private readonly root: number,
    private readonly maxOrder: number,
  ) {
    this.legs = legsOf(process)
    this.strong = parameters.gs / Math.SQRT2
    this.legs.forEach((leg, i) => {
      if (isFermion(leg)) this.fermions |= 1 << i
      if (i !== root) this.external(i)
    })
  }

  graph(): RecursionGraph {
    const all = ((1 << this.legs.length) - 1) & ~(1 << this.root)
    const subsets: number[] = []
    for (let subset = 1; subset <= all; subset++) if ((subset & ~all) === 0) subsets.push(subset)
    subsets.sort((a, b) => bits(a) - bits(b) || a - b)
    for (const subset of subsets) if (bits(subset) > 1) this.combine(subset)
    const structures: (readonly ClosedString[])[] = []
    const known = new Map<string, number>()
    const ends: RecursionGraph['ends'] = []
    for (const current of this.byLegs.get(all) ?? []) {
      const closed = this.atRoot(this.currents[current])
      if (!closed || this.currents[current].order !== this.maxOrder) continue
      const key = closedSetKey(closed)
      if (!known.has(key)) known.set(key, structures.push(closed) - 1)
      ends.push({ current, structure: known.get(key) ?? 0 })
    }
    return { currents: this.currents, root: this.root, ends, structures, order: this.maxOrder }
  }

  private incoming(leg: number): boolean {
    return leg < this.process.incoming.length
  }

  private external(leg: number): void {
    const particle = this.legs[leg]
    const row = isRow(particle, this.incoming(leg))
    const quark = particle.kind === 'quark'
    const none = { end: 'none' as const }
    if (isFermion(particle) && row)
      this.add('row', particle.field, 1 << leg, 0, {
        open: quark ? { end: 'bra', row: leg, word: [] } : none,
        closed: [],
      })
    else if (isFermion(particle))
      this.add('column', particle.field, 1 << leg, 0, {
        open: quark ? { end: 'ket', column: leg, word: [] } : none,
        closed: [],
      })
    else if (particle.kind === 'gluon')
      this.add('gluon', 'g', 1 << leg, 0, { open: { end: 'word', word: [leg] }, closed: [] })
    else this.add('boson', bosonField(particle, this.incoming(leg)), 1 << leg, 0, { open: none, closed: [] })
  }

  private add(
    kind: CurrentKind,
    field: string,
    legs: number,
    order: number,
    colour: Colour | undefined,
    vertex?: Vertex,
  ): void {
    if (!colour || order > this.maxOrder) return
    const key = `${kind}/${field}/${legs}/${order}/${colourKey(colour)}`
    let at = this.byKey.get(key)
    if (at === undefined) {
      at = this.currents.push({ kind, field, legs, order, colour, vertices: [] }) - 1
      this.byKey.set(key, at)
      this.byLegs.set(legs, [...(this.byLegs.get(legs) ?? []), at])
    }
    if (vertex) this.currents[at].vertices.push(vertex)
  }

  /** (-1)^(exchanges of fermions that bring the legs of a before those of b). */
  private sign(a: number, b: number): number {
    let exchanges = 0
    for (let leg = 0; leg < this.legs.length; leg++)
      if (((a & this.fermions) >> leg) & 1) exchanges += bits(b & this.fermions & ((1 << leg) - 1))
    return exchanges % 2 ? -1 : 1
  }

  private combine(subset: number): void {
    for (let a = (subset - 1) & subset; a > 0; a = (a - 1) & subset)
      for (const first of this.byLegs.get(a) ?? [])
        for (const second of this.byLegs.get(subset ^ a) ?? []) this.join(first, second)
    for (let a = (subset - 1) & subset; a > 0; a = (a - 1) & subset) {
      const others = subset ^ a
      for (let b = (others - 1) & others; b > 0; b = (b - 1) & others)
        for (const i of this.byLegs.get(a) ?? [])
          for (const j of this.byLegs.get(b) ?? [])
            for (const k of this.byLegs.get(others ^ b) ?? []) this.joinThree(i, j, k)
    }
  }

  /** Ordered: the first is the row, or what is absorbed, or the left factor of the colour matrices. */
  private join(i: number, j: number): void {
    const a = this.currents[i]
    const b = this.currents[j]
    const legs = a.legs | b.legs
    const order = a.order + b.order
    const inputs = [i, j]
    const strong = this.strong * this.sign(a.legs, b.legs)
    if (a.kind === 'gluon' && b.kind === 'column') {
      const vertex = { rule: 'slash-column' as const, inputs, left: strong, right: strong }
      this.add('column', b.field, legs, order, gluonTimesKet(a.colour, b.colour), vertex)
    } else if (a.kind === 'row' && b.kind === 'gluon') {
      const vertex = { rule: 'row-slash' as const, inputs, left: strong, right: strong }
      this.add('row', a.field, legs, order, braTimesGluon(a.colour, b.colour), vertex)
    } else if (a.kind === 'gluon' && b.kind === 'gluon') {
      const vertex = { rule: 'bracket' as const, inputs, left: strong, right: strong }
      this.add('gluon', 'g', legs, order, gluonTimesGluon(a.colour, b.colour), vertex)
    } else if (a.kind === 'row' && b.kind === 'column') {
      if (a.field === b.field)
        for (const { colour, factor } of octetOf(a.colour, b.colour)) {
          const coupling = factor * strong
          const vertex = { rule: 'current' as const, inputs, left: coupling, right: coupling }
          this.add('gluon', 'g', legs, order, colour, vertex)
        }
      this.exchange(a, b, inputs)
      this.contact(a, b, inputs)
    } else if (a.kind === 'boson') this.absorb(a, b, inputs)
  }

  private joinThree(i: number, j: number, k: number): void {
    const [a, b, c] = [i, j, k].map((index) => this.currents[index])
    if (a.kind !== 'gluon' || b.kind !== 'gluon' || c.kind !== 'gluon') return
    const pair = gluonTimesGluon(a.colour, b.colour)
    if (!pair) return
    const sign = this.sign(a.legs, b.legs | c.legs) * this.sign(b.legs, c.legs)
    const coupling = sign * this.strong * this.strong
    const vertex = { rule: 'quartic' as const, inputs: [i, j, k], left: coupling, right: coupling }
    const legs = a.legs | b.legs | c.legs
    this.add('gluon', 'g', legs, a.order + b.order + c.order, gluonTimesGluon(pair, c.colour), vertex)
  }

  private exchange(row: Current, column: Current, inputs: readonly number[]): void {
    const sign = this.sign(row.legs, column.legs)
    const order = row.order + column.order + 1
    for (const boson of exchanged) {
      // The boson carries away what the column loses on its way to the row.
      const returned: BosonField = boson === 'W+' ? 'W-' : boson === 'W-' ? 'W+' : boson
      if (absorbs(column.field, returned) !== row.field) continue
      const { left, right } = vectorCoupling(boson, column.field, this.parameters)
      const vertex = { rule: 'current' as const, inputs, left: sign * left, right: sign * right }
      const legs = row.legs | column.legs
      this.add('boson', boson, legs, order, singletOf(row.colour, column.colour), vertex)
    }
  }

  /** A bilinear of the four-top operator; its coupling stands at the other. It counts as no electroweak vertex. */
  private contact(row: Current, column: Current, inputs: readonly number[]): void {
    if (this.parameters.ctt1 === 0 || row.field !== 't' || column.field !== 't') return
    const vertex = { rule: 'current' as const, inputs, left: 0, right: this.sign(row.legs, column.legs) }
    const colour = singletOf(row.colour, column.colour)
    this.add('boson', 'contact', row.legs | column.legs, row.order + column.order, colour, vertex)
  }

  private absorb(boson: Current, other: Current, [i, j]: readonly number[]): void {
    const legs = boson.legs | other.legs
    const field = boson.field as BosonField
    const order = boson.order + other.order + (field === 'contact' ? 0 : 1)
    const sign = this.sign(boson.legs, other.legs)
    const closed = [...boson.colour.closed, ...other.colour.closed]
    if (other.kind === 'boson') {
      for (const fused of fusedBosons(field, other.field as BosonField)) {
        const vertex = { rule: 'missing' as const, inputs: [i, j], left: 0, right: 0 }
        this.add('boson', fused, legs, order, { open: { end: 'none' }, closed }, vertex)
      }
      return
    }
    if (other.kind === 'gluon') return
    // A row absorbs what turns its own earlier flavour into it: the opposite charge changes its label.
    const charge: BosonField = field === 'W+' ? 'W-' : field === 'W-' ? 'W+' : field
    const changed = absorbs(other.field, other.kind === 'column' ? field : charge)
    if (changed === undefined) return
    const scalar = isScalar(field)
    const { left, right } = scalar
      ? yukawaCoupling(field, other.field, this.parameters)
      : vectorCoupling(field, other.field, this.parameters)
    // A massless b has nothing to do with the Higgs, nor with what makes one.
    if (left === 0 && right === 0) return
    const column = other.kind === 'column'
    const rule = scalar
      ? column
        ? ('scalar-column' as const)
        : ('row-scalar' as const)
      : column
        ? ('slash-column' as const)
        : ('row-slash' as const)
    const vertex = { rule, inputs: column ? [i, j] : [j, i], left: sign * left, right: sign * right }
    this.add(other.kind, changed, legs, order, { open: other.colour.open, closed }, vertex)
  }

  /** Colour of a current of all other legs once the root closes it; undefined where it is not the root's. */
  private atRoot(current: Current): readonly ClosedString[] | undefined {
    const particle = this.legs[this.root]
    const { colour } = current
    if (particle.kind === 'gluon')
      return current.kind === 'gluon' ? closedByGluon(colour, this.root) : undefined
    if (!isFermion(particle) || current.field !== particle.field) return undefined
    const row = isRow(particle, this.incoming(this.root))
    if (current.kind !== (row ? 'column' : 'row')) return undefined
    const quark = particle.kind === 'quark'
    const own: Colour = {
      open: !quark
        ? { end: 'none' }
        : row
          ? { end: 'bra', row: this.root, word: [] }
          : { end: 'ket', column: this.root, word: [] },
      closed: [],
    }
    return (row ? singletOf(own, colour) : singletOf(colour, own))?.closed
  }
}

function bits(mask: number): number {
  let count = 0
  for (let rest = mask; rest > 0; rest &= rest - 1) count++
  return count
}
