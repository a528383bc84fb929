import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import type { EventsIntent } from '../intent.ts'
import type { EventsContext } from '../model.ts'
import { createOwnEncoders } from './own-encoders.ts'
import { createOwnFiles } from './own-files.ts'

/** Of what a link does not carry: without what this browser keeps, and without the encoder of the map (`checkIds` tells of it). */
export async function eventsLacking(
  lacks: readonly NotCarried[],
  { model }: Pick<EventsIntent, 'model'>,
  { platform }: Pick<EventsContext, 'platform'>,
): Promise<NotCarried[]> {
  const [files, encoders] = await Promise.all([
    createOwnFiles(platform).known(),
    createOwnEncoders(platform).known(),
  ])
  const here = new Set([
    ...files.map(({ name }) => JSON.stringify(notCarried('events', name))),
    ...[...encoders.map(({ id }) => id), ...(model === null ? [] : [model])].map((id) =>
      JSON.stringify(notCarried('encoder', id)),
    ),
  ])
  return lacks.filter(({ kind, name }) => !here.has(JSON.stringify({ kind, name })))
}
