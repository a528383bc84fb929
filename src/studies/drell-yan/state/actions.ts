import { operatorNames, type OperatorName } from '../../../physics/smeft/operators.ts'
import type { Verb } from '../../../core/verbs.ts'
import type { DrellYanContext } from '../model.ts'
import type { DrellYanIntent, PanelsIntent } from '../intent.ts'
import { startModel } from './known-ids.ts'
import { nothingShown } from './nothing-shown.ts'

/** Everything a person can do to the intent of this study, each one step of undo. */
export function createActions({ store, change, settle, undo, notify, notSaved }: DrellYanContext) {
  return {
    change(patch: Partial<DrellYanIntent> & { view?: Verb }, key?: string): void {
      const { panels } = store.getState().intent
      // A dot that is picked shows its card; who reads neighbours or a measurement is left there.
      const leaves = patch.focus && patch.focus.kind !== 'live' && panels.inspector === 'coefficients'
      change(leaves ? { panels: { ...panels, inspector: null }, ...patch } : patch, key)
    },
    /** What panels show. */
    showIn(patch: Partial<PanelsIntent>, key?: string): void {
      change({ panels: { ...store.getState().intent.panels, ...patch } }, key)
    },
    settle,
    undo,
    notify,
    notSaved,
    setCoefficient(name: OperatorName, value: number): void {
      const coefficients = { ...store.getState().intent.coefficients }
      if (value === 0) delete coefficients[name]
      else coefficients[name] = value
      change({ coefficients, focus: { kind: 'live' } }, `coefficient/${name}`)
    },
    setCoefficients(values: ArrayLike<number>, key = ''): void {
      const coefficients: DrellYanIntent['coefficients'] = {}
      operatorNames.forEach((name, i) => {
        if (values[i] !== 0) coefficients[name] = values[i]
      })
      change({ coefficients, focus: { kind: 'live' } }, key)
    },
    /** A shipped dataset with its own encoder and a map that shows all of it. */
    openDataset(id: string): void {
      const { catalogue, intent } = store.getState()
      change({
        dataset: id,
        model: startModel(catalogue, id),
        order: catalogue.datasets.find((entry) => entry.id === id)?.order ?? intent.order,
        ...nothingShown,
      })
    },
    /** Opens the dataset again after a failure. */
    retryDataset(): void {
      store.setState((state) => ({ attempt: state.attempt + 1 }))
    },
  }
}

export type Actions = ReturnType<typeof createActions>

/** The live universe's coefficients as an array in the order of operatorNames. */
export function coefficientArray(coefficients: DrellYanIntent['coefficients']): Float64Array {
  return Float64Array.from(operatorNames, (name) => coefficients[name] ?? 0)
}
