/**
 * Events of a hard process at parton level, as structure of arrays: rows of event i are those from `first[i]` to
 * `first[i + 1]`. Rows 0 and 1 of an event are the incoming partons, along +z and along -z; then come the outgoing
 * particles in the order of the process; then the products of their decays, each behind its mother.
 *
 * Everything is in the centre-of-mass frame of the colliding protons, in GeV.
 */
export interface PartonEvents {
  readonly events: number
  /** [events + 1] */
  readonly first: Uint32Array
  /** [events] 1, or the ratio to the greatest weight where a point's weight was above it. */
  readonly weight: Float64Array
  /** [events] μ of couplings and densities [GeV] */
  readonly scale: Float64Array
  /** [events] α_s(μ) */
  readonly alphaS: Float64Array
  /** [events] place of the partonic process in the source's list */
  readonly subprocess: Uint16Array
  /** [rows] PDG: quarks 1 to 6, gluon 21, Z 23, W⁺ 24, H 25, dark matter 52, φ 54, Z′ 55, g̃ 1000021, χ̃ 1000022 */
  readonly ids: Int32Array
  /** [rows] of `particleStatus` */
  readonly status: Int8Array
  /** [rows] row, counted from the event's first, of what it decays from; -1 for those of the hard process itself */
  readonly mother: Int16Array
  /**
   * [rows, 2] tags of colour and anticolour in the leading-colour flow, 0 for none, from 501 on within each event
   * (hep-ph/0109068). Two coloured ends that a line joins have one tag: outgoing quark and outgoing antiquark as colour
   * and anticolour, incoming and outgoing quark both as colour.
   */
  readonly colour: Uint16Array
  /** [rows, 4] E, px, py, pz */
  readonly momenta: Float64Array
}

/** As in Les Houches files: incoming, final, decayed. */
export const particleStatus = { incoming: -1, final: 1, decayed: 2 } as const

/** First tag of colour in an event. */
export const firstColourTag = 501

/** Events written one after the other; grows as needed. */
export class PartonEventWriter {
  private count = 0
  private rows = 0
  private first = new Uint32Array(257)
  private weight = new Float64Array(256)
  private scale = new Float64Array(256)
  private alphaS = new Float64Array(256)
  private subprocess = new Uint16Array(256)
  private ids = new Int32Array(2048)
  private status = new Int8Array(2048)
  private mother = new Int16Array(2048)
  private colour = new Uint16Array(4096)
  private momenta = new Float64Array(8192)

  /** Begins an event; its particles are those added until the next one. */
  begin(subprocess: number, weight: number, scale: number, alphaS: number): void {
    const at = this.count++
    if (at === this.weight.length) {
      this.first = grown(this.first)
      this.weight = grown(this.weight)
      this.scale = grown(this.scale)
      this.alphaS = grown(this.alphaS)
      this.subprocess = grown(this.subprocess)
    }
    this.weight[at] = weight
    this.scale[at] = scale
    this.alphaS[at] = alphaS
    this.subprocess[at] = subprocess
    this.first[at + 1] = this.rows
  }

  /** @param momenta  E, px, py, pz from `at` on */
  add(
    id: number,
    status: number,
    mother: number,
    colour: number,
    anticolour: number,
    momenta: Float64Array,
    at: number,
  ): void {
    const row = this.rows++
    if (row === this.ids.length) {
      this.ids = grown(this.ids)
      this.status = grown(this.status)
      this.mother = grown(this.mother)
      this.colour = grown(this.colour)
      this.momenta = grown(this.momenta)
    }
    this.ids[row] = id
    this.status[row] = status
    this.mother[row] = mother
    this.colour[2 * row] = colour
    this.colour[2 * row + 1] = anticolour
    for (let k = 0; k < 4; k++) this.momenta[4 * row + k] = momenta[at + k]
    this.first[this.count] = this.rows
  }

  /** What was written, in arrays of its own length; the writer begins anew. */
  take(): PartonEvents {
    const { count, rows } = this
    this.count = this.rows = 0
    return {
      events: count,
      first: this.first.slice(0, count + 1),
      weight: this.weight.slice(0, count),
      scale: this.scale.slice(0, count),
      alphaS: this.alphaS.slice(0, count),
      subprocess: this.subprocess.slice(0, count),
      ids: this.ids.slice(0, rows),
      status: this.status.slice(0, rows),
      mother: this.mother.slice(0, rows),
      colour: this.colour.slice(0, 2 * rows),
      momenta: this.momenta.slice(0, 4 * rows),
    }
  }
}

type Column = Uint32Array | Float64Array | Uint16Array | Int32Array | Int8Array | Int16Array

function grown<T extends Column>(column: T): T {
  const larger = new (column.constructor as new (length: number) => T)(2 * column.length)
  larger.set(column)
  return larger
}
