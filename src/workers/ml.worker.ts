import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import threadedWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import type { JobMap } from '../analysis/job-map.ts'
import { createMlHandlers } from '../analysis/ml-handlers.ts'
import { serveJobs } from '../jobs/serve-jobs.ts'

// Addresses as the build names them, absolute: tfjs resolves relative ones against its own blob.
const absolute = (path: string): string => new URL(path, self.location.href).href

const handlers = createMlHandlers({
  wasmFiles: {
    'tfjs-backend-wasm.wasm': absolute(plainWasm),
    'tfjs-backend-wasm-simd.wasm': absolute(simdWasm),
    'tfjs-backend-wasm-threaded-simd.wasm': absolute(threadedWasm),
  },
})

serveJobs<Pick<JobMap, keyof typeof handlers>>(self as unknown as DedicatedWorkerGlobalScope, handlers)
