import type { ShownName } from '../../analysis/shown-names.ts'
import { observableLabels } from './spectrum-input.ts'

/** An observable as it is printed, for buttons and text. */
export function ObservableSymbol({ name }: { name: ShownName }) {
  const [base, script] = observableLabels[name].symbol
  if (script === '') return <span>{base}</span>
  return (
    <span>
      <i>{base}</i>
      <sub>{script}</sub>
    </span>
  )
}
