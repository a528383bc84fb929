import type { ObservableName } from '../../physics/drell-yan/spectrum-templates.ts'

const parts: Record<ObservableName, readonly [base: string, script: string]> = {
  mll: ['m', 'ℓℓ'],
  ptl: ['p', 'T'],
}

/** An observable as it is printed, for buttons and text. */
export function ObservableSymbol({ name }: { name: ObservableName }) {
  const [base, script] = parts[name]
  return (
    <span>
      <i>{base}</i>
      <sub>{script}</sub>
    </span>
  )
}
