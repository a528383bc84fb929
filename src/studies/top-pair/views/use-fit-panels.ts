import type { FitPanels } from '../intent.ts'
import { useTopPair, useTopPairState } from './context.tsx'

/** What panels show, and how to change it. */
export function useFitPanels(): [panels: FitPanels, showIn: (patch: Partial<FitPanels>) => void] {
  const { context } = useTopPair()
  const panels = useTopPairState((state) => state.intent.fitPanels)
  return [panels, (patch) => context.change({ fitPanels: { ...panels, ...patch } })]
}
