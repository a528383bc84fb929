import { useEffect, useState } from 'react'
import { readFigureTheme, type FigureTheme } from './figure-theme.ts'

/** The figure colours in force, following the system setting, the data-theme attribute and forced colours. */
export function useFigureTheme(): FigureTheme {
  const [theme, setTheme] = useState(() => readFigureTheme())

  useEffect(() => {
    const update = () => setTheme(readFigureTheme())
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((q) => matchMedia(q))
    for (const query of queries) query.addEventListener('change', update)
    const observer = new MutationObserver(update)
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    return () => {
      for (const query of queries) query.removeEventListener('change', update)
      observer.disconnect()
    }
  }, [])

  return theme
}
