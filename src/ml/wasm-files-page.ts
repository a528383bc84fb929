import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'

/**
 * Where Vite puts the WebAssembly files, for initBackend() in a worker of the page. Absolute, since tfjs resolves
 * relative addresses against its own blob. The threaded build is never loaded (its flag is off), so it is not shipped.
 */
export function pageWasmFiles() {
  const absolute = (path: string): string => new URL(path, self.location.href).href
  return {
    'tfjs-backend-wasm.wasm': absolute(plain),
    'tfjs-backend-wasm-simd.wasm': absolute(simd),
    'tfjs-backend-wasm-threaded-simd.wasm': absolute(simd),
  }
}
