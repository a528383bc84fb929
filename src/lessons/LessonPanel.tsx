import { useEffect, useRef, useState } from 'react'
import { lessonPlace } from '../core/lesson-place.ts'
import type { Study } from '../core/study.ts'
import { useShell, useShellActions, useShellStore } from '../ui/shell-context.tsx'
import { beginStep, startOf } from './begin-step.ts'
import { merged } from './merged.ts'
import { keepPlace } from './kept-places.ts'
import type { Lesson } from './lesson.ts'
import { LessonQuestion } from './LessonQuestion.tsx'
import { LessonText } from './LessonText.tsx'
import { useFacts } from './use-facts.ts'
import { useSay } from './use-messages.ts'

/** The text of a step beside the live app: what to do, what to predict, and whether it was so. */
export function LessonPanel({ studies, lesson }: { studies: readonly Study[]; lesson: Lesson }) {
  const say = useSay()
  const store = useShellStore()
  const actions = useShellActions()
  const place = useShell((state) => state.intent.learn.place)
  const student = useShell((state) => state.intent.learn.student)
  const step = Math.min(lessonPlace(place)?.step ?? 0, lesson.steps.length - 1)
  const now = lesson.steps[step]
  const facts = useFacts(studies, lesson.study)
  const name = `${lesson.id}.${now.id}`
  // Choices and what was done once, by step: going back shows them again.
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({})
  const choice = new Map(Object.entries(chosen)).get(now.id) ?? null
  const values = now.values?.(student)
  const done = now.done?.(facts, student) ?? true
  const asked = now.question && (now.question.predict === true || done)
  // A prediction comes before its task.
  const mayDo = !now.question?.predict || choice !== null
  const right = done && now.question ? now.question.right(facts, student) : null
  const passed = done && (!now.question || (choice !== null && choice === right))
  const last = step === lesson.steps.length - 1

  const go = (to: number) => beginStep({ studies, actions, intent: store.getState().intent }, lesson, to)
  const reset = () => {
    setChosen((all) => Object.fromEntries(Object.entries(all).filter(([step]) => step !== now.id)))
    beginStep({ studies, actions, intent: store.getState().intent }, lesson, step, startOf(lesson, step))
  }
  const show = () => {
    const patch = now.show?.(facts, student)
    const { studies: intents } = store.getState().intent
    if (patch) actions.changeStudy(lesson.study, merged({ ...intents[lesson.study] }, patch))
  }

  useEffect(() => {
    if (place) keepPlace(() => window.localStorage, place)
  }, [place])

  const heading = useRef<HTMLHeadingElement>(null)
  const shown = useRef(name)
  useEffect(() => {
    // The next step is read out from its heading, and begins at its top.
    if (shown.current !== name) heading.current?.focus()
    shown.current = name
  }, [name])

  return (
    <section
      className="lesson"
      aria-label={say(`${lesson.id}.title`)}
      data-step={now.id}
      data-passed={passed}
    >
      <header className="lesson-head">
        <p className="small soft">
          {say(`${lesson.id}.title`)} · {say('panel.step', { step: step + 1, steps: lesson.steps.length })}
        </p>
        <button
          type="button"
          className="button button-quiet"
          onClick={() => actions.learn({ place: 'list' })}
        >
          {say('panel.lessons')}
        </button>
        <button type="button" className="button button-quiet" onClick={() => actions.learn({ place: null })}>
          {say('panel.close')}
        </button>
      </header>
      <progress
        className="lesson-progress"
        max={lesson.steps.length}
        value={step + (passed ? 1 : 0)}
        aria-label={say('panel.progress')}
      />
      <h2 ref={heading} tabIndex={-1}>
        {say(`${name}.title`)}
      </h2>
      <p>
        <LessonText name={`${name}.text`} values={values} />
      </p>
      {now.question?.predict && (
        <LessonQuestion
          key={name}
          {...{ name, facts, student, done, chosen: choice }}
          question={now.question}
          onChoose={(next) => setChosen((all) => ({ ...all, [now.id]: next }))}
        />
      )}
      {now.done && mayDo && (
        <div className="lesson-task" data-done={done}>
          <p>
            <span aria-hidden="true">{done ? '☑' : '☐'}</span>{' '}
            <strong>{say(done ? 'panel.done' : 'panel.do')}</strong>{' '}
            <LessonText name={`${name}.task`} values={values} />
          </p>
          {!done && now.show && (
            <button type="button" className="button button-quiet" data-control="show-me" onClick={show}>
              {say('panel.show')}
            </button>
          )}
        </div>
      )}
      {asked && !now.question?.predict && now.question && (
        <LessonQuestion
          key={name}
          {...{ name, facts, student, done, chosen: choice }}
          question={now.question}
          onChoose={(next) => setChosen((all) => ({ ...all, [now.id]: next }))}
        />
      )}
      <footer className="lesson-foot">
        <button type="button" className="button" disabled={step === 0} onClick={() => go(step - 1)}>
          {say('panel.back')}
        </button>
        <button type="button" className="button button-quiet" onClick={reset}>
          {say('panel.reset')}
        </button>
        {passed || last ? (
          <button
            type="button"
            className="button button-primary"
            disabled={!passed}
            onClick={() => (last ? actions.learn({ place: 'list' }) : go(step + 1))}
          >
            {say(last ? 'panel.finish' : 'panel.next')}
          </button>
        ) : (
          <button type="button" className="button" data-control="skip" onClick={() => go(step + 1)}>
            {say('panel.skip')}
          </button>
        )}
      </footer>
    </section>
  )
}
