import { describe, expect, it } from 'vitest'
import { operatorNames } from '../../../physics/smeft/operators.ts'
import { smallApp } from '../../../testing/small-app.ts'
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
    const { actions, intent, appStore } = app()
    for (const value of [0.1, 0.2, 0.3]) actions.setCoefficient('clq1', value)
    actions.setCoefficient('ceu', 1)
    actions.settle()
    actions.setCoefficient('ceu', 2)
    expect(appStore.getState().past).toHaveLength(3)
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

describe('what panels show', () => {
  it('is a step of undo each; a camera that is moved on and on is one', () => {
    const { actions, store, shell, stop } = smallApp()
    const panels = () => store.getState().intent.panels
    const before = panels()
    actions.showIn({ families: 2 })
    for (const halfSpan of [3, 2, 1])
      actions.showIn({ directionsCamera: { x: 0, y: 0, halfSpan } }, 'directions-camera')
    actions.showIn({ sigmas: 'ellipse' })
    actions.showIn({ directionsCamera: null }, 'directions-camera')
    const steps = [
      { ...before, families: 2, directionsCamera: { x: 0, y: 0, halfSpan: 1 }, sigmas: 'ellipse' },
      { ...before, families: 2, directionsCamera: { x: 0, y: 0, halfSpan: 1 } },
      { ...before, families: 2 },
      before,
    ]
    for (const step of steps) {
      shell.undo()
      expect(panels()).toEqual(step)
    }
    stop()
  })
})
