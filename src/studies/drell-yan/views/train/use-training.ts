import { use } from 'react'
import type { TrainingActions } from '../../state/training-actions.ts'
import { useDrellYan } from '../context.tsx'

/** Suspends while the code of the actions is on its way. */
export function useTrainingActions(): TrainingActions {
  return use(useDrellYan().openTraining())
}
