import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { AppActions } from '../core/app-actions.ts'
import type { AppState } from '../core/app-state.ts'
import type { AppStore } from '../core/app-store.ts'

export interface Shell {
  store: AppStore
  actions: AppActions
  /** Takes files wherever they came in, and folders as they were dropped. */
  drop: (files: readonly File[], folders?: readonly FileSystemDirectoryEntry[]) => Promise<void>
}

export const ShellContext = createContext<Shell | null>(null)

export function useShellStore(): AppStore {
  return useShellContext().store
}

export function useShellActions(): AppActions {
  return useShellContext().actions
}

/** Takes files for the page as a whole; null for parts that are drawn by themselves. */
export function useShellDrop(): Shell['drop'] | null {
  return useContext(ShellContext)?.drop ?? null
}

/** A part of the page's whole state, whatever the study. */
export function useShell<T>(selector: (state: AppState) => T): T {
  return useStore(useShellContext().store, selector)
}

function useShellContext(): Shell {
  const value = useContext(ShellContext)
  if (!value) throw new Error('this part of the page needs a ShellContext above it')
  return value
}
