import { readAsset } from '../numerics/read-asset.ts'
import { createKernels, hasSimd, type Kernels } from './create-kernels.ts'

/** Where the two builds lie; `new URL` is what Vite turns into a file of the built site. */
export function kernelUrl(simd: boolean): URL {
  return simd ? new URL('./kernels.wasm', import.meta.url) : new URL('./kernels-scalar.wasm', import.meta.url)
}

/**
 * The compiled amplitude kernel for physics/amplitudes, or undefined on a machine without SIMD128, where the recursion
 * in TypeScript does the same.
 */
export async function loadAmplitudeKernel(): Promise<WebAssembly.Module | undefined> {
  if (!hasSimd()) return undefined
  return await WebAssembly.compile(await readAsset(new URL('./amplitudes.wasm', import.meta.url)))
}

/** The compiled transformer kernel, or undefined on a machine without SIMD128, where TensorFlow.js does the same. */
export async function loadTransformerKernel(): Promise<WebAssembly.Module | undefined> {
  if (!hasSimd()) return undefined
  return await WebAssembly.compile(await readAsset(new URL('./transformer.wasm', import.meta.url)))
}

/** The compiled forces of t-SNE, or undefined on a machine without SIMD128, where TypeScript does the same. */
export async function loadTsneKernel(): Promise<WebAssembly.Module | undefined> {
  if (!hasSimd()) return undefined
  return await WebAssembly.compile(await readAsset(new URL('./tsne.wasm', import.meta.url)))
}

/** The build that suits this machine, in the page, in a worker and in Node. */
export async function loadKernels(simd = hasSimd()): Promise<Kernels> {
  return createKernels(await readAsset(kernelUrl(simd)), simd)
}
