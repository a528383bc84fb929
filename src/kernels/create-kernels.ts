import { EventColumns } from './event-columns.ts'
import { NearestRows, type RowTable } from './nearest-rows.ts'
import { NetworkKernel } from './network-kernel.ts'
import type { NetworkSpec } from './network-spec.ts'

/** The compiled kernels. Each network or table gets an instance, and a memory, of its own. */
export interface Kernels {
  /** Four lanes at a time; else the same code with one. */
  readonly simd: boolean
  createNetwork(spec: NetworkSpec): NetworkKernel
  /** Log-likelihood sums and polynomial weights over events. */
  createEventColumns(columns: readonly ArrayLike<number>[]): EventColumns
  createNearestRows(table: RowTable): NearestRows
}

/**
 * A function of one instruction, v128.const: engines without SIMD128 refuse the module.
 * (type () -> v128) (func v128.const 0 end)
 */
const simdProbe = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 22, 1, 20, 0, 253, 12, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11,
])

export function hasSimd(): boolean {
  return WebAssembly.validate(simdProbe)
}

/**
 * @param source  bytes of kernels.wasm or kernels-scalar.wasm, or the compiled module
 * @param simd    which of the two it is
 */
export async function createKernels(
  source: BufferSource | WebAssembly.Module,
  simd = hasSimd(),
): Promise<Kernels> {
  const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source)
  return {
    simd,
    createNetwork: (spec) => new NetworkKernel(module, spec),
    createEventColumns: (columns) => new EventColumns(module, columns),
    createNearestRows: (table) => new NearestRows(module, table),
  }
}
