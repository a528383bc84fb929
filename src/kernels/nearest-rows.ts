import { AppError } from '../errors.ts'
import { KernelInstance } from './wasm-instance.ts'

export interface RowTable {
  /** [rows, columns] row-major. */
  values: Float32Array
  columns: number
  /**
   * 'euclidean', after the map if one is given; 'cosine': 1 - cosine of the angle, after the map too.
   */
  metric?: 'euclidean' | 'cosine'
  /**
   * [columns, mapped] row-major: rows are compared as x · map. With map = L^-T of a covariance L L^T the distance is
   * Mahalanobis'.
   */
  map?: { matrix: ArrayLike<number>; mapped: number }
}

export interface Neighbours {
  /** Neighbours per query: the number asked for, or all rows if that is less. */
  k: number
  rows: Int32Array // [queries, k], nearest first, equal distances by index
  distances: Float64Array // [queries, k]
}

/** Exact nearest rows of a table, by brute force over float32 rows; distances are taken in float64. */
export class NearestRows {
  readonly rows: number
  private readonly instance: KernelInstance
  private readonly table: RowTable
  private readonly address: number

  /** @throws AppError 'data/corrupt' with row and column where a value is not finite; zero rows have no cosine */
  constructor(module: WebAssembly.Module, table: RowTable) {
    const { values, columns, map } = table
    this.table = { ...table, values: new Float32Array(0) }
    this.rows = this.countRows(values)
    this.instance = new KernelInstance(module)
    if (map) this.putMap(map)
    const compared = map?.mapped ?? columns
    this.address = this.instance.exports.reserveTable(this.rows, compared) >>> 0
    if (!this.address)
      throw this.instance.outOfMemory(this.rows * (compared * 6 + 32), `${this.rows} rows of ${compared}`)
    this.load(values, this.rows, this.address, 'Row')
    this.instance.exports.finishTable()
  }

  /**
   * @param queries  [count, columns] row-major
   * @param exclude  per query the index of a row to leave out (itself, say), or -1
   */
  nearest(queries: Float32Array, k: number, exclude?: ArrayLike<number>): Neighbours {
    if (!Number.isInteger(k) || k < 1)
      throw new AppError('input/invalid', `Ask for at least 1 neighbour, not ${k}.`, { k })
    const count = this.countRows(queries)
    const found = Math.min(exclude ? k + 1 : k, this.rows)
    const kept = Math.min(k, exclude ? this.rows - 1 : this.rows)
    const { instance } = this
    const result = {
      k: Math.max(kept, 0),
      rows: new Int32Array(Math.max(kept, 0) * count),
      distances: new Float64Array(Math.max(kept, 0) * count),
    }
    if (found === 0 || count === 0) return result
    const at = instance.slot('queries', 4 * (count + 3) * instance.exports.tableWidth())
    const rowsAt = instance.slot('rows', 4 * count * found)
    const squaresAt = instance.slot('squares', 8 * count * found)
    this.load(queries, count, at, 'Query')
    if (!instance.exports.nearest(at, count, found, rowsAt, squaresAt))
      throw instance.outOfMemory(12 * found, `${found} neighbours`)
    const rows = instance.i32(rowsAt, count * found)
    const squares = instance.f64(squaresAt, count * found)
    for (let q = 0; q < count; q++)
      for (let i = 0, to = 0; i < found && to < kept; i++) {
        const from = q * found + i
        if (exclude && rows[from] === exclude[q]) continue
        result.rows[q * kept + to] = rows[from]
        // On the unit sphere |u - v|² = 2 (1 - u·v).
        result.distances[q * kept + to] =
          this.table.metric === 'cosine' ? squares[from] / 2 : Math.sqrt(squares[from])
        to++
      }
    return result
  }

  private countRows(values: Float32Array): number {
    const { columns } = this.table
    if (!Number.isInteger(columns) || columns < 1 || values.length % columns !== 0)
      throw new AppError(
        'data/mismatch',
        `Rows of ${columns} numbers cannot make up ${values.length} numbers. Give whole rows.`,
        { columns, length: values.length },
      )
    return values.length / columns
  }

  private putMap({ matrix, mapped }: { matrix: ArrayLike<number>; mapped: number }): void {
    const { columns } = this.table
    if (matrix.length !== columns * mapped)
      throw new AppError(
        'data/mismatch',
        `A map from ${columns} to ${mapped} columns has ${columns * mapped} numbers, got ${matrix.length}.`,
        { columns, mapped, length: matrix.length },
      )
    const height = 4 * Math.ceil(columns / 4)
    const panels = new Float32Array(Math.ceil(mapped / 8) * height * 8)
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < mapped; j++)
        panels[(j >> 3) * height * 8 + i * 8 + (j & 7)] = matrix[i * mapped + j]
    this.instance.put('map', panels)
  }

  /** Copies rows in, mapped and normalised; in pieces, since a mapped row needs its original only once. */
  private load(values: Float32Array, rows: number, to: number, name: string): void {
    const { instance } = this
    const { columns, map, metric } = this.table
    for (let i = 0; i < values.length; i++)
      if (!Number.isFinite(values[i]))
        throw new AppError(
          'data/corrupt',
          `${name} ${Math.floor(i / columns)} has ${values[i]} in column ${i % columns}; neighbours need finite numbers. Remove the row.`,
          { row: Math.floor(i / columns), column: i % columns },
        )
    const width = instance.exports.tableWidth()
    if (!map) {
      const padded = instance.f32(to, rows * width).fill(0)
      if (width === columns) padded.set(values)
      else
        for (let i = 0; i < rows; i++) padded.set(values.subarray(i * columns, (i + 1) * columns), i * width)
    } else {
      const piece = 1024
      const staged = instance.slot('piece', 4 * piece * columns)
      for (let from = 0; from < rows; from += piece) {
        const count = Math.min(piece, rows - from)
        const input = instance.f32(staged, piece * columns)
        input.fill(0).set(values.subarray(from * columns, (from + count) * columns))
        const fours = 4 * Math.ceil(count / 4)
        instance.exports.mapRows(
          staged,
          fours,
          columns,
          instance.slot('map', 0),
          width,
          to + 4 * from * width,
        )
      }
    }
    if (metric !== 'cosine') return
    const zero = instance.exports.normaliseRows(to, rows)
    if (zero >= 0)
      throw new AppError(
        'data/corrupt',
        `${name} ${zero} is zero and has no direction to compare by cosine. Remove it or use the Euclidean metric.`,
        { row: zero },
      )
  }
}
