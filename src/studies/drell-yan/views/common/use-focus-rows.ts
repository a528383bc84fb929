import { useMemo } from 'react'
import type { Focus } from '../../intent.ts'
import { noRows, type RowsOnMap } from '../../state/drell-yan-state.ts'
import { useDrellYanState } from '../context.tsx'

/** The rows that a focus needs to be found: none but for a row, so that nothing else follows what streams in. */
export function useFocusRows({ kind }: Focus): RowsOnMap {
  const shipped = useDrellYanState((state) => (kind === 'row' ? state.rows : noRows))
  const drawn = useDrellYanState((state) => (kind === 'row' ? state.extra.value : undefined))
  return useMemo(() => ({ shipped, drawn }), [shipped, drawn])
}
