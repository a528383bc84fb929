import { useMemo } from 'react'
import type { FitKind } from '../analysis/fit/fit-setup.ts'
import type { FitState, FitTrack } from '../state/fit-state.ts'
import { sameItems, useSame } from '../../../ui/common/use-same.ts'
import { useFigureTheme } from '../../../ui/plots/use-figure-theme.ts'
import type { CornerInput } from './corner-input.ts'
import { useFit } from './fit-context.tsx'

const selectRegions = (fit: FitState) => fit.regions
const selectSource = (fit: FitState) => fit.data.value?.value.source

/**
 * What the corner plot is drawn from, the same object until something of it changes: a run under way, which tells of
 * itself all the time, draws nothing again.
 *
 * @param drawn  outcomes of the kinds that are shown
 */
export function useCornerInput(
  drawn: readonly NonNullable<FitTrack['outcome']>[],
  front: FitKind | null,
): CornerInput | null {
  const outcomes = useSame(drawn, sameItems)
  const source = useFit(selectSource)
  const regions = useFit(selectRegions)
  const theme = useFigureTheme()
  return useMemo(() => {
    if (outcomes.length === 0 || !front) return null
    const { setup } = outcomes[0]
    return {
      outcomes: outcomes.map(({ value }) => value),
      front,
      toyRegions: outcomes.flatMap(({ key, value: { kind } }) => {
        const made = regions[kind]?.value
        return made?.key === key ? [{ kind, region: made.value }] : []
      }),
      truth: source === 'dropped' ? null : zeroFilled(setup.truth, setup.operators),
      halfWidth: setup.priorHalfWidth,
      facts: [
        `√<i>s</i> = ${setup.sqrtSGeV / 1000} TeV, LO`,
        setup.mode === 'linear' ? 'linear' : 'linear + quadratic',
        'Λ = 1 TeV',
        `<i>m</i><sub>tt̄</sub> > ${setup.mttMinGeV || 345} GeV`,
      ],
      theme,
    }
  }, [outcomes, front, source, regions, theme])
}

function zeroFilled(
  truth: Readonly<Record<string, number | undefined>>,
  operators: readonly string[],
): Record<string, number> {
  return Object.fromEntries(operators.map((name) => [name, truth[name] ?? 0]))
}
