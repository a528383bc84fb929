import type { Platform } from '../../../core/platform.ts'
import { closedForms } from '../analysis/compare-sets.ts'
import { eventFeatureNames } from '../analysis/features/event-features.ts'
import { linearEncoderId } from '../analysis/map-encoder.ts'
import { shippedEncoders } from '../catalogue.ts'
import { datasetOf, eventsDatasets, type EventsDataset } from '../datasets.ts'
import { eventsDefaults } from '../default-intent.ts'
import type { EventsIntent } from '../intent.ts'
import { ownDataset } from '../own-dataset.ts'
import { nothingShown } from './events-state.ts'
import { createOwnEncoders } from './own-encoders.ts'

interface Checked {
  intent: EventsIntent
  notes: string[]
}

/** What this page has, beside what it ships with its code. */
interface Known {
  /** Ids of encoders that are shipped, and of one's own. */
  shipped: readonly string[]
  own: readonly string[]
}

/**
 * A link's intent with ids that this page has: what is not here gives way to the default, and the note says so.
 */
export function withKnownIds(asked: EventsIntent, known: Known): Checked {
  const notes: string[] = []
  let intent = asked
  const say = (note: string, patch: Partial<EventsIntent>): void => {
    notes.push(note)
    intent = { ...intent, ...patch }
  }
  if (!datasetOf(intent.dataset) && intent.dataset !== ownDataset.id) {
    const { dataset } = eventsDefaults
    say(
      `There are no events "${intent.dataset}" here: ${dataset} is shown; this page has ${[...eventsDatasets, ownDataset].map(({ id }) => id).join(', ')}.`,
      { ...nothingShown, dataset },
    )
  }
  const encoders = [linearEncoderId, ...known.shipped, ...known.own]
  const { model, compare } = intent
  if (model !== null && !encoders.includes(model))
    say(`${missingEncoder(model, encoders)} Meanwhile the map is that of the dataset.`, {
      ...{ model: null, camera: null, cursor: null },
      selection: intent.selection?.kind === 'points' ? intent.selection : null,
    })
  const maps = ['shown', ...Object.keys(closedForms), ...encoders]
  const strange = compare.maps.filter((id) => !maps.includes(id))
  if (strange.length > 0) {
    const left = compare.maps.filter((id) => maps.includes(id))
    say(`${missingEncoder(strange.join(', '), encoders)} Compare leaves it out.`, {
      compare: { ...compare, maps: left.length > 0 ? left : eventsDefaults.compare.maps },
    })
  }
  if (!eventFeatureNames.some(({ id }) => id === intent.feature))
    say(
      `Events have no feature "${intent.feature}": MET is drawn; there are ${eventFeatureNames.map(({ id }) => id).join(', ')}.`,
      { feature: eventsDefaults.feature },
    )
  const dataset = datasetOf(intent.dataset)
  if (dataset) checkModels(dataset, intent, say)
  return { intent, notes }
}

function missingEncoder(id: string, encoders: readonly string[]): string {
  return id.startsWith('trained')
    ? `The encoder "${id}" was trained in another browser: a link names it but does not carry it. Ask for a bundle (Share, Save bundle) and drop it here, or for its files (Train, Export model), drop them and open the link again.`
    : `There is no encoder "${id}" here; this page has ${encoders.join(', ')}.`
}

/** Models and sets of a shipped dataset. */
function checkModels(
  { title, models }: EventsDataset,
  { focused, reference, pair, hidden, focus, sets, camera }: EventsIntent,
  say: (note: string, patch: Partial<EventsIntent>) => void,
): void {
  const has = (id: string) => models.some((each) => each.id === id)
  const strange = [...new Set([focused, reference, ...(pair ?? []), ...hidden])].filter(
    (id): id is string => id !== null && !has(id),
  )
  if (strange.length > 0)
    say(
      `${title} has no model ${strange.slice(0, 5).join(', ')}${strange.length > 5 ? ', …' : ''}: it has ${models.map(({ id }) => id).join(', ')}.`,
      {
        focused: focused !== null && has(focused) ? focused : null,
        reference: reference !== null && has(reference) ? reference : null,
        pair: pair?.every(has) ? pair : null,
        hidden: hidden.filter(has),
      },
    )
  const total = models.length * sets
  if (focus !== null && focus >= total)
    say(`The map has ${total} sets, numbered from 0; set ${focus} is none of them, and no set is in focus.`, {
      ...{ focus: null, camera },
    })
}

/** The same on what this page ships and this browser keeps. */
export async function checkIds(intent: EventsIntent, platform: Platform): Promise<Checked> {
  const shipped = shippedEncoders(platform.page).map(({ id }) => id)
  const all = [intent.model, ...intent.compare.maps]
  const here = [...shipped, linearEncoderId, 'shown', ...Object.keys(closedForms)]
  // The storage is asked only where something may be in it: files of an encoder have any name.
  const own = all.some((id) => id !== null && !here.includes(id))
    ? (await createOwnEncoders(platform).known()).map(({ id }) => id)
    : []
  return withKnownIds(intent, { shipped, own })
}
