import { firstColourTag, particleStatus, type PartonEventWriter } from './parton-events.ts'

const mostRows = 64

/** One event as it is built, in any one frame: rows as in PartonEvents. */
export class EventRows {
  readonly ids = new Int32Array(mostRows)
  readonly status = new Int8Array(mostRows)
  readonly mother = new Int16Array(mostRows)
  /** [rows, 2] numbers of lines, 0 for none */
  readonly colour = new Uint16Array(2 * mostRows)
  readonly momenta = new Float64Array(4 * mostRows)
  count = 0
  private lines = 0

  clear(): void {
    this.count = 0
    this.lines = 0
  }

  /** A line of colour that nothing has yet. */
  newLine(): number {
    return ++this.lines
  }

  /** @returns its row */
  add(
    id: number,
    status: number,
    mother: number,
    colour: number,
    anticolour: number,
    momenta: Float64Array,
    at: number,
  ): number {
    const row = this.count++
    this.ids[row] = id
    this.status[row] = status
    this.mother[row] = mother
    this.colour[2 * row] = colour
    this.colour[2 * row + 1] = anticolour
    this.lines = Math.max(this.lines, colour, anticolour)
    for (let k = 0; k < 4; k++) this.momenta[4 * row + k] = momenta[at + k]
    return row
  }

  /** A product of row `mother`, which is marked as decayed. */
  addProduct(
    id: number,
    mother: number,
    colour: number,
    anticolour: number,
    momenta: Float64Array,
    at: number,
  ): number {
    this.status[mother] = particleStatus.decayed
    return this.add(id, particleStatus.final, mother, colour, anticolour, momenta, at)
  }

  /** All rows, boosted along z. */
  write(writer: PartonEventWriter, rapidity: number): void {
    const cosh = Math.cosh(rapidity)
    const sinh = Math.sinh(rapidity)
    const { momenta, colour } = this
    for (let row = 0; row < this.count; row++) {
      const at = 4 * row
      const E = momenta[at]
      momenta[at] = cosh * E + sinh * momenta[at + 3]
      momenta[at + 3] = sinh * E + cosh * momenta[at + 3]
      writer.add(
        this.ids[row],
        this.status[row],
        this.mother[row],
        tag(colour[2 * row]),
        tag(colour[2 * row + 1]),
        momenta,
        at,
      )
    }
  }
}

const tag = (line: number): number => (line === 0 ? 0 : firstColourTag - 1 + line)
