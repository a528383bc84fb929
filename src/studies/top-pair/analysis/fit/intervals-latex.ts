import { coefficientLatex } from './chain-texts.ts'
import type { FitOutcome } from './fit-jobs.ts'

/** A posterior, and what its rows are called. */
type Outcome = Pick<FitOutcome, 'names' | 'summaries'> & { label: string; best: { theta: Float64Array } }

/** As a paper has it: no more digits than tell a tenth of the width. */
function number(value: number, width: number): string {
  const digits = width > 0 ? Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(width)))) : 3
  return value.toFixed(digits)
}

/** The name of a file. */
const escaped = (text: string): string => text.replace(/[_&%#$]/g, '\\$&')

function segments(list: readonly { low: number; high: number }[]): string {
  const width = list.reduce((sum, { low, high }) => sum + high - low, 0)
  const each = list.map(({ low, high }) => `[${number(low, width)}, ${number(high, width)}]`)
  return `$${each.join(String.raw` \cup `)}$`
}

/**
 * The intervals of all fits as a LaTeX table, one row per coefficient and fit; nothing beyond plain LaTeX is needed.
 *
 * @param provenance  what it was made with, written as comments
 */
export function intervalsLatex(
  outcomes: readonly Outcome[],
  provenance: readonly (readonly [string, string])[],
): string {
  const names = [...new Set(outcomes.flatMap((outcome) => outcome.names))]
  const rows = names.flatMap((name) =>
    outcomes.flatMap((outcome) => {
      const { names: own, summaries, best } = outcome
      const summary = summaries.find((entry) => entry.name === name)
      if (!summary) return []
      const [inner, outer] = summary.highestDensity
      const width = inner.segments.reduce((sum, { low, high }) => sum + high - low, 0)
      const cells = [
        `$${coefficientLatex(name)}$`,
        escaped(outcome.label),
        `$${number(best.theta[own.indexOf(name)], width)}$`,
        segments(inner.segments),
        segments(outer.segments),
      ]
      return [`  ${cells.join(' & ')} \\\\`]
    }),
  )
  return [
    ...provenance.map(([key, value]) => `% ${key}: ${value}`),
    String.raw`\begin{tabular}{llrll}`,
    String.raw`  \hline`,
    String.raw`  coefficient & fit & best fit & 68\,\% HPD & 95\,\% HPD \\`,
    String.raw`  \hline`,
    ...rows,
    String.raw`  \hline`,
    String.raw`\end{tabular}`,
    '',
  ].join('\n')
}
