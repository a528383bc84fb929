import { typesetRuns } from './typeset.ts'

/** A sentence with its symbols as they are printed: m_ℓℓ and p_T get italics and a subscript. */
export function Typeset({ text }: { text: string }) {
  return typesetRuns(text).map((run, k) =>
    typeof run === 'string' ? (
      run
    ) : (
      <span key={k} className="typeset">
        <i>{run.base}</i>
        <sub>{run.sub}</sub>
      </span>
    ),
  )
}
