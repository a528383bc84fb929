import { AppError } from '../errors.ts'

export interface Region {
  name: string
  /** Byte offset from the map's base, and length. */
  start: number
  bytes: number
}

/**
 * Lays regions one after the other, each aligned to 16 bytes (a v128), and knows them by name. Nothing is freed or
 * shared: overlapping scratch gives numbers that are wrong by per cents and look right.
 */
export class MemoryMap {
  private readonly known = new Map<string, Region>()
  private end = 0

  /** @returns byte offset of the region */
  reserve(name: string, bytes: number): number {
    if (this.known.has(name) || !Number.isInteger(bytes) || bytes < 0)
      throw new AppError(
        'input/invalid',
        `Region "${name}" of ${bytes} bytes cannot be laid out: names are given once, sizes are whole and not negative.`,
      )
    const start = this.end
    this.known.set(name, { name, start, bytes })
    this.end = start + Math.ceil(bytes / 16) * 16
    return start
  }

  start(name: string): number {
    const region = this.known.get(name)
    if (!region) throw new AppError('input/invalid', `There is no region "${name}" in the memory map.`)
    return region.start
  }

  /** Bytes of all regions together. */
  get bytes(): number {
    return this.end
  }

  regions(): Region[] {
    return [...this.known.values()]
  }
}
