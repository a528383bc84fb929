import { describe, expect, it } from 'vitest'
import { operatorNames } from '../physics/smeft/operators.ts'
import { smallApp } from '../testing/small-app.ts'
import { coefficientArray } from './actions.ts'

function app() {
  const made = smallApp()
  const intent = () => made.store.getState().intent
  return { ...made, intent }
}

describe('coefficients', () => {
  it('are set by name, zero means absent, and the focus goes to the live universe', () => {
    const { actions, intent } = app()
    actions.change({ focus: { kind: 'universe', id: 3 } })
    actions.setCoefficient('clq3', 0.02)
    expect(intent().coefficients).toEqual({ clq3: 0.02 })
    expect(intent().focus).toEqual({ kind: 'live' })
    actions.setCoefficient('clq3', 0)
    expect(intent().coefficients).toEqual({})
  })

  it('are one step of undo per drag of one slider', () => {
    const { actions, intent, store } = app()
    for (const value of [0.1, 0.2, 0.3]) actions.setCoefficient('clq1', value)
    actions.setCoefficient('ceu', 1)
    actions.settle()
    actions.setCoefficient('ceu', 2)
    expect(store.getState().past).toHaveLength(3)
    actions.undo()
    expect(intent().coefficients).toEqual({ clq1: 0.3, ceu: 1 })
    actions.undo()
    expect(intent().coefficients).toEqual({ clq1: 0.3 })
    actions.undo()
    expect(intent().coefficients).toEqual({})
  })

  it('start a new step after an undo, even on the same slider', () => {
    const { actions, intent } = app()
    actions.setCoefficient('clq1', 0.1)
    actions.undo()
    actions.setCoefficient('clq1', 0.2)
    actions.undo()
    expect(intent().coefficients).toEqual({})
  })

  it('become an array in the order of the operators, and back', () => {
    const { actions, intent } = app()
    const values = operatorNames.map((_, i) => (i % 2 ? i : 0))
    actions.setCoefficients(values)
    expect([...coefficientArray(intent().coefficients)]).toEqual(values)
    expect(Object.keys(intent().coefficients)).toHaveLength(8)
  })
})

describe('opening a dataset', () => {
  it('takes its own encoder and order, and leaves camera, selection and set-up behind', () => {
    const { actions, intent } = app()
    actions.change({ camera: { x: 0, y: 0, halfSpan: 1 }, selection: { kind: 'universes', ids: [1] } })
    actions.openDataset('first')
    expect(intent()).toMatchObject({
      dataset: 'first',
      model: 'shipped-a',
      order: 'linear',
      camera: null,
      selection: null,
      setup: null,
    })
    actions.openDataset('second')
    expect(intent()).toMatchObject({ dataset: 'second', model: 'pca-2', order: 'quadratic' })
    actions.undo()
    expect(intent().dataset).toBe('first')
  })
})

describe('replace', () => {
  it('is one step: a link can be undone', () => {
    const { actions, intent } = app()
    const before = intent()
    actions.replace({ ...before, view: 'data', replicaSeed: 77 })
    expect(intent()).toMatchObject({ view: 'data', replicaSeed: 77 })
    actions.undo()
    expect(intent()).toEqual(before)
    actions.redo()
    expect(intent().replicaSeed).toBe(77)
  })
})

describe('notices', () => {
  it('keep the last five, each dismissed by its own id', () => {
    const { actions, store } = app()
    for (let i = 0; i < 7; i++) actions.notify('info', `note ${i}`)
    const { notices } = store.getState()
    expect(notices.map(({ text }) => text)).toEqual([2, 3, 4, 5, 6].map((i) => `note ${i}`))
    actions.dismiss(notices[1].id)
    expect(store.getState().notices.map(({ text }) => text)).toEqual([2, 4, 5, 6].map((i) => `note ${i}`))
    expect(new Set(notices.map(({ id }) => id)).size).toBe(5)
  })
})
