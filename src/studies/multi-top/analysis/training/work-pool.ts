import { createTransformerBackend } from '../../../../ml/transformer/create-transformer-backend.ts'
import {
  answerWork,
  type TransformerAnswer,
  type TransformerWork,
} from '../../../../ml/transformer/shared-backend.ts'
import type { TransformerBackend } from '../../../../ml/transformer/transformer-backend.ts'
import type { TransformerSpec } from '../../../../ml/transformer/transformer-spec.ts'

/** A part of a step, for one of several workers. */
export interface SharedWork {
  spec: TransformerSpec
  work: TransformerWork
}

let made: { spec: string; backend: Promise<TransformerBackend> } | undefined

/** Does such a part on a kernel that stays from step to step. @throws AppError 'ml/backend-unavailable' without SIMD128 */
export async function doSharedWork({ spec, work }: SharedWork): Promise<TransformerAnswer> {
  const name = JSON.stringify(spec)
  if (made?.spec !== name) made = { spec: name, backend: createTransformerBackend('kernels', spec) }
  return answerWork(await made.backend, work)
}
