import type { LinkPart } from '../../share/link-format.ts'
import { multiTopDefaults } from './default-intent.ts'
import { multiTopSchema } from './intent.ts'

/** How links keep a map of events: packed, but for what equals its default. */
export const multiTopLinkPart: LinkPart = {
  shape: multiTopSchema.shape,
  keys: [],
  records: [],
  nested: { training: multiTopDefaults.training, compare: multiTopDefaults.compare },
}
