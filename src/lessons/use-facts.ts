import { useEffect, useMemo, useState } from 'react'
import type { Facts } from '../core/facts.ts'
import type { Study } from '../core/study.ts'
import { createStudyStore } from '../core/study-store.ts'
import { useStore } from 'zustand'
import { useShellStore } from '../ui/shell-context.tsx'

const none: Facts = {}

type FactsOf = NonNullable<Awaited<ReturnType<NonNullable<Study['facts']>>>>

/** What a study says of itself on the page as it is now; nothing until it can. */
export function useFacts(studies: readonly Study[], id: string): Facts {
  const app = useShellStore()
  const store = useMemo(() => createStudyStore(app, id), [app, id])
  const [known, setKnown] = useState<{ id: string; facts: FactsOf } | null>(null)
  useEffect(() => {
    let current = true
    const study = studies.find((each) => each.id === id)
    void study?.facts?.().then((facts) => current && setKnown({ id, facts }))
    return () => {
      current = false
    }
  }, [studies, id])
  const state = useStore(store)
  return useMemo(() => (known?.id === id ? known.facts.of(state) : none), [known, id, state])
}
