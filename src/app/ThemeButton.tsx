import { useCallback, useEffect, useState } from 'react'

export type ThemeChoice = 'system' | 'light' | 'dark'

export interface ThemeState {
  choice: ThemeChoice
  toggle: () => void
}

const storageKey = 'theoryscape-theme'
const order: ThemeChoice[] = ['system', 'light', 'dark']

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(storageKey)
    return order.find((choice) => choice === value) ?? 'system'
  } catch {
    return 'system' // storage may be blocked; the choice then lasts for this visit
  }
}

/** Light, dark, or as the system says. A personal setting: it does not travel in links. */
export function useTheme(): ThemeState {
  const [choice, setChoice] = useState(stored)
  useEffect(() => {
    if (choice === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = choice
    try {
      localStorage.setItem(storageKey, choice)
    } catch {
      // blocked storage: nothing to remember
    }
  }, [choice])
  const toggle = useCallback(() => setChoice((now) => order[(order.indexOf(now) + 1) % order.length]), [])
  return { choice, toggle }
}

export function ThemeButton({ theme }: { theme: ThemeState }) {
  return (
    <button type="button" className="button button-quiet wide-only" onClick={theme.toggle}>
      Theme: {theme.choice}
    </button>
  )
}
