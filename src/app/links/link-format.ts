import * as z from 'zod'
import type { AppIntent } from '../../core/app-state.ts'
import { notCarriedKinds, notCarriedName } from '../../core/not-carried.ts'
import type { Study } from '../../core/study.ts'
import { noLesson, type LearnIntent } from '../../core/learn.ts'
import { hideableControls, languages } from '../../core/learn-choices.ts'
import { verbs, type Verb } from '../../core/verbs.ts'
import {
  readNumber,
  textKey,
  type FlatKey,
  type LinkDefaults,
  type LinkFields,
  type LinkFormat,
  type LinkPart,
} from '../../share/link-format.ts'
import { defaultIntent } from './default-intent.ts'
import { generations as frozen, type AppDefaults } from './generations.ts'
import { linkMigrations } from './migrations.ts'

z.config({ jitless: true })

/** The intent of all studies as one link keeps it, and back. */
export interface AppLinkFormat extends LinkFormat {
  fieldsOf(intent: AppIntent): LinkFields
  /** @param fields  as the schema accepts them */
  intentOf(fields: LinkFields): AppIntent
}

/** What a teacher writes by hand: `#learn=universe.1&student=7&hide=share.datasets`. */
const learnKeys: readonly FlatKey[] = [
  {
    ...{ key: 'learn', path: ['learn', 'place'] },
    write: (place) => String(place ?? 'off'),
    read: (text) => (text === 'off' ? null : text),
  },
  { key: 'student', path: ['learn', 'student'], write: String, read: readNumber },
  {
    ...{ key: 'hide', path: ['learn', 'hide'] },
    write: (controls) => (controls as readonly string[]).join('.'),
    read: (text) => (text === '' ? [] : text.split('.')),
  },
  {
    ...{ key: 'projector', path: ['learn', 'projector'] },
    write: (on) => (on === true ? 'on' : 'off'),
    read: (text) => (text === 'on' ? true : text === 'off' ? false : text),
  },
  {
    ...{ key: 'lang', path: ['learn', 'language'] },
    write: (language) => String(language ?? 'auto'),
    read: (text) => (text === 'auto' ? null : text),
  },
]

interface StudyPart {
  study: Study
  part: LinkPart
}

async function partsOf(studies: readonly Study[]): Promise<StudyPart[]> {
  return Promise.all(studies.map(async (study) => ({ study, part: await study.linkPart() })))
}

/** What the app and its studies start with now, as a new generation would freeze it. */
export async function currentDefaults(studies: readonly Study[]): Promise<AppDefaults> {
  const { view } = defaultIntent(studies)
  const [first] = studies
  return {
    app: { view, dataset: first.datasetOf(first.defaults) ?? '', front: null, lacks: [], learn: noLesson },
    studies: Object.fromEntries(
      (await partsOf(studies)).map(({ study, part }) => [
        study.id,
        { defaults: study.defaults, parts: part.nested },
      ]),
    ),
  }
}

function linkDefaults({ app, studies }: AppDefaults): LinkDefaults {
  const all = Object.entries(studies)
  return {
    fields: { ...app, ...Object.fromEntries(all.map(([id, { defaults }]) => [id, defaults])) },
    parts: new Map<string, object>([
      ['learn', app.learn as object], // of a generation, which the schema has accepted
      ...all.flatMap(([id, { defaults, parts }]) => [
        [id, defaults] as const,
        ...Object.entries(parts).map(([name, whole]) => [`${id}.${name}`, whole] as const),
      ]),
    ]),
  }
}

/**
 * What links keep, from what each study says of itself.
 * @param generations  those that are frozen; a study that none of them knows has the defaults it has now
 */
export async function loadLinkFormat(
  studies: readonly Study[],
  generations: readonly AppDefaults[] = frozen,
): Promise<AppLinkFormat> {
  const parts = await partsOf(studies)
  const [first] = studies
  const current = await currentDefaults(studies)
  const schema = z.object({
    view: z.enum(verbs),
    // That of the study in front.
    dataset: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
    /** Study in front where its dataset cannot tell: what is made in the page is in no menu. */
    front: z.enum(studies.map(({ id }) => id)).nullable(),
    /** What its sender had beside it. */
    lacks: z
      .array(z.object({ kind: z.enum(notCarriedKinds), name: z.string().regex(notCarriedName).optional() }))
      .max(20),
    learn: z.object({
      place: z
        .string()
        .regex(/^(list|[a-z][a-z-]{0,31}\.[1-9]\d?)$/)
        .nullable(),
      student: z.number().int().min(0).max(9999),
      hide: z.array(z.enum(hideableControls)).max(hideableControls.length),
      projector: z.boolean(),
      language: z.enum(languages).nullable(),
    }),
    ...Object.fromEntries(parts.map(({ study, part }) => [study.id, z.object(part.shape)])),
  })

  function ownerOf(dataset: string): Study {
    return studies.find((study) => study.datasets.some(({ id }) => id === dataset)) ?? first
  }

  function fieldsOf({ view, study, studies: intents, learn }: AppIntent): LinkFields {
    const front = studies.find(({ id }) => id === study) ?? first
    const own = intents[front.id] as { readonly dataset?: string }
    const dataset = front.datasetOf(own) ?? own.dataset ?? current.app.dataset
    return {
      ...{ view, dataset, front: ownerOf(String(dataset)) === front ? null : front.id, learn },
      ...intents,
      // `data` says it.
      ...('dataset' in own && { [front.id]: without(own, 'dataset') }),
    }
  }

  function intentOf(fields: LinkFields): AppIntent {
    const dataset = String(fields.dataset)
    const front = studies.find(({ id }) => id === fields.front) ?? ownerOf(dataset)
    const intents = Object.fromEntries(studies.map(({ id }) => [id, fields[id] as object]))
    if ('dataset' in intents[front.id]) intents[front.id] = { ...intents[front.id], dataset }
    return {
      view: fields.view as Verb,
      study: front.id,
      studies: intents,
      learn: fields.learn as LearnIntent,
    }
  }

  return {
    schema,
    generations: generations.map((defaults) =>
      linkDefaults({
        app: { ...current.app, ...defaults.app },
        studies: Object.fromEntries(
          studies.map(({ id }) => [id, defaults.studies[id] ?? current.studies[id]]),
        ),
      }),
    ),
    migrations: linkMigrations,
    keys: [
      textKey('view', 'view', true),
      textKey('data', 'dataset', true),
      ...learnKeys,
      ...parts.flatMap(({ study: { id }, part }) =>
        part.keys.map((key) => ({ ...key, path: [id, ...key.path] })),
      ),
    ],
    records: parts.flatMap(({ study: { id }, part }) =>
      part.records.map((record) => ({ ...record, path: [id, ...record.path] })),
    ),
    fieldsOf,
    intentOf,
  }
}

function without(fields: object, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
}
