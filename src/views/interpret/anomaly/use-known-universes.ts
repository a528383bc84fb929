import { use, useEffect, useMemo } from 'react'
import { createScorer } from '../../../analysis/drell-yan/anomaly/scorer.ts'
import type { ScoreContext } from '../../../analysis/drell-yan/anomaly/spectrum-scores.ts'
import { theoryOf } from '../../../analysis/drell-yan/anomaly/theory.ts'
import type { EftOrder } from '../../../physics/drell-yan/spectrum-templates.ts'
import { isFor } from '../../../state/anomaly-state.ts'
import type { OpenDataset } from '../../../state/app-state.ts'
import type { Loadable } from '../../../state/loadable.ts'
import { useApp, useAppState } from '../../app-context.tsx'

/** Everything that scoring needs, as soon as a worker has drawn the known spectra of the open map. */
export function useScoreContext(
  open: OpenDataset,
  order: EftOrder,
): { context: ScoreContext | null; known: Loadable<unknown>; retry: () => void } {
  const { openAnomaly } = useApp()
  const anomaly = use(openAnomaly())
  const known = useAppState((state) => state.anomaly.known)
  const { header, encoder } = open
  useEffect(() => {
    void anomaly.know()
  }, [anomaly, header, encoder])
  const theory = useMemo(() => theoryOf(header.model, order), [header, order])
  const value = known.value && isFor(known.value, open) ? known.value : null
  const context = useMemo(
    () =>
      value && {
        theory,
        known: value,
        scorer: createScorer(theory.span.bins, value),
        coefficients: header.table.coefficients,
      },
    [value, theory, header],
  )
  return { context, known, retry: () => void anomaly.know() }
}
