import type { ObservableName } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { observableLabels } from './spectrum-input.ts'

/** An observable as it is printed, for buttons and text. */
export function ObservableSymbol({ name }: { name: ObservableName }) {
  const [base, script] = observableLabels[name].symbol
  return (
    <span>
      <i>{base}</i>
      <sub>{script}</sub>
    </span>
  )
}
