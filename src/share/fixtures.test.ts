import { expect, it } from 'vitest'
import { decodeLink } from './decode-link.ts'
import v1 from './fixtures/v1.json'
import { linkVersion } from './schema.ts'

const files = import.meta.glob('./fixtures/v*.json')

it('every version up to the current one has its frozen links', () => {
  const versions = Array.from({ length: linkVersion }, (_, i) => `./fixtures/v${i + 1}.json`)
  expect(Object.keys(files).sort()).toEqual(versions.sort())
})

// A new field with a default may be added within a version; it is absent from the frozen intents, which must
// otherwise come back to the last digit. A failure here means: bump the version and write a migration.
it.each(v1.links)('opens for ever: $name', async ({ link, intent }) => {
  const decoded = await decodeLink(link)
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
