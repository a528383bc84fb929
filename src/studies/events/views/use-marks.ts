import { useMemo } from 'react'
import type { EventsMap } from '../state/events-state.ts'
import { shownModels } from '../state/shown-models.ts'
import { modelMarks, type ModelMark } from './model-marks.ts'

/** Marks of the models of a map; the same while these are the same. */
export function useMarks({
  dataset,
  ids,
  models,
}: Pick<EventsMap, 'dataset' | 'ids' | 'models'>): readonly ModelMark[] {
  const names = JSON.stringify([dataset, ids, models.map(({ title }) => title)])
  // eslint-disable-next-line react-hooks/exhaustive-deps -- they are what the names say
  return useMemo(() => modelMarks(shownModels({ dataset, ids, models })), [names])
}
