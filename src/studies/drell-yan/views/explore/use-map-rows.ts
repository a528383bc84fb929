import { useMemo } from 'react'
import { useDrellYanState } from '../context.tsx'
import { universeClasses } from '../../analysis/families.ts'
import { createMapRows, fillMapRows, type MapRows, type MapRowSource } from './map-rows.ts'
import type { MapPoints } from '../../../../ui/map/types.ts'

/** The map's points, grown in place while rows stream in; what else changes them makes new arrays. */
export function useMapRows(): { rows: MapRows; points: MapPoints } | null {
  const open = useDrellYanState((state) => state.dataset.value)
  const shipped = useDrellYanState((state) => state.rows.latent)
  const shippedRows = useDrellYanState((state) => state.rows.count)
  const drawn = useDrellYanState((state) => state.extra.value?.latent)
  const drawnPerUniverse = useDrellYanState((state) => state.extra.value?.perUniverse ?? 0)
  const drawnRows = useDrellYanState((state) => state.extra.value?.rows ?? 0)
  const showReplicas = useDrellYanState((state) => state.intent.showReplicas)
  const showFlagged = useDrellYanState((state) => state.intent.showFlagged)
  const hiddenFamilies = useDrellYanState((state) => state.intent.hiddenFamilies)

  // New arrays for another dataset, encoder, filter or number of extra replicas; not for more rows of the same.
  const built = useMemo(() => {
    if (!open) return null
    const hidden = new Set(universeClasses.flatMap((id, k) => (hiddenFamilies.includes(id) ? [k] : [])))
    const source: MapRowSource = {
      ...{ open, shipped, drawn, drawnPerUniverse, showReplicas, showFlagged, hidden },
    }
    return { source, rows: createMapRows(source) }
  }, [open, shipped, drawn, drawnPerUniverse, showReplicas, showFlagged, hiddenFamilies])

  return useMemo(() => {
    if (!built) return null
    const { rows, source } = built
    fillMapRows(rows, source, shippedRows, drawnRows)
    return { rows, points: { x: rows.x, y: rows.y, count: rows.count, version: 0 } }
  }, [built, shippedRows, drawnRows])
}
