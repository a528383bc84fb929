import { useMemo } from 'react'
import type { Study } from '../core/study.ts'
import { useShellActions, useShellStore } from '../ui/shell-context.tsx'
import { beginStep } from './begin-step.ts'
import { keptPlaces } from './kept-places.ts'
import { lessons } from './lessons.ts'
import { useSay } from './use-messages.ts'

/** Which lessons there are, and where each was left. */
export function LearnHome({ studies }: { studies: readonly Study[] }) {
  const say = useSay()
  const store = useShellStore()
  const actions = useShellActions()
  const kept = useMemo(() => new Map(Object.entries(keptPlaces(() => window.localStorage))), [])
  const open = async (id: string, step: number) => {
    const lesson = await lessons.find((each) => each.id === id)?.load()
    if (lesson) beginStep({ studies, actions, intent: store.getState().intent }, lesson, step)
  }
  return (
    <section className="learn-home stack" aria-label={say('home.title')}>
      <h1>{say('home.title')}</h1>
      <p>{say('home.text')}</p>
      <ol className="learn-cards">
        {lessons.map(({ id, minutes, steps }) => {
          const at = Math.min(kept.get(id) ?? 0, steps - 1)
          return (
            <li key={id} className="learn-card">
              <h2>{say(`${id}.title`)}</h2>
              <p>{say(`${id}.about`)}</p>
              <p className="small soft">{say('home.length', { minutes, steps })}</p>
              <div className="row">
                <button type="button" className="button button-primary" onClick={() => void open(id, at)}>
                  {say(at > 0 ? 'home.continue' : 'home.begin', { step: at + 1 })}
                  <span className="visually-hidden">: {say(`${id}.title`)}</span>
                </button>
                {at > 0 && (
                  <button type="button" className="button button-quiet" onClick={() => void open(id, 0)}>
                    {say('home.again')}
                    <span className="visually-hidden">: {say(`${id}.title`)}</span>
                  </button>
                )}
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
