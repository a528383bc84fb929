import { gaussLegendre } from '../../numerics/quadrature.ts'
import { lagrangeStencil, stencilSize, type XGrid } from './x-grid.ts'

/** Leading-order splitting as matrices on the nodes of a grid. */
export interface LoKernels {
  /** [node, node, 4] row-major: P_qq, P_gq, P_qg, P_gg without the nf part of P_gg's delta function. */
  readonly matrix: Float64Array
  /** [node] number of leading columns that can differ from zero in each row. */
  readonly columns: Int32Array
}

const cf = 4 / 3
const ca = 3
const tr = 1 / 2

const cache = new WeakMap<XGrid, LoKernels>()

/** Kernels of a grid, computed once. */
export function loKernels(grid: XGrid): LoKernels {
  let kernels = cache.get(grid)
  if (!kernels) {
    kernels = buildKernels(grid)
    cache.set(grid, kernels)
  }
  return kernels
}

/** Gauss points in ln x, panel by panel from x = 1 down, each with its stencil. */
interface Points {
  perPanel: number
  logs: Float64Array
  measures: Float64Array
  firsts: Int32Array
  stencils: Float64Array // [point, 6] row-major
}

function quadraturePoints(grid: XGrid): Points {
  const { x } = grid
  const perPanel = 4
  const { nodes, weights } = gaussLegendre(perPanel)
  const total = perPanel * (x.length - 1)
  const points: Points = {
    perPanel,
    logs: new Float64Array(total),
    measures: new Float64Array(total),
    firsts: new Int32Array(total),
    stencils: new Float64Array(total * stencilSize),
  }
  const stencil = new Float64Array(stencilSize)
  for (let k = 0; k < total; k++) {
    const panel = Math.floor(k / perPanel)
    const upper = Math.log(x[panel])
    const lower = Math.log(x[panel + 1])
    points.logs[k] = 0.5 * (upper + lower) + 0.5 * (upper - lower) * nodes[k % perPanel]
    points.measures[k] = 0.5 * (upper - lower) * weights[k % perPanel]
    points.firsts[k] = lagrangeStencil(grid, Math.exp(points.logs[k]), stencil)
    points.stencils.set(stencil, k * stencilSize)
  }
  return points
}

/**
 * int_x^1 dz P(z) F(x/z) for F = x f as a matrix acting on the values of F at the nodes.
 *
 * P_qq = C_F [(1+z^2)/(1-z)]_+, P_gq = C_F (1+(1-z)^2)/z, P_qg = T_R (z^2+(1-z)^2) per quark or antiquark,
 * P_gg = 2 C_A [z/(1-z)_+ + (1-z)/z + z(1-z)] + delta(1-z) (11 C_A - 4 nf T_R)/6
 * (Altarelli, Parisi, Nucl. Phys. B126 (1977) 298).
 */
function buildKernels(grid: XGrid): LoKernels {
  const nodes = grid.x.length
  const points = quadraturePoints(grid)
  const matrix = new Float64Array(nodes * nodes * 4)
  const columns = new Int32Array(nodes)
  for (let row = 1; row < nodes; row++) {
    fillRow(matrix, row, nodes, grid.x[row], points)
    columns[row] = Math.min(nodes, Math.max(stencilSize, row + 3))
  }
  return { matrix, columns }
}

/**
 * One row, at x. Under the plus prescription [g(z) F(x/z) - g(1) F(x)]/(1-z) is smooth, so the same points
 * serve for both parts of it; what is left of it is g(1) F(x) ln(1-x).
 */
function fillRow(matrix: Float64Array, row: number, nodes: number, x: number, points: Points): void {
  const { perPanel, logs, measures, firsts, stencils } = points
  const logX = Math.log(x)
  const offset = row * nodes * 4
  let subtraction = 0
  for (let k = 0; k < perPanel * row; k++) {
    const z = Math.exp(logX - logs[k])
    const rest = -Math.expm1(logX - logs[k])
    const dz = measures[k] * z
    const singular = dz / rest
    subtraction += singular
    const qq = cf * (1 + z * z) * singular
    const gq = (dz * cf * (1 + rest * rest)) / z
    const qg = dz * tr * (z * z + rest * rest)
    const gg = 2 * ca * (z * singular + dz * (rest / z + z * rest))
    for (let j = 0; j < stencilSize; j++) {
      const weight = stencils[k * stencilSize + j]
      const at = offset + (firsts[k] + j) * 4
      matrix[at] += qq * weight
      matrix[at + 1] += gq * weight
      matrix[at + 2] += qg * weight
      matrix[at + 3] += gg * weight
    }
  }
  const atOne = Math.log1p(-x) - subtraction
  matrix[offset + row * 4] += cf * (2 * atOne + 3 / 2)
  matrix[offset + row * 4 + 3] += ca * (2 * atOne + 11 / 6)
}
