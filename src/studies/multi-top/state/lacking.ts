import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import type { Platform } from '../../../core/platform.ts'
import { createOwnEventFiles } from './own-event-file.ts'
import { transformerRecords } from './own-transformers.ts'

/** Of what a link does not carry: without what this browser keeps. */
export async function multiTopLacking(
  lacks: readonly NotCarried[],
  platform: Pick<Platform, 'records' | 'now'>,
): Promise<NotCarried[]> {
  const [files, transformers] = await Promise.all([
    createOwnEventFiles(platform).known(),
    transformerRecords(platform).known(),
  ])
  const here = new Set(
    [
      ...files.map(({ name }) => notCarried('events', name)),
      ...transformers.map(({ id }) => notCarried('networks', id)),
    ].map((own) => JSON.stringify(own)),
  )
  return lacks.filter(({ kind, name }) => !here.has(JSON.stringify({ kind, name })))
}
