import { useMemo } from 'react'
import type { ForeignPosterior } from '../analysis/fit/fit-jobs.ts'
import type { FitState, FitTrack } from '../state/fit-state.ts'
import { sameItems, useSame } from '../../../ui/common/use-same.ts'
import { useFigureTheme } from '../../../ui/plots/use-figure-theme.ts'
import type { CornerInput } from './corner-input.ts'
import { useFit } from './fit-context.tsx'
import type { CornerKind } from './kinds.ts'
import { useTopPairState } from './context.tsx'

const selectRegions = (fit: FitState) => fit.regions
const selectSource = (fit: FitState) => fit.data.value?.value.source

/**
 * What the corner plot is drawn from, the same object until something of it changes: a run under way, which tells of
 * itself all the time, draws nothing again.
 *
 * @param drawn    outcomes of the kinds that are shown
 * @param foreign  a posterior of someone else, where it is shown
 */
export function useCornerInput(
  drawn: readonly NonNullable<FitTrack['outcome']>[],
  front: CornerKind | null,
  foreign: ForeignPosterior | null,
): CornerInput | null {
  const outcomes = useSame(drawn, sameItems)
  const source = useFit(selectSource)
  const regions = useFit(selectRegions)
  const theme = useFigureTheme()
  const now = useTopPairState((state) => state.intent.fit)
  const instead = outcomes.length === 0 ? now : null
  return useMemo(() => {
    const setup = outcomes[0]?.setup ?? instead
    if (!front || !setup) return null
    const others = foreign ? [{ ...foreign, kind: 'foreign' as const, notes: [] }] : []
    return {
      outcomes: [...outcomes.map(({ value }) => value), ...others],
      front,
      toyRegions: outcomes.flatMap(({ key, value: { kind } }) => {
        const made = regions[kind]?.value
        return made?.key === key ? [{ kind, region: made.value }] : []
      }),
      // Without a fit of ours there are no data whose truth it could be.
      truth: source === 'dropped' || outcomes.length === 0 ? null : zeroFilled(setup.truth, setup.operators),
      halfWidth: setup.priorHalfWidth,
      facts: [
        `√<i>s</i> = ${setup.sqrtSGeV / 1000} TeV, LO`,
        setup.mode === 'linear' ? 'linear' : 'linear + quadratic',
        'Λ = 1 TeV',
        `<i>m</i><sub>tt̄</sub> > ${setup.mttMinGeV || 345} GeV`,
      ],
      theme,
    }
  }, [outcomes, front, foreign, source, regions, theme, instead])
}

function zeroFilled(
  truth: Readonly<Record<string, number | undefined>>,
  operators: readonly string[],
): Record<string, number> {
  return Object.fromEntries(operators.map((name) => [name, truth[name] ?? 0]))
}
