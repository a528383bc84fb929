import { OperatorSymbol } from './Symbol.tsx'
import { typesetRuns } from './typeset.ts'

/** A sentence with its symbols as they are printed: m_ℓℓ, p_T and C_td⁽⁸⁾ get italics and scripts. */
export function Typeset({ text }: { text: string }) {
  return typesetRuns(text).map((run, k) =>
    typeof run === 'string' ? (
      run
    ) : 'coefficient' in run ? (
      <OperatorSymbol key={k} operator={{ name: run.coefficient, symbol: run.coefficient }} />
    ) : (
      <span key={k} className="typeset">
        <i>{run.base}</i>
        <sub>{run.sub}</sub>
      </span>
    ),
  )
}
