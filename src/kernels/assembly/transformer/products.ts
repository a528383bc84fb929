// Dense products on matrices whose rows and columns come in fours. The register tile is 4 rows x 8 columns.

/** A[row, k] lies at a + row * aRow + k * aStep; one of the two strides is a literal 4 after inlining. */
// @ts-ignore: decorator
@inline
function tile8(a: usize, aRow: usize, aStep: usize, depth: i32, b: usize, bRow: usize, c: usize, cRow: usize, bias: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  if (bias) {
    c00 = v128.load(bias)
    c01 = v128.load(bias, 16)
  }
  let c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01
  let a1 = a + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  for (; depth > 0; depth--) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    let x = v128.load32_splat(a)
    c00 = f32x4.add(c00, f32x4.mul(x, b0))
    c01 = f32x4.add(c01, f32x4.mul(x, b1))
    x = v128.load32_splat(a1)
    c10 = f32x4.add(c10, f32x4.mul(x, b0))
    c11 = f32x4.add(c11, f32x4.mul(x, b1))
    x = v128.load32_splat(a2)
    c20 = f32x4.add(c20, f32x4.mul(x, b0))
    c21 = f32x4.add(c21, f32x4.mul(x, b1))
    x = v128.load32_splat(a3)
    c30 = f32x4.add(c30, f32x4.mul(x, b0))
    c31 = f32x4.add(c31, f32x4.mul(x, b1))
    b += bRow
    a += aStep
    a1 += aStep
    a2 += aStep
    a3 += aStep
  }
  storeTwo(c, c00, c01, accumulate)
  c += cRow
  storeTwo(c, c10, c11, accumulate)
  c += cRow
  storeTwo(c, c20, c21, accumulate)
  c += cRow
  storeTwo(c, c30, c31, accumulate)
}

// @ts-ignore: decorator
@inline
function storeTwo(c: usize, x: v128, y: v128, accumulate: bool): void {
  if (accumulate) {
    x = f32x4.add(x, v128.load(c))
    y = f32x4.add(y, v128.load(c, 16))
  }
  v128.store(c, x)
  v128.store(c, y, 16)
}

// @ts-ignore: decorator
@inline
function tile4(a: usize, aRow: usize, aStep: usize, depth: i32, b: usize, bRow: usize, c: usize, cRow: usize, bias: usize, accumulate: bool): void {
  let c0 = bias ? v128.load(bias) : f32x4.splat(0)
  let c1 = c0, c2 = c0, c3 = c0
  let a1 = a + aRow
  let a2 = a1 + aRow
  let a3 = a2 + aRow
  for (; depth > 0; depth--) {
    const b0 = v128.load(b)
    c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a), b0))
    c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(a1), b0))
    c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(a2), b0))
    c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(a3), b0))
    b += bRow
    a += aStep
    a1 += aStep
    a2 += aStep
    a3 += aStep
  }
  storeOne(c, c0, accumulate)
  c += cRow
  storeOne(c, c1, accumulate)
  c += cRow
  storeOne(c, c2, accumulate)
  c += cRow
  storeOne(c, c3, accumulate)
}

// @ts-ignore: decorator
@inline
function storeOne(c: usize, x: v128, accumulate: bool): void {
  v128.store(c, accumulate ? f32x4.add(x, v128.load(c)) : x)
}

// @ts-ignore: decorator
@inline
function product(a: usize, aRow: usize, aStep: usize, depth: i32, b: usize, bRow: usize, c: usize, cRow: usize, rows: i32, columns: i32, bias: usize, accumulate: bool): void {
  const width: usize = <usize>columns << 2
  let column: usize = 0
  for (; column + 32 <= width; column += 32)
    for (let row: usize = 0; row < <usize>rows; row += 4)
      tile8(a + row * aRow, aRow, aStep, depth, b + column, bRow, c + row * cRow + column, cRow, bias ? bias + column : 0, accumulate)
  if (column < width)
    for (let row: usize = 0; row < <usize>rows; row += 4)
      tile4(a + row * aRow, aRow, aStep, depth, b + column, bRow, c + row * cRow + column, cRow, bias ? bias + column : 0, accumulate)
}

/**
 * C[rows, columns] = A[rows, depth] B[depth, columns] + bias, or added to what C holds.
 *
 * @param aRow, bRow, cRow  bytes between rows
 * @param bias              [columns], or 0 for none
 */
export function dense(a: usize, aRow: usize, depth: i32, b: usize, bRow: usize, c: usize, cRow: usize, rows: i32, columns: i32, bias: usize): void {
  product(a, aRow, 4, depth, b, bRow, c, cRow, rows, columns, bias, false)
}

export function denseAdded(a: usize, aRow: usize, depth: i32, b: usize, bRow: usize, c: usize, cRow: usize, rows: i32, columns: i32, bias: usize): void {
  product(a, aRow, 4, depth, b, bRow, c, cRow, rows, columns, bias, true)
}

/** C[rows, columns] += Aᵀ B with A[depth, rows], B[depth, columns]: the gradient of a matrix. */
export function transposedAdded(a: usize, aRow: usize, depth: i32, b: usize, bRow: usize, c: usize, cRow: usize, rows: i32, columns: i32): void {
  product(a, 4, aRow, depth, b, bRow, c, cRow, rows, columns, 0, true)
}

/** C[rows, columns] = Aᵀ B. */
export function transposed(a: usize, aRow: usize, depth: i32, b: usize, bRow: usize, c: usize, cRow: usize, rows: i32, columns: i32): void {
  product(a, 4, aRow, depth, b, bRow, c, cRow, rows, columns, 0, false)
}

/** to[columns, rows] = from[rows, columns]; `toRow` bytes between rows of `to`. */
export function transpose(from: usize, fromRow: usize, rows: i32, columns: i32, to: usize, toRow: usize): void {
  for (let i: usize = 0; i < <usize>rows; i++)
    for (let j: usize = 0; j < <usize>columns; j++)
      store<f32>(to + j * toRow + (i << 2), load<f32>(from + i * fromRow + (j << 2)))
}

/** sums[columns] += column sums of B[rows, columns], rows side by side. */
export function addColumnSums(b: usize, rows: i32, columns: i32, sums: usize): void {
  const width: usize = <usize>columns << 2
  for (let column: usize = 0; column < width; column += 16) {
    let s = v128.load(sums + column)
    let from = b + column
    for (let row = 0; row < rows; row++) {
      s = f32x4.add(s, v128.load(from))
      from += width
    }
    v128.store(sums + column, s)
  }
}
