import { subscribeWithSelector } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import type { AppIntent, AppState } from './app-state.ts'

export type AppStore = ReturnType<typeof createAppStore>

/** The one store of the page. Studies see their own part of it (study-store.ts). */
export function createAppStore(intent: AppIntent, parts: AppState['parts']) {
  return createStore<AppState>()(
    subscribeWithSelector((): AppState => ({
      intent,
      past: [],
      future: [],
      notices: [],
      notSaved: false,
      parts,
    })),
  )
}
