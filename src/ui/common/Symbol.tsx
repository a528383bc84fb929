import { symbolParts } from './symbol-parts.ts'

interface OperatorSymbolProps {
  operator: { name: string; symbol: string; latex?: string }
}

/** C with its scripts stacked, the way it is printed. Read aloud by its SMEFTsim name; copied as plain Unicode. */
export function OperatorSymbol({ operator }: OperatorSymbolProps) {
  const { base, sub, sup } = symbolParts(operator.symbol)
  return (
    <span className="symbol" title={operator.name}>
      <i aria-hidden="true">{base}</i>
      <span className="symbol-scripts" aria-hidden="true">
        {sup && <span>{sup}</span>}
        {sub && <span>{sub}</span>}
      </span>
      <span className="visually-hidden">{operator.name}</span>
    </span>
  )
}
