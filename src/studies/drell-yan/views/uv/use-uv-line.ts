import { useEffect, useMemo, useState } from 'react'
import type { DrellYanIntent } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan } from '../context.tsx'
import type { MapPath } from '../../../../ui/map/types.ts'
import { ifKnown } from './if-known.ts'
import type { uvLine } from './uv-line.ts'

type Draw = typeof uvLine

/** Of no model, or of one that a link names and this page does not have: the panel says so. */
const noLines: MapPath[] = []

/** The line of the model in the link, if any; the dictionary is loaded when the first one is chosen. */
export function useUvLine(
  open: OpenDataset,
  uv: DrellYanIntent['uv'],
  order: DrellYanIntent['order'],
): MapPath[] {
  const { actions } = useDrellYan()
  const [draw, setDraw] = useState<{ uvLine: Draw } | null>(null)
  const wanted = uv !== null && draw === null
  useEffect(() => {
    if (!wanted) return
    let stale = false
    import('./uv-line.ts').then(
      ({ uvLine }) => !stale && setDraw({ uvLine }),
      () => !stale && actions.notify('warning', 'The UV models could not be loaded; the line is not drawn.'),
    )
    return () => {
      stale = true
    }
  }, [wanted, actions])
  // The mass of now does not move the line, which has all masses.
  const model = uv?.model
  const couplings = uv?.couplings
  return useMemo(
    () =>
      (model !== undefined &&
        couplings &&
        draw &&
        ifKnown(() => draw.uvLine(open, { model, couplings }, order))) ||
      noLines,
    [open, model, couplings, order, draw],
  )
}
