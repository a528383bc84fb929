import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import type { EventsIntent } from '../intent.ts'
import { ownDataset } from '../own-dataset.ts'
import type { EventsState } from './events-state.ts'
import type { OwnEncoder } from './own-encoders.ts'
import { filesOfDataset, type OwnFile } from './own-files.ts'

/** Files that are named one by one. */
const namedFiles = 12

/** Files on the page: models of the dataset of files, or placed among those of another. */
export function shownFiles(
  { ownFiles, placed }: Pick<EventsState, 'ownFiles' | 'placed'>,
  { dataset, files }: Pick<EventsIntent, 'dataset' | 'files'>,
): OwnFile[] {
  const all = ownFiles ?? []
  return dataset === ownDataset.id ? filesOfDataset(all, files) : all.filter(({ id }) => placed.includes(id))
}

/** Encoders of one's own on the map or beside it. */
export function shownEncoders(
  { ownEncoders }: Pick<EventsState, 'ownEncoders'>,
  { model, compare }: Pick<EventsIntent, 'model' | 'compare'>,
): OwnEncoder[] {
  return ownEncoders.filter(({ id }) => id === model || compare.maps.includes(id))
}

/** Files of events, encoders of one's own and one in training: a link holds none of them. */
export function eventsNotCarried(
  state: Pick<EventsState, 'ownFiles' | 'placed' | 'ownEncoders' | 'training'>,
  intent: Pick<EventsIntent, 'dataset' | 'files' | 'model' | 'compare'>,
): NotCarried[] {
  const files = shownFiles(state, intent)
  const { status } = state.training
  const named = files.length > namedFiles ? files.slice(0, namedFiles - 1) : files
  return [
    ...named.map(({ name }) => notCarried('events', name)),
    ...(named.length < files.length
      ? [notCarried('events', `${files.length - named.length}-more-files`)]
      : []),
    ...shownEncoders(state, intent).map(({ id }) => notCarried('encoder', id)),
    ...(status === 'running' || status === 'paused' ? [notCarried('training')] : []),
  ]
}
