import { readLink } from '../../testing/links.ts'
import { expect, it } from 'vitest'
import { decodeLink } from '../../share/decode-link.ts'
import { linkVersion } from '../../share/link-version.ts'
import { studies } from '../../studies/studies.ts'
import v1 from './fixtures/v1.json'
import v2 from './fixtures/v2.json'
import { generations } from './generations.ts'
import { loadLinkFormat } from './link-format.ts'

const files = import.meta.glob('./fixtures/v*.json')
const format = await loadLinkFormat(studies)

it('every version up to the current one has its frozen links', () => {
  const versions = Array.from({ length: linkVersion }, (_, i) => `./fixtures/v${i + 1}.json`)
  expect(Object.keys(files).sort()).toEqual(versions.sort())
})

// A new field with a default may be added within a version; it is absent from the frozen intents, which must
// otherwise come back to the last digit. A failure here means: a new generation of defaults, or a new version.
it.each(v1.links)('opens for ever: $name', async ({ link, intent }) => {
  const decoded = await readLink(link)
  if (!decoded.ok) throw decoded.error
  expect(decoded.notes).toEqual([])
  expect(decoded.intent).toMatchObject(intent)
  const { coefficients, selection, camera, focus } = decoded.intent
  expect({ coefficients, selection, camera, focus }).toEqual({
    coefficients: intent.coefficients,
    selection: intent.selection,
    camera: intent.camera,
    focus: intent.focus,
  })
})

it.each(v2.links)('version 2 opens for ever: $name', async ({ link, intent }) => {
  const decoded = await decodeLink(link, format)
  if (!decoded.ok) throw decoded.error
  expect(decoded.notes).toEqual([])
  const opened = format.intentOf(decoded.fields)
  expect(opened).toMatchObject(intent)
  // Where the names are free, nothing may be added.
  const free = (all: unknown) => {
    const { 'drell-yan': dy, 'top-pair': tt } = all as typeof intent.studies
    return [dy.coefficients, dy.compare.cameras, dy.uv, dy.selection, dy.focus, tt.fit.truth]
  }
  expect(free(opened.studies)).toEqual(free(intent.studies))
})

it('the frozen links touch every field of the intent', () => {
  const fields = new Set(v1.links.flatMap(({ intent }) => Object.keys(intent)))
  const constant = [...fields].filter((field) => {
    const values = v1.links.map(({ intent }) =>
      JSON.stringify(Object.entries(intent).find(([k]) => k === field)),
    )
    return new Set(values).size === 1
  })
  expect(constant).toEqual([])
})

it('those of version 2 touch every field of every study, down to the parts of parts', () => {
  /** Values by place; what is written in part is looked into. */
  function places(value: unknown, path: string, parts: readonly string[]): [string, string][] {
    const inside = path === '' || parts.includes(path)
    if (!inside || typeof value !== 'object' || value === null) return [[path, JSON.stringify(value)]]
    return Object.entries(value).flatMap(([key, item]) => places(item, path ? `${path}.${key}` : key, parts))
  }
  for (const [id, { defaults, parts }] of Object.entries(generations[0].studies)) {
    const start = new Map(places(defaults, '', Object.keys(parts)))
    const values = v2.links.flatMap(({ intent }) => {
      const own = (intent.studies as Record<string, object>)[id]
      return places(own, '', Object.keys(parts))
    })
    const touched = new Set(values.filter(([place, value]) => start.get(place) !== value).map(([p]) => p))
    // What is nothing by default has places of its own where it is something.
    const moved = [...touched]
    const constant = [...start.keys()].filter(
      (place) => !moved.some((each) => each === place || each.startsWith(`${place}.`)),
    )
    expect(constant).toEqual([])
  }
})
