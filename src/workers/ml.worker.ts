import { serveStudies, type LoadHandlers } from './serve-studies.ts'

// Networks in training, on TensorFlow.js and our kernels, of every study.
serveStudies(
  self as unknown as DedicatedWorkerGlobalScope,
  import.meta.glob<Awaited<ReturnType<LoadHandlers>>>('../studies/*/ml-handlers.ts', {
    import: 'handlers',
  }),
)
