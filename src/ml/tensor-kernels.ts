/**
 * The TensorFlow.js kernels that gradients on tensors call, and no others: the page's build leaves the rest of each
 * backend out (`vite.config.ts`), half of their bytes. Names are those of tfjs-core. An operation that is not here
 * works in commands and tests and fails in the page, so `tensor-kernels.test.ts` holds the list against what all
 * losses and engines really call.
 */
export const tensorKernels: readonly string[] = [
  'Abs',
  'Add',
  'BatchMatMul',
  'Concat',
  'Exp',
  'Fill',
  'Log',
  'Log1p',
  'Max',
  'Maximum',
  'Mean',
  'Multiply',
  'Neg',
  'OnesLike',
  'RealDiv',
  'Relu',
  'Reshape',
  'Rsqrt',
  'Sigmoid',
  'Softmax',
  'Sqrt',
  'Square',
  'Step',
  'Sub',
  'Sum',
  'Transpose',
]
