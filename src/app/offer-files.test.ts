import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { writeParquet } from '../dataset/parquet.ts'
import { studies } from '../studies/studies.ts'
import { eventFile, mediatorFile } from '../testing/event-files.ts'
import { smallLhe } from '../testing/small-lhe.ts'
import { offerFiles } from './offer-files.ts'

/** Which study takes each file, with one in front. */
async function takersOf(files: readonly File[], front: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  const shown = studies.find(({ id }) => id === front)!
  const offers = offerFiles(files, studies, shown)
  let offer = await offers.next()
  for (; !offer.done; offer = await offers.next())
    for (const { name } of offer.value.files) found[name] = offer.value.study.id
  for (const { name } of offer.value) found[name] = 'nobody'
  return found
}

const features = [
  'met',
  'ht',
  'njet',
  'nb',
  ...[1, 2, 3, 4].flatMap((i) => [`pt-${i}`, `eta-${i}`, `dphi-${i}`]),
]
const numbers = Float32Array.of(1, 2)
const named = (name: string, text: BlobPart) => new File([text], name)
const lheOf = (name: string, ids: readonly number[]) => {
  const lines = ids.map((id) => `${id} 1 1 2 0 0 0 0 0 1 0 0 9`)
  return named(
    name,
    `<LesHouchesEvents version="3.0">\n<event>\n${ids.length} 1 1 9 0 0\n${lines.join('\n')}\n</event>\n`,
  )
}
const zipped = async (name: string, file: File) =>
  new File([await new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()], name)
const tableOf = async (name: string, columns: readonly string[]) =>
  new File(
    [(await writeParquet(columns.map((column) => ({ name: column, data: numbers })))) as BlobPart],
    name,
  )

const event = eventFile('dark-machines.csv', 300, 4)
const files = {
  events: [
    event,
    await zipped('dark-machines.csv.gz', event),
    mediatorFile(),
    await zipped('one.lhe.gz', mediatorFile()),
    lheOf('gluinos.lhe', [1000021, 1000021]),
    named('features.csv', `# GeV\n${features.join(',')}\n${features.map(() => 1).join(',')}\n`),
    await tableOf('features.parquet', features),
    await tableOf('objects.parquet', ['met', 'met_phi', 'object']),
    named(
      'encoder.json',
      '{"weightsSha256":"0","whitening":{"description":"log(1 + x/GeV) of momenta, then"}}',
    ),
  ],
  'top-pair': [
    named('top-pairs.lhe', smallLhe(1)),
    lheOf('tops.lhe', [6, -6]),
    named('tops.csv', 'channel,pt_l1,pt_l2\nemu,1,2\n'),
    await tableOf('tops.parquet', ['pt_l1', 'm_tt']),
  ],
  'drell-yan': [
    named('point.yml', 'eft: SMEFT\nbasis: Warsaw\n'),
    named('set_0000.dat', 'PdfType: central\nFormat: lhagrid1\n---\n'),
  ],
}

it.each(studies.map(({ id }) => id))(
  'with %s in front, what belongs to a study goes there',
  async (front) => {
    for (const [study, own] of Object.entries(files)) {
      // Where events of every kind are read, those with objects or partons stay.
      const stays = ({ name }: File) =>
        (front === 'multi-top' && /dark|lhe|objects/.test(name)) ||
        (front === 'events' && name.endsWith('.lhe'))
      const given = own.filter((file) => study === front || !stays(file))
      for (const file of given)
        expect(await takersOf([file], front), file.name).toEqual({ [file.name]: study })
    }
  },
)

it('events with objects stay where both studies of events can read them: with the one in front', async () => {
  for (const file of files.events.slice(0, 5)) {
    expect(await takersOf([file], 'multi-top'), file.name).toEqual({ [file.name]: 'multi-top' })
    expect(await takersOf([file], 'events'), file.name).toEqual({ [file.name]: 'events' })
  }
  for (const front of ['events', 'multi-top'])
    expect(await takersOf([files['top-pair'][1]], front)).toEqual({ 'tops.lhe': front })
  const fourTops = lheOf('four-tops.lhe', [6, -6, 6, -6])
  expect(await takersOf([fourTops], 'drell-yan')).toEqual({ 'four-tops.lhe': 'events' })
})

it('what says nothing is tried by the study in front', async () => {
  const spectrum = named('spectrum.csv', '1,2,3\n4,5,6\n')
  expect(await takersOf([spectrum], 'drell-yan')).toEqual({ 'spectrum.csv': 'drell-yan' })
  expect(await takersOf([spectrum], 'events')).toEqual({ 'spectrum.csv': 'events' })
  const jets = lheOf('jets.lhe', [23, 21])
  expect(await takersOf([jets], 'top-pair')).toEqual({ 'jets.lhe': 'top-pair' })
  expect(await takersOf([jets], 'drell-yan')).toEqual({ 'jets.lhe': 'events' })
})

const cases = '../shared/cases'

it.skipIf(!existsSync(cases))(
  'cases go where they belong from Drell-Yan (skipped where ../shared/cases is absent)',
  async () => {
    const inFolder = (folder: string) =>
      readdirSync(`${cases}/${folder}`).map((name) => named(name, readFileSync(`${cases}/${folder}/${name}`)))
    const lhe = inFolder('files').filter(({ name }) => name.includes('.lhe'))
    expect(lhe.length).toBeGreaterThan(3)
    for (const file of lhe)
      expect(await takersOf([file], 'drell-yan'), file.name).toEqual({ [file.name]: 'top-pair' })
    for (const file of inFolder('events'))
      expect(await takersOf([file], 'drell-yan'), file.name).toEqual({ [file.name]: 'events' })
    for (const file of inFolder('files').filter(({ name }) => /spectr|hepdata|header/.test(name)))
      expect(await takersOf([file], 'drell-yan'), file.name).toEqual({ [file.name]: 'drell-yan' })
  },
)
