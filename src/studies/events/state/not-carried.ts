import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import type { EventsIntent } from '../intent.ts'
import { ownDataset } from '../own-dataset.ts'
import type { EventsState } from './events-state.ts'
import { filesOfDataset, type OwnFile } from './own-files.ts'
import { trainedEncoder } from './trained-encoder.ts'

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

/** Files of events and an encoder in training: a link holds neither. */
export function eventsNotCarried(
  state: Pick<EventsState, 'ownFiles' | 'placed' | 'map' | 'training'>,
  intent: Pick<EventsIntent, 'dataset' | 'files'>,
): NotCarried[] {
  const files = shownFiles(state, intent)
  const { training } = state
  const named = files.length > namedFiles ? files.slice(0, namedFiles - 1) : files
  return [
    ...named.map(({ name }) => notCarried('events', name)),
    ...(named.length < files.length
      ? [notCarried('events', `${files.length - named.length}-more-files`)]
      : []),
    ...(trainedEncoder(state) ? [notCarried('encoder')] : []),
    ...(!training.outcome && training.moments.length > 0 ? [notCarried('training')] : []),
  ]
}
