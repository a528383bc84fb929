import { expect, it } from 'vitest'
import { defaultIntent } from '../app/links/default-intent.ts'
import { createAppActions } from '../core/app-actions.ts'
import { createAppStore } from '../core/app-store.ts'
import { lessonPlace, placeOf } from '../core/lesson-place.ts'
import { studies } from '../studies/studies.ts'
import { beginsStep, beginStep, startOf } from './begin-step.ts'
import { keepPlace, keptPlaces } from './kept-places.ts'
import { universe } from './lessons/universe.ts'

function page() {
  const store = createAppStore(defaultIntent(studies), {})
  const actions = createAppActions(store)
  return {
    store,
    actions,
    begin: (step: number) => beginStep({ studies, actions, intent: store.getState().intent }, universe, step),
  }
}

it('a step begins with the defaults but for what it names, as one step of undo; others keep what is there', () => {
  const { store, actions, begin } = page()
  actions.changeStudy('drell-yan', { coefficients: { cHWB: 1 }, colourBy: 'distance' })
  begin(2)
  const own = () => store.getState().intent.studies['drell-yan'] as { coefficients: object; colourBy: string }
  expect(own()).toMatchObject({ coefficients: { clq3: 0.003 }, colourBy: 'family' })
  actions.changeStudy('drell-yan', { coefficients: { clq3: -1 } })
  begin(4)
  expect(store.getState().intent.learn.place).toBe('universe.5')
  expect(own().coefficients).toEqual({ clq3: -1 })
  actions.undo()
  expect(store.getState().intent.learn.place).toBe('universe.3')
})

it('a step without a beginning is reset to that of the step before', () => {
  expect(startOf(universe, 4)).toBe(3)
  expect(startOf(universe, 5)).toBe(5)
})

it('only a link that names nothing of the page begins a step', () => {
  expect(beginsStep('#learn=universe.1&student=7&hide=share')).toBe(true)
  expect(beginsStep('#v=2&k=1&g=3&view=explore&data=dy-nc-13tev&learn=universe.1')).toBe(false)
  expect(beginsStep('#learn=universe.1&c.clq3=0.01')).toBe(false)
  expect(beginsStep('')).toBe(false)
})

it('places are lesson and step, counted from one', () => {
  expect(lessonPlace(placeOf('near', 0))).toEqual({ lesson: 'near', step: 0 })
  for (const none of [null, 'list', 'near', 'near.0', 'Near.1', 'near.100'])
    expect(lessonPlace(none)).toBeNull()
})

it('keeps the step of each lesson; what a storage refuses or was written by others counts as nothing', () => {
  const kept = new Map<string, string>()
  const storage = () =>
    ({
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, text: string) => kept.set(name, text),
    }) as unknown as Storage
  keepPlace(storage, 'universe.3')
  keepPlace(storage, 'near.1')
  keepPlace(storage, 'list')
  expect(keptPlaces(storage)).toEqual({ universe: 2, near: 0 })
  for (const name of kept.keys()) kept.set(name, '{"universe": "x"')
  expect(keptPlaces(storage)).toEqual({})
  const refused = () => {
    throw new Error('no storage here')
  }
  expect(() => keepPlace(refused, 'near.2')).not.toThrow()
  expect(keptPlaces(refused)).toEqual({})
})
