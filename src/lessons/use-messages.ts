import { createContext, useContext, useEffect, useState } from 'react'
import { useShell } from '../ui/shell-context.tsx'
import { chosenLanguage, filled, loadMessages, type Messages } from './messages/messages.ts'
import type { Values } from './lesson.ts'

/** A text by its name, with values for the names in braces; undefined where there is none. */
export type Say = (name: string, values?: Values) => string

export const SayContext = createContext<Say>((name) => name)

export const useSay = (): Say => useContext(SayContext)

/** Texts in the language of the link or the browser; null while they come. */
export function useMessages(): { language: string; say: Say; has: (name: string) => boolean } | null {
  const asked = useShell((state) => state.intent.learn.language)
  const language = chosenLanguage(asked, navigator.languages)
  const [loaded, setLoaded] = useState<{ language: string; messages: Messages } | null>(null)
  useEffect(() => {
    let current = true
    void loadMessages(language).then((messages) => current && setLoaded({ language, messages }))
    return () => {
      current = false
    }
  }, [language])
  // Those of before stay until the new ones are there.
  if (!loaded) return null
  const texts = new Map(Object.entries(loaded.messages))
  return {
    language: loaded.language,
    say: (name, values = {}) => filled(texts.get(name) ?? name, values),
    has: (name) => texts.has(name),
  }
}
