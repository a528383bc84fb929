import type { LiveModel } from '../analysis/live/live-process.ts'
import type { EventsIntent } from '../intent.ts'

/** The model that is generated in the page beside those of a dataset; null where none is. */
export function liveModelOf({ dataset, live }: Pick<EventsIntent, 'dataset' | 'live'>): LiveModel | null {
  if (!live.on) return null
  if (dataset === 'gluinos')
    return { kind: 'gluino', mGluino: live.mGluino, mChi: Math.max(0, live.mGluino - live.deltaM) }
  if (dataset === 'dark-matter') return { kind: live.mediator, mMediator: live.mMediator, mChi: live.mChi }
  return null
}

/** As legends name it. */
export function liveLabel(model: LiveModel): string {
  return model.kind === 'gluino'
    ? `live: ${Math.round(model.mGluino)}, Δm ${Math.round(model.mGluino - model.mChi)}`
    : `live: ${model.kind} ${Math.round(model.mMediator)}, χ ${Math.round(model.mChi)}`
}
