import { createContext, useContext, type ComponentType } from 'react'
import { useStore } from 'zustand'
import type { OpenStudy } from '../core/open-studies.ts'
import type { StudyParts } from '../core/study.ts'
import type { Loadable } from '../core/loadable.ts'
import type { SeenState, StudyStore } from '../core/study-store.ts'
import { UntilReady } from './common/UntilReady.tsx'

/** The study whose view is drawn; the shell puts it above the view. */
export const StudyContext = createContext<OpenStudy | null>(null)

function useOpenStudy(): OpenStudy {
  const value = useContext(StudyContext)
  if (!value) throw new Error('a view of a study needs a StudyContext above it')
  return value
}

/** Hooks of one study's views, typed by its parts. */
export function studyHooks<P extends StudyParts>() {
  type Selector<T> = (state: SeenState<P['intent'], P['state']>) => T

  function useStudyState<T>(selector: Selector<T>): T {
    // The shell puts a study's own context above its own views.
    return useStore(useOpenStudy().context.store as StudyStore<P['intent'], P['state']>, selector)
  }

  return {
    /** What the study's `open` gave. */
    useStudy: (): P['handle'] => useOpenStudy().handle as P['handle'],
    /** A part of the state; the component draws again when that part changes identity. */
    useStudyState,
    /** A view of a product; until it is there, a panel of that title says how far it is, or why it did not come. */
    viewOf: <T extends object>(select: Selector<Loadable<T>>, title: string, View: ComponentType<T>) =>
      function ViewOfProduct() {
        return (
          <UntilReady title={title} answer={useStudyState(select)}>
            {(value) => <View {...value} />}
          </UntilReady>
        )
      },
  }
}
