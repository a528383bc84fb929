import { useEffect, useMemo, useState } from 'react'
import type { Intent } from '../../share/schema.ts'
import type { OpenDataset } from '../../state/app-state.ts'
import { useApp } from '../app-context.tsx'
import type { MapPath } from '../embedding/types.ts'
import { ifKnown } from './if-known.ts'
import type { uvLine } from './uv-line.ts'

type Draw = typeof uvLine

/** Of no model, or of one that a link names and this page does not have: the panel says so. */
const noLines: MapPath[] = []

/** The line of the model in the link, if any; the dictionary is loaded when the first one is chosen. */
export function useUvLine(open: OpenDataset, uv: Intent['uv'], order: Intent['order']): MapPath[] {
  const { actions } = useApp()
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
  const { header, encoder } = open
  const line = uv && JSON.stringify([uv.model, uv.couplings])
  return useMemo(
    () => (uv && draw && ifKnown(() => draw.uvLine(open, uv, order))) || noLines,
    // eslint-disable-next-line react-hooks/exhaustive-deps -- neither rows nor the mass of now move the line
    [header, encoder, line, order, draw],
  )
}
