import type { AppIntent } from '../../core/app-state.ts'
import { frontOf } from '../../core/front.ts'
import { lazily } from '../../core/lazily.ts'
import type { NotCarried } from '../../core/not-carried.ts'
import type { Platform } from '../../core/platform.ts'
import type { Study } from '../../core/study.ts'
import type { LinkHashes } from '../../share/link-format.ts'
import { defaultIntent } from './default-intent.ts'

/** Notes of one link that are spelled out. */
const spelledNotes = 4

export interface OpenedLink {
  intent: AppIntent
  /** The same with the ids that the link names, also where this page has them not. */
  asked: AppIntent
  /** False where the address could not be read: `intent` is then what its plain part says, or the default. */
  readable: boolean
  messages: string[]
  hashes: LinkHashes
  /** What its sender had beside it. */
  lacks: readonly NotCarried[]
}

export interface Links {
  /** The link of an intent, from "#" on. @param lacks  what there is beside it, and no link carries */
  write(intent: AppIntent, hashes?: LinkHashes, lacks?: readonly NotCarried[]): Promise<string>
  /** The intent of an address, or the default with a reason where it cannot be read. */
  read(hash: string): Promise<OpenedLink>
}

/** Links of the app. The codec and the schemas come with the first link: a first visit paints without them. */
export function createLinks(studies: readonly Study[], platform: Platform): Links {
  const format = lazily(async () => (await import('./link-format.ts')).loadLinkFormat(studies))

  /** Ids that this page does not have give way, each study's by its own rules. */
  async function checked(
    intent: AppIntent,
    notes: readonly string[],
    readable: boolean,
    hashes: LinkHashes = {},
  ): Promise<OpenedLink> {
    const { study } = frontOf(intent, studies)
    const messages = [...notes]
    const intents: Record<string, object> = { ...intent.studies }
    for (const { id, check } of studies) {
      const found = await check?.(intents[id], platform)
      if (!found) continue
      intents[id] = found.intent
      // Of what is not shown, nothing needs to be said yet.
      if (id === study.id || id === intent.study) messages.push(...found.notes)
    }
    return {
      intent: { ...intent, studies: intents },
      asked: intent,
      ...{ readable, hashes },
      messages: gathered(messages),
      lacks: [],
    }
  }

  return {
    async write(intent, hashes, lacks = []) {
      const [{ encodeLink }, known] = await Promise.all([import('../../share/encode-link.ts'), format()])
      return encodeLink({ ...known.fieldsOf(intent), lacks }, known, hashes)
    },
    async read(hash) {
      const fallback = defaultIntent(studies)
      if (hash.length <= 1)
        return { intent: fallback, asked: fallback, readable: true, hashes: {}, messages: [], lacks: [] }
      const [{ decodeLink }, known] = await Promise.all([import('../../share/decode-link.ts'), format()])
      const decoded = await decodeLink(hash, known)
      if (decoded.ok) {
        const intent = known.intentOf(decoded.fields)
        const notes = decoded.notes.map(({ message }) => message)
        const opened = await checked(intent, notes, true, decoded.hashes)
        return { ...opened, lacks: decoded.fields.lacks as readonly NotCarried[] } // checked by the schema
      }
      const partial = decoded.partial ? known.intentOf(decoded.partial) : fallback
      return checked(partial, [decoded.error.message], false)
    },
  }
}

/** One message for all notes: a hostile link must not paper the page over. */
function gathered(notes: readonly string[]): string[] {
  if (notes.length < 2) return [...notes]
  const more = notes.length - spelledNotes
  return [[...notes.slice(0, spelledNotes), ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')]
}
