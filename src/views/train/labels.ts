import type { Intent } from '../../share/schema.ts'

type Training = Intent['training']

/** One name for each loss and each engine, wherever it is said. */
export const lossLabels: Record<Training['loss'], string> = {
  'supcon-euclidean': 'SupCon, Euclidean',
  'supcon-cosine': 'SupCon, cosine',
  pair: 'pair loss with margin',
}

export const engineLabels: Record<Training['backend'], string> = {
  auto: 'fastest that agrees',
  webgpu: 'TensorFlow.js WebGPU',
  webgl: 'TensorFlow.js WebGL',
  kernels: 'own SIMD kernels (WebAssembly)',
  wasm: 'TensorFlow.js WebAssembly',
  cpu: 'TensorFlow.js CPU',
}

/** For names that come from a worker, where only known ones are expected. */
export function engineName(id: string): string {
  return Object.hasOwn(engineLabels, id) ? engineLabels[id as Training['backend']] : id
}
