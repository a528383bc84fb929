import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Actions } from '../state/actions.ts'
import type { AnomalyActions } from '../state/anomaly-actions.ts'
import type { AppState } from '../state/app-state.ts'
import type { Store } from '../state/create-app-store.ts'
import type { ClassificationActions } from '../state/classification-actions.ts'
import type { FitActions } from '../state/fit-actions.ts'
import type { FileActions } from '../state/file-actions.ts'
import type { LatentActions } from '../state/latent-actions.ts'
import type { TrainingActions } from '../state/training-actions.ts'

export interface AppContextValue {
  store: Store
  actions: Actions
  files: FileActions
  /** These give the same actions every time; their code comes with the first call. */
  openTraining: () => Promise<TrainingActions>
  openClassification: () => Promise<ClassificationActions>
  openLatent: () => Promise<LatentActions>
  openFit: () => Promise<FitActions>
  openAnomaly: () => Promise<AnomalyActions>
}

export const AppContext = createContext<AppContextValue | null>(null)

export function useApp(): AppContextValue {
  const value = useContext(AppContext)
  if (!value) throw new Error('useApp needs an AppContext above it')
  return value
}

/** A part of the state; the component draws again when that part changes identity. */
export function useAppState<T>(selector: (state: AppState) => T): T {
  return useStore(useApp().store, selector)
}
