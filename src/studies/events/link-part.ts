import type { LinkPart } from '../../share/link-format.ts'
import { eventsDefaults } from './default-intent.ts'
import { eventsSchema } from './intent.ts'

/** How links keep a map of models: packed, but for what equals its default. */
export const eventsLinkPart: LinkPart = {
  shape: eventsSchema.shape,
  keys: [],
  records: [],
  nested: {
    live: eventsDefaults.live,
    training: eventsDefaults.training,
    compare: eventsDefaults.compare,
  },
}
