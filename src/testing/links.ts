import { loadLinkFormat } from '../app/links/link-format.ts'
import type { Verb } from '../core/verbs.ts'
import { decodeLink, type DecodedLink } from '../share/decode-link.ts'
import { encodeLink } from '../share/encode-link.ts'
import { withDefaults } from '../share/link-defaults.ts'
import { latestDefaults, type LinkFields, type LinkHashes } from '../share/link-format.ts'
import type { DrellYanIntent } from '../studies/drell-yan/intent.ts'
import { studies } from '../studies/studies.ts'
import { topPairDefaults } from '../studies/top-pair/default-intent.ts'
import type { TopPairIntent } from '../studies/top-pair/intent.ts'

/** What a link says of the first two studies, their fields beside each other: no name of the one is one of the other. */
export type LinkIntent = DrellYanIntent & TopPairIntent & { view: Verb }

/** How the app's links keep the intents of its studies. */
export const linkFormat = await loadLinkFormat(studies)

const joinedStudies = ['drell-yan', 'top-pair']
const ofTopPair = new Set(Object.keys(topPairDefaults))

/** One key per study, as links have it. `dataset` is that of the study in front. */
function parted(fields: object): Record<string, unknown> {
  const { view, dataset, ...rest } = fields as Record<string, unknown>
  const all = Object.entries(rest)
  return {
    ...(view !== undefined && { view }),
    ...(dataset !== undefined && { dataset }),
    'drell-yan': Object.fromEntries(all.filter(([name]) => !ofTopPair.has(name))),
    'top-pair': Object.fromEntries(all.filter(([name]) => ofTopPair.has(name))),
  }
}

function joined(fields: LinkFields): LinkIntent {
  const { view, dataset } = fields
  return Object.assign({}, ...joinedStudies.map((id) => fields[id]), { view, dataset }) as LinkIntent
}

export const defaultLinkIntent = joined(latestDefaults(linkFormat).fields)

const firstDefaults = linkFormat.generations[0]

/** What a link says that names no generation of defaults: it is of the first. */
export const firstLinkIntent = joined(firstDefaults.fields)

/** The link of an intent that differs from the default by the patch. */
export function linkTo(patch: Partial<LinkIntent>, hashes?: LinkHashes): Promise<string> {
  const { learn } = latestDefaults(linkFormat).fields
  const fields = { ...parted({ ...defaultLinkIntent, ...patch }), front: null, learn }
  return encodeLink(fields, linkFormat, hashes)
}

/** The intent with these fields, the rest as it is by default. */
export function linkIntent(fields: Record<string, unknown>): LinkIntent {
  return joined(linkFormat.schema.parse(withDefaults(parted(fields), latestDefaults(linkFormat))))
}

/** The same of a link without a generation. */
export function firstGenerationIntent(fields: Record<string, unknown>): LinkIntent {
  return joined(linkFormat.schema.parse(withDefaults(parted(fields), firstDefaults)))
}

type Decoded =
  | (Omit<Extract<DecodedLink, { ok: true }>, 'fields'> & { intent: LinkIntent })
  | (Omit<Extract<DecodedLink, { ok: false }>, 'partial'> & { partial?: LinkIntent })

/** Reads a link as the app does. */
export async function readLink(link: string): Promise<Decoded> {
  const decoded = await decodeLink(link, linkFormat)
  if (!decoded.ok) {
    const { partial, ...rest } = decoded
    return partial ? { ...rest, partial: joined(partial) } : rest
  }
  const { fields, ...rest } = decoded
  return { ...rest, intent: joined(fields) }
}
