import { percentText } from '../../../numerics/percent-text.ts'
import { formatCoefficient } from '../../../ui/common/format.ts'
import { styleOf, type CornerInput, type CornerOutcome } from './corner-input.ts'
import type { CornerKind } from './kinds.ts'
import { parameterLabel } from './parameter-label.ts'

/** What the figure says, in words. */
export function cornerSummary({ outcomes, front }: Pick<CornerInput, 'outcomes' | 'front'>): string {
  if (outcomes.length === 0) return 'No posterior yet.'
  const sentences = outcomes.map((outcome) => {
    const parts = outcome.summaries.map(({ name, highestDensity }) => {
      const { segments } = highestDensity[1]
      return `${parameterLabel(name).plain} ${segments.map(segmentText).join(' and ')}`
    })
    return `${styleOf(outcome).label}: ${parts.join(', ')}`
  })
  const filled = outcomes.find(({ kind }) => kind === front) ?? { kind: front }
  const regions = `Filled regions hold 68, 95 and 99 % of the ${styleOf(filled).label} posterior${
    outcomes.length > 1 ? ', outlines 68 % (thick) and 95 % of the others' : ''
  }.`
  return `95 % of the posterior, highest density [TeV⁻²]: ${sentences.join('; ')}. ${regions} Densities on the diagonal are scaled to their peaks, bars below them are the 68 % (thick) and 95 % sets. Grey: outside the prior.`
}

export function segmentText({ low, high }: { low: number; high: number }): string {
  return `[${formatCoefficient(low)}, ${formatCoefficient(high)}]`
}

/** Parameters with separate modes, by kind. */
export function bimodalWarnings(
  outcomes: readonly Pick<CornerOutcome, 'kind' | 'label' | 'summaries'>[],
): { kind: CornerKind; text: string }[] {
  return outcomes.flatMap((outcome) =>
    outcome.summaries.flatMap(({ name, modes }) =>
      modes.length < 2
        ? []
        : [
            {
              kind: outcome.kind,
              text: `${styleOf(outcome).label}: ${parameterLabel(name).plain} has ${modes.length} separate modes, at ${modes
                .map(({ at, mass }) => `${formatCoefficient(at)} (${percentText(mass)} %)`)
                .join(' and ')}`,
            },
          ],
    ),
  )
}
