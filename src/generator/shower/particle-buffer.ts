/** Particles of one event as structure of arrays; grows as needed and is used again for the next event. */
export class ParticleBuffer {
  count = 0
  /** [rows] PDG */
  ids = new Int32Array(256)
  /** [rows, 4] E, px, py, pz [GeV] */
  momenta = new Float64Array(1024)

  clear(): void {
    this.count = 0
  }

  add(id: number, e: number, px: number, py: number, pz: number): void {
    const row = this.count++
    if (row === this.ids.length) {
      const [ids, momenta] = [this.ids, this.momenta]
      this.ids = new Int32Array(2 * ids.length)
      this.ids.set(ids)
      this.momenta = new Float64Array(2 * momenta.length)
      this.momenta.set(momenta)
    }
    this.ids[row] = id
    const at = 4 * row
    this.momenta[at] = e
    this.momenta[at + 1] = px
    this.momenta[at + 2] = py
    this.momenta[at + 3] = pz
  }
}
