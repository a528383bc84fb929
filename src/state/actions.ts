import { operatorNames, type OperatorName } from '../physics/smeft/operators.ts'
import type { Intent } from '../share/schema.ts'
import type { Notice } from './app-state.ts'
import type { Store } from './create-app-store.ts'
import { changeIntent, redo, undo } from './intent-history.ts'
import { startModel } from './known-ids.ts'

/** Everything a person can do to the intent, each one step of undo. */
export function createActions(store: Store) {
  let lastKey = ''
  let noticeId = 0

  function change(patch: Partial<Intent>, key = ''): void {
    const sameStep = key !== '' && key === lastKey
    lastKey = key
    store.setState((state) => changeIntent(state, patch, sameStep))
  }

  return {
    change,
    /** Ends a drag: the next change of the same slider is a new step of undo. */
    settle(): void {
      lastKey = ''
    },
    setCoefficient(name: OperatorName, value: number): void {
      const coefficients = { ...store.getState().intent.coefficients }
      if (value === 0) delete coefficients[name]
      else coefficients[name] = value
      change({ coefficients, focus: { kind: 'live' } }, `coefficient/${name}`)
    },
    setCoefficients(values: ArrayLike<number>, key = ''): void {
      const coefficients: Intent['coefficients'] = {}
      operatorNames.forEach((name, i) => {
        if (values[i] !== 0) coefficients[name] = values[i]
      })
      change({ coefficients, focus: { kind: 'live' } }, key)
    },
    undo(): void {
      lastKey = ''
      store.setState((state) => undo(state))
    },
    redo(): void {
      lastKey = ''
      store.setState((state) => redo(state))
    },
    /** A link or a reset replaces everything, and can be undone. */
    replace(intent: Intent): void {
      lastKey = ''
      store.setState((state) => changeIntent(state, intent, false))
    },
    /** A shipped dataset with its own encoder and a map that shows all of it. */
    openDataset(id: string): void {
      const { catalogue } = store.getState()
      change({
        dataset: id,
        model: startModel(catalogue, id),
        order: catalogue.datasets.find((entry) => entry.id === id)?.order ?? store.getState().intent.order,
        setup: null,
        selection: null,
        camera: null,
        focus: { kind: 'live' },
      })
    },
    /** Opens the dataset again after a failure. */
    retryDataset(): void {
      store.setState((state) => ({ attempt: state.attempt + 1 }))
    },
    notify(tone: Notice['tone'], text: string): void {
      const id = ++noticeId
      store.setState((state) => ({ notices: [...state.notices.slice(-4), { id, tone, text }] }))
    },
    dismiss(id: number): void {
      store.setState((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) }))
    },
  }
}

export type Actions = ReturnType<typeof createActions>

/** The live universe's coefficients as an array in the order of operatorNames. */
export function coefficientArray(coefficients: Intent['coefficients']): Float64Array {
  return Float64Array.from(operatorNames, (name) => coefficients[name] ?? 0)
}
