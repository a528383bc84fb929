import { describe, expect, it } from 'vitest'
import { termParts } from './messages/term-parts.ts'
import { chosenLanguage, filled, missingMessages, type Messages } from './messages/messages.ts'
import { languages } from '../core/learn-choices.ts'
import { loadLinkFormat } from '../app/links/link-format.ts'
import { studies } from '../studies/studies.ts'
import { glossaryTerms } from './glossary-terms.ts'
import type { Facts } from '../core/facts.ts'
import { lessons } from './lessons.ts'
import { merged } from './merged.ts'
import en from './messages/en.json'

const texts = new Map<string, string>(Object.entries(en))
const all = await Promise.all(lessons.map(async (entry) => ({ entry, lesson: await entry.load() })))
const steps = all.flatMap(({ lesson }) =>
  lesson.steps.map((step) => ({ lesson, step, name: `${lesson.id}.${step.id}` })),
)
const files = import.meta.glob<{ default: Messages }>('./messages/*.json', { eager: true })

/** Words a reader sees. */
function words(text: string): number {
  return termParts(text)
    .map((part) => (typeof part === 'string' ? part : (part.words ?? texts.get(`term.${part.id}`) ?? '')))
    .join('')
    .split(/\s+/)
    .filter(Boolean).length
}

it('the list says how long each lesson is, and no two have one name', () => {
  for (const { entry, lesson } of all) {
    expect(lesson.id).toBe(entry.id)
    expect(lesson.steps).toHaveLength(entry.steps)
  }
  const names = steps.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

it.each(steps)('$name has all its texts, none of more than 60 words', ({ step, name, lesson }) => {
  const { done, question } = step
  const wanted = [
    ...[`${lesson.id}.title`, `${lesson.id}.about`, `${name}.title`, `${name}.text`],
    ...(done ? [`${name}.task`] : []),
    ...(question ? [`${name}.ask`] : []),
    ...(question?.choices.flatMap((choice) => [
      `${name}.choice.${choice}`,
      // A choice that can never be right needs no reason for it, one that is always right none against it.
      ...(texts.has(`${name}.why.${choice}`) ? [] : [`${name}.not.${choice}`]),
    ]) ?? []),
  ]
  expect(wanted.filter((each) => !texts.has(each))).toEqual([])
  expect(words(texts.get(`${name}.text`) ?? '')).toBeLessThanOrEqual(60)
})

it('terms in texts stand in the glossary, which has a text for each', () => {
  const ids = new Set(glossaryTerms.map(({ id }) => id))
  for (const file of Object.values(files)) {
    const named = Object.values(file.default).flatMap((text) =>
      termParts(text).flatMap((part) => (typeof part === 'string' ? [] : [part.id])),
    )
    expect(named.filter((id) => !ids.has(id))).toEqual([])
  }
  expect([...ids].filter((id) => !texts.has(`term.${id}`) || !texts.has(`term.${id}.text`))).toEqual([])
})

describe('languages', () => {
  it('every language has a file and every text: what is missing is listed here', () => {
    expect(Object.keys(files).sort()).toEqual(languages.map((id) => `./messages/${id}.json`).sort())
    for (const [path, { default: own }] of Object.entries(files)) {
      expect({ path, missing: missingMessages(en, own), unknown: missingMessages(own, en) }).toEqual({
        path,
        missing: [],
        unknown: [],
      })
    }
  })

  it('names in braces are the same in every language', () => {
    const named = (text: string) => [...new Set(text.match(/\{[a-zA-Z]+\}/g) ?? [])].sort()
    for (const { default: own } of Object.values(files))
      for (const [name, text] of Object.entries(own))
        expect({ name, values: named(text) }).toEqual({ name, values: named(texts.get(name) ?? '') })
  })

  it('the first language of the browser that there is, unless a link asks', () => {
    expect(chosenLanguage(null, ['fr-FR', 'es-MX', 'en'])).toBe('es')
    expect(chosenLanguage(null, ['fr'])).toBe('en')
    expect(chosenLanguage('en', ['es'])).toBe('en')
  })

  it('a value that is not known leaves its name in braces', () => {
    expect(filled('{a} of {b}', { a: 2 })).toBe('2 of {b}')
  })
})

it('every step begins with an intent that links can carry, for any student', async () => {
  const { schema, fieldsOf, intentOf } = await loadLinkFormat(studies)
  const { defaultIntent } = await import('../app/links/default-intent.ts')
  const start = defaultIntent(studies)
  for (const { step, name, lesson } of steps)
    for (const student of [0, 1, 7, 9999]) {
      const beginning = step.begin?.(student)
      if (!beginning) continue
      const study = studies.find(({ id }) => id === beginning.study)
      expect(study?.views[beginning.view], name).toBeDefined()
      expect(beginning.study, name).toBe(lesson.study)
      const own = merged(start.studies[beginning.study], beginning.intent ?? {})
      const shown = merged(own, step.show?.({}, student) ?? {})
      for (const intent of [own, shown]) {
        const page = { ...start, studies: { ...start.studies, [beginning.study]: intent } }
        expect(intentOf(schema.parse({ ...fieldsOf(page), lacks: [] }))).toEqual(page)
      }
    }
})

it('answers come from the page: other facts, another answer', () => {
  const question = (name: string) => {
    const found = steps.find((each) => each.name === name)?.step.question
    if (!found) throw new Error(name)
    return (facts: Facts) => found.right(facts, 0)
  }
  const where = question('universe.drag')
  expect(where({ 'live.pole': 1, 'live.tail': 1.2 })).toBe('tail')
  expect(where({ 'live.pole': 1.1, 'live.tail': 1.01 })).toBe('pole')
  expect(where({ 'live.pole': 1, 'live.tail': 1 })).toBeNull()
  const factor = question('universe.double')
  expect(factor({ 'live.tail': 1.4, 'live.tailAtHalf': 1.2 })).toBe('twice')
  expect(factor({ 'live.tail': 1.8, 'live.tailAtHalf': 1.2 })).toBe('four')
  const kept = question('near.three')
  expect([3, 8, 14].map((n) => kept({ 'focus.kept': n }))).toEqual(['few', 'some', 'most'])
  expect(kept({})).toBeNull()
})

it('students next to each other are asked about different things', () => {
  const drag = steps.find(({ name }) => name === 'universe.drag')?.step
  const operators = [0, 1, 2, 3].map((student) => drag?.values?.(student).operator)
  expect(new Set(operators).size).toBe(4)
  expect(drag?.values?.(7)).toEqual(drag?.values?.(7))
})
