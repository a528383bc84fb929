import type { BackendChoice } from '../../ml/training-config.ts'

/** One name for each engine, wherever it is said. */
export const engineLabels: Record<BackendChoice, string> = {
  auto: 'fastest that agrees',
  webgpu: 'TensorFlow.js WebGPU',
  webgl: 'TensorFlow.js WebGL',
  kernels: 'own SIMD kernels (WebAssembly)',
  wasm: 'TensorFlow.js WebAssembly',
  cpu: 'TensorFlow.js CPU',
}

/** For names that come from a worker, where only known ones are expected. */
export function engineName(id: string): string {
  return Object.hasOwn(engineLabels, id) ? engineLabels[id as BackendChoice] : id
}
