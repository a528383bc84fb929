import { use, useEffect, useMemo } from 'react'
import { createScorer } from '../../../analysis/anomaly/scorer.ts'
import {
  exactScores,
  type ExactScores,
  type ScoreContext,
} from '../../../analysis/anomaly/spectrum-scores.ts'
import { theoryOf } from '../../../analysis/anomaly/theory.ts'
import type { EftOrder } from '../../../../../physics/drell-yan/spectrum-templates.ts'
import { isFor } from '../../../state/anomaly-state.ts'
import type { OpenDataset } from '../../../state/drell-yan-state.ts'
import type { Recorded } from '../../../../../core/recorded.ts'
import type { Loadable } from '../../../../../core/loadable.ts'
import { useDrellYan, useDrellYanState } from '../../context.tsx'

/** Everything that scoring needs, as soon as a worker has drawn the known spectra of the open map. */
export function useScoreContext(
  open: OpenDataset,
  order: EftOrder,
): {
  context: ScoreContext | null
  /** Scores that are there before. */
  exact: (whitened: Float32Array, of: { noisy: boolean; absorbed?: number }) => ExactScores
  known: Loadable<unknown>
  /** Where the page ships what p-values are read off. */
  recorded: Recorded | undefined
  retry: () => void
  drawAnew: () => void
} {
  const { openAnomaly } = useDrellYan()
  const anomaly = use(openAnomaly())
  const known = useDrellYanState((state) => state.anomaly.known)
  const { header, encoder } = open
  useEffect(() => {
    void anomaly.know()
  }, [anomaly, header, encoder])
  const theory = useMemo(() => theoryOf(header.universeModel, order), [header, order])
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
  const exact = useMemo(() => {
    const { universeModel, whitenedMeans, table } = header
    const { bins } = universeModel.templates
    // A fit starts from the nearest universe; all of the dataset are at hand.
    const universes = Int32Array.from({ length: table.count }, (_, u) => u)
    const gallery = { universes, whitened: whitenedMeans.subarray(0, table.count * bins) }
    return (whitened: Float32Array, of: { noisy: boolean; absorbed?: number }) =>
      exactScores({ theory, coefficients: table.coefficients }, gallery, whitened, of)
  }, [header, theory])
  return {
    ...{ context, exact, known, recorded: value?.recorded },
    retry: () => void anomaly.know(),
    drawAnew: () => void anomaly.knowAnew(),
  }
}
