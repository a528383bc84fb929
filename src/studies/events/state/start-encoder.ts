import { linearEncoderId } from '../analysis/map-encoder.ts'

/** The encoder that the map of a dataset starts with: the one that is shipped for it, or the best linear map. */
export function startEncoder(dataset: string, shipped: readonly { id: string }[]): string {
  const own = `events-${dataset}-2d`
  return shipped.some(({ id }) => id === own) ? own : linearEncoderId
}
