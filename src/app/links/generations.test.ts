import { expect, it } from 'vitest'
import { decodeLink } from '../../share/decode-link.ts'
import { encodeLink } from '../../share/encode-link.ts'
import { latestDefaults } from '../../share/link-format.ts'
import { linkGeneration } from '../../share/link-version.ts'
import { studies } from '../../studies/studies.ts'
import v1 from './fixtures/v1.json'
import { generations, type AppDefaults } from './generations.ts'
import { currentDefaults, loadLinkFormat } from './link-format.ts'

const format = await loadLinkFormat(studies)
const [g1, , g3] = generations

// What fails here is a changed default: freeze what it is now as the next generation. A new field goes into the first.
it('the last generation is what the page starts with', async () => {
  expect(JSON.parse(JSON.stringify(await currentDefaults(studies)))).toEqual(generations.at(-1))
  expect(generations).toHaveLength(linkGeneration)
})

it('every generation has every field, in values that are accepted', () => {
  for (const { fields } of format.generations) expect(format.schema.parse(fields)).toEqual(fields)
  const shape = ({ app, studies: all }: AppDefaults) => ({
    app: Object.keys(app).sort(),
    ...Object.fromEntries(
      Object.entries(all).map(([id, { defaults, parts }]) => [
        id,
        [
          Object.keys(defaults).sort(),
          Object.entries(parts).map(([name, part]) => [name, Object.keys(part)]),
        ],
      ]),
    ),
  })
  for (const generation of generations) expect(shape(generation)).toEqual(shape(g1))
})

it('what is written in part stands in what is named before it', () => {
  for (const { parts } of format.generations) {
    const seen = new Set<string>()
    for (const name of parts.keys()) {
      const above = name.split('.').slice(0, -1).join('.')
      expect(above === '' || seen.has(above)).toBe(true)
      seen.add(name)
    }
  }
})

/** A later app, where the map has other defaults: its generation is the next. */
const changed = structuredClone(g3.studies['drell-yan']) as {
  defaults: { neighbourCount: number; training: { steps: number } }
  parts: Record<string, Record<string, unknown>>
}
changed.defaults.neighbourCount = 40
changed.defaults.training.steps = 7
changed.parts.training.steps = 7
changed.parts.setup.universes = 99
const later = await loadLinkFormat(studies, [
  ...generations,
  { ...g3, app: { ...g3.app, view: 'train' }, studies: { ...g3.studies, 'drell-yan': changed } },
])

async function read(link: string) {
  const decoded = await decodeLink(link, later)
  if (!decoded.ok) throw decoded.error
  expect(decoded.notes).toEqual([])
  return decoded.fields as {
    view: string
    'drell-yan': {
      neighbourCount: number
      training: { steps: number; seed: number }
      setup: { universes: number; seed: number } | null
    }
  }
}

it('a link keeps the meaning that it had, whatever has become of the defaults', async () => {
  const fields = latestDefaults(format).fields
  const own = fields['drell-yan'] as object
  const mine = {
    ...fields,
    'drell-yan': {
      ...own,
      training: { ...g1.studies['drell-yan'].parts.training, seed: 3 },
      setup: { ...g1.studies['drell-yan'].parts.setup, seed: 4 },
    },
  }
  const old = await encodeLink(mine, format)
  expect(old).toMatch(/^#v=2&k=[^&]+&g=3&/)
  expect(await read(old)).toEqual(mine)
  // What was broken in it gives way to what was the default then.
  const broken = { ...mine, 'drell-yan': { ...own, neighbourCount: 'many' } }
  const mended = await decodeLink(await encodeLink(broken, format), later)
  expect(mended).toMatchObject({ ok: true, fields: { 'drell-yan': { neighbourCount: 15 } } })
  const now = await read(await encodeLink(latestDefaults(later).fields, later))
  expect(now).toMatchObject({ 'drell-yan': { neighbourCount: 40, training: { steps: 7 } } })
  // And a link of the later app says what it leaves out of its own defaults.
  const back = { ...latestDefaults(later).fields, 'drell-yan': { ...changed.defaults, neighbourCount: 15 } }
  const link = await encodeLink(back, later)
  expect(link).toContain('&g=4&')
  expect((await read(link))['drell-yan'].neighbourCount).toBe(15)
})

it('a training of generation 1 that says no rate learns by 0.001, as it did', async () => {
  const rateOf = async (link: string): Promise<unknown> => {
    const decoded = await decodeLink(link, format)
    if (!decoded.ok) throw decoded.error
    return (decoded.fields['multi-top'] as { training: { learningRate: number } }).training.learningRate
  }
  const old = await encodeLink(
    { ...g1.app, ...Object.fromEntries(Object.entries(g1.studies).map(([id, own]) => [id, own.defaults])) },
    await loadLinkFormat(studies, [g1]),
  )
  expect(old).toContain('&g=1&')
  expect(await rateOf(old)).toBe(0.001)
  expect(await rateOf(await encodeLink(latestDefaults(format).fields, format))).toBe(0.003)
})

it.each(v1.links)('version 1 is generation 1: $name', async ({ link, intent }) => {
  const fields = await read(link)
  expect({ ...fields['drell-yan'], view: fields.view }).toMatchObject(
    Object.fromEntries(
      Object.entries(intent).filter(
        ([name]) => name in g1.studies['drell-yan'].defaults && name !== 'dataset',
      ),
    ),
  )
})

it('defaults of a later app are refused, with what can be read', async () => {
  const link = await encodeLink({ ...latestDefaults(later).fields, view: 'compare' }, later)
  const decoded = await decodeLink(link, format)
  if (decoded.ok) throw new Error('opened')
  expect(decoded.error.code).toBe('share/too-new')
  expect(decoded.error.message).toMatch(/generation 4, this app knows 3/)
  expect(decoded.partial).toMatchObject({ view: 'compare' })
})

it('a fit of generations 1 and 2 keeps its set-up: truth, cut, and networks of its own training', async () => {
  const plain = '#v=2&k=690e0ca0.56&g=1&view=explore&data=dy-nc-13tev&model=dy-supcon-2d'
  const old = await decodeLink(plain, format)
  if (!old.ok) throw old.error
  const before = { mttMinGeV: 700, truth: { td8: 0.45, tq8: -0.65 }, replicas: 1, networks: 'trained' }
  expect((old.fields['top-pair'] as { fit: object }).fit).toMatchObject(before)
  expect(generations[1].studies['top-pair'].defaults).toMatchObject({ fit: before })
  expect(g3.studies['top-pair'].defaults).toMatchObject({
    fit: { mttMinGeV: 1450, truth: { td8: 0.3, tq8: 0.2 }, replicas: 2, networks: 'shipped' },
  })
})
