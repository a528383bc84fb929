import { noLesson } from './learn.ts'
import { describe, expect, it } from 'vitest'
import { createAppActions } from './app-actions.ts'
import { createAppStore } from './app-store.ts'

function page() {
  const store = createAppStore(
    { view: 'explore', study: 'a', studies: { a: { seed: 1 }, b: { seed: 5 } }, learn: noLesson },
    { a: {}, b: {} },
  )
  return { store, actions: createAppActions(store), intent: () => store.getState().intent }
}

describe('replace', () => {
  it('is one step: a link can be undone', () => {
    const { actions, intent } = page()
    const before = intent()
    actions.replace({
      view: 'data',
      study: 'b',
      studies: { ...before.studies, a: { seed: 77 } },
      learn: noLesson,
    })
    expect(intent()).toMatchObject({ view: 'data', study: 'b', studies: { a: { seed: 77 } } })
    actions.undo()
    expect(intent()).toEqual(before)
    actions.redo()
    expect(intent()).toMatchObject({ studies: { a: { seed: 77 } } })
  })
})

describe('a change of one study', () => {
  it('leaves the others alone, and may open another view', () => {
    const { actions, intent } = page()
    const { b } = intent().studies
    actions.changeStudy('a', { seed: 2, view: 'train' })
    expect(intent()).toEqual({ view: 'train', study: 'a', studies: { a: { seed: 2 }, b }, learn: noLesson })
    expect(intent().studies.b).toBe(b)
  })

  it('with one key in a row is one step of undo, until it settles', () => {
    const { actions, intent, store } = page()
    for (const seed of [2, 3, 4]) actions.changeStudy('a', { seed }, 'drag')
    actions.settle()
    actions.changeStudy('a', { seed: 9 }, 'drag')
    expect(store.getState().past).toHaveLength(2)
    actions.undo()
    expect(intent().studies.a).toEqual({ seed: 4 })
  })

  it('of the study in front goes with what its dataset needs', () => {
    const { actions, intent } = page()
    actions.front('b', { seed: 6, view: 'fit' })
    expect(intent()).toEqual({
      view: 'fit',
      study: 'b',
      studies: { a: { seed: 1 }, b: { seed: 6 } },
      learn: noLesson,
    })
  })
})

describe('notices', () => {
  it('keep the last five, each dismissed by its own id', () => {
    const { actions, store } = page()
    for (let i = 0; i < 7; i++) actions.notify('info', `note ${i}`)
    const { notices } = store.getState()
    expect(notices.map(({ text }) => text)).toEqual([2, 3, 4, 5, 6].map((i) => `note ${i}`))
    actions.dismiss(notices[1].id)
    expect(store.getState().notices.map(({ text }) => text)).toEqual([2, 4, 5, 6].map((i) => `note ${i}`))
    expect(new Set(notices.map(({ id }) => id)).size).toBe(5)
  })
})

describe('the list of lessons', () => {
  it('gives way to a view, a study or a change that asks for one; a lesson stays beside them', () => {
    const asked = [
      (actions: ReturnType<typeof createAppActions>) => actions.go('fit'),
      (actions: ReturnType<typeof createAppActions>) => actions.front('b', { seed: 6 }),
      (actions: ReturnType<typeof createAppActions>) => actions.changeStudy('a', { view: 'train' }),
    ]
    for (const ask of asked)
      for (const [place, after] of [
        ['list', null],
        ['universe.2', 'universe.2'],
      ] as const) {
        const { actions, intent } = page()
        actions.learn({ place })
        ask(actions)
        expect(intent().learn.place).toBe(after)
      }
    const { actions, intent } = page()
    actions.learn({ place: 'list' })
    actions.changeStudy('a', { seed: 3 })
    expect(intent().learn.place).toBe('list')
  })
})
