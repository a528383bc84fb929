import { createRng } from '../numerics/rng.ts'
import { featuresPerEvent } from '../studies/events/analysis/features/event-features.ts'
import type { ModelEvents } from '../studies/events/analysis/models.ts'

/**
 * Numbers in the place of features for tests of what compares models: MET and the leading pT log-normal, with a logarithm
 * that is `shift` widths higher, everything else 0. No simulation of anything.
 */
export function toyEvents(id: string, events: number, shift: number): ModelEvents {
  const rng = createRng(1, id)
  const features = new Float32Array(events * featuresPerEvent)
  for (let i = 0; i < events; i++) {
    features[i * featuresPerEvent] = Math.exp(5 + 0.3 * (rng.normal() + shift))
    features[i * featuresPerEvent + 4] = Math.exp(5 + 0.3 * rng.normal())
  }
  return { id, title: id, features, events }
}
