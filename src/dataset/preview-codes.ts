/** A grid for the numbers of each column: value = offset + step * code, codes of `bits` bits. */
export interface PreviewScale {
  bits: number // 1 to 16
  offset: number[] // [columns]
  step: number[] // [columns]
}

/** Rows of codes, the highest bit first, each row filled up to whole bytes. */
export interface Codes extends PreviewScale {
  packed: Uint8Array // [rows, bytesPerRow]
}

export const bytesPerRow = (columns: number, bits: number): number => Math.ceil((columns * bits) / 8)

/**
 * Numbers on a grid between the least and the largest of each column: off by half a step at most.
 *
 * @param values  [rows, columns] row-major, finite
 */
export function quantise(values: ArrayLike<number>, columns: number, bits: number): Codes {
  const most = 2 ** bits - 1
  const least = new Array<number>(columns).fill(Infinity)
  const largest = new Array<number>(columns).fill(-Infinity)
  for (let i = 0; i < values.length; i++) {
    const c = i % columns
    if (values[i] < least[c]) least[c] = values[i]
    if (values[i] > largest[c]) largest[c] = values[i]
  }
  const offset = least.map((value) => (Number.isFinite(value) ? value : 0))
  const step = offset.map((value, c) => Math.max(0, (largest[c] - value) / most))
  const width = bytesPerRow(columns, bits)
  const rows = values.length / columns
  const packed = new Uint8Array(rows * width)
  for (let row = 0; row < rows; row++) {
    let at = row * width
    let held = 0 // bits not written yet, fewer than 8 + bits
    let count = 0
    for (let c = 0; c < columns; c++) {
      const code = step[c] > 0 ? Math.round((values[row * columns + c] - offset[c]) / step[c]) : 0
      held = (held << bits) | Math.min(most, code)
      for (count += bits; count >= 8; count -= 8) packed[at++] = held >>> (count - 8)
      held &= (1 << count) - 1
    }
    if (count > 0) packed[at] = held << (8 - count)
  }
  return { bits, offset, step, packed }
}

/**
 * The numbers of whole rows of codes, in single precision.
 *
 * @returns [rows, columns] row-major
 */
export function dequantise(packed: Uint8Array, { bits, offset, step }: PreviewScale): Float32Array {
  const columns = offset.length
  const width = bytesPerRow(columns, bits)
  const rows = packed.length / width
  const values = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    let at = row * width
    let held = 0
    let count = 0
    for (let c = 0; c < columns; c++) {
      for (; count < bits; count += 8) held = (held << 8) | packed[at++]
      count -= bits
      values[row * columns + c] = offset[c] + step[c] * (held >>> count)
      held &= (1 << count) - 1
    }
  }
  return values
}
