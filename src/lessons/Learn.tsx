import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { glossary } from '../core/glossary.ts'
import { lessonPlace } from '../core/lesson-place.ts'
import type { Study } from '../core/study.ts'
import { lazyPart } from '../ui/common/lazy-part.tsx'
import { Progress } from '../ui/common/Progress.tsx'
import { useShell, useShellActions, useShellStore } from '../ui/shell-context.tsx'
import { beginsStep, beginStep } from './begin-step.ts'
import type { Lesson } from './lesson.ts'
import { LearnHome } from './LearnHome.tsx'
import { LessonPanel } from './LessonPanel.tsx'
import { lessons } from './lessons.ts'
import { SayContext, useMessages } from './use-messages.ts'
import './learn.css'

const Glossary = lazyPart(async () => (await import('./Glossary.tsx')).Glossary, null)

/** Lessons beside the app, the list of them in its place, and the glossary over it. */
export function Learn({ studies }: { studies: readonly Study[] }) {
  const messages = useMessages()
  const store = useShellStore()
  const actions = useShellActions()
  const place = useShell((state) => state.intent.learn.place)
  const term = useStore(glossary, (state) => state.term)
  const at = useMemo(() => lessonPlace(place), [place])
  const id = at?.lesson
  const [lesson, setLesson] = useState<Lesson | null>(null)
  useEffect(() => {
    let current = true
    const entry = lessons.find((each) => each.id === id)
    if (id && !entry) {
      actions.notify(
        'warning',
        `There is no lesson "${id}" here; there are ${lessons.map((each) => each.id).join(', ')}.`,
      )
      actions.learn({ place: 'list' })
    }
    void entry?.load().then((loaded) => current && setLesson(loaded))
    return () => {
      current = false
    }
  }, [id, actions])
  const open = lesson?.id === id ? lesson : null
  useEffect(() => {
    if (!open || !at || !beginsStep(window.location.hash)) return
    const { intent } = store.getState()
    beginStep({ studies, actions, intent }, open, Math.min(at.step, open.steps.length - 1))
  }, [open, at, actions, store, studies])
  if (!messages) return <Progress label="Opening the lessons" />
  return (
    <SayContext value={messages.say}>
      <div className="learn" lang={messages.language}>
        {place === 'list' && <LearnHome studies={studies} />}
        {open && <LessonPanel studies={studies} lesson={open} />}
        {term !== null && <Glossary term={term} />}
      </div>
    </SayContext>
  )
}
