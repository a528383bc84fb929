import { expect, it } from 'vitest'
import { writeTransformerFiles } from '../../../../ml/transformer/transformer-files.ts'
import { toyClass } from '../../../../testing/small-multi-top.ts'
import { smallTransformer } from '../../../../testing/small-transformer.ts'
import { droppedPlaces } from '../../state/shown-dropped.ts'
import { learnedMap } from '../map/learned-map.ts'
import { eventsOnMap } from '../map/map-events.ts'
import { plainTokens, tokenInfos } from '../tokens/token-layout.ts'
import { placeEvents } from './place-events.ts'
import { readOwnEvents } from './read-own-events.ts'

const classes = [0, 4].map((tops) => ({ id: `${tops}t`, sample: toyClass(tops, 200, 5) }))
const map = eventsOnMap(classes, [['a'], ['b']], { perClass: 25, seed: 1 })
const names = tokenInfos.slice(0, plainTokens).map(({ id }) => id)
const bytes = (text: string) => new TextEncoder().encode(text)
const rowOf = (event: number): string =>
  Array.from(map.raw.subarray(event * plainTokens, (event + 1) * plainTokens)).join(',')

it('events of the map, dropped as a table, stand where they stood, in both spaces and by t-SNE near themselves', async () => {
  const small = await smallTransformer()
  const { card, weights } = await writeTransformerFiles(small.card, small.parameters)
  const transformer = { card, weights }
  const learning = learnedMap({ transformer, events: map, input: map.values, splitSeed: 1 }, {})
  let next = await learning.next()
  while (!next.done) next = await learning.next()
  const learned = next.value
  const file = bytes([names.join(','), rowOf(3), rowOf(40)].join('\n'))
  const { axes, scaling } = map
  const placed = await placeEvents(
    { name: 'two.csv', bytes: file, transformer, input: { axes, scaling }, learned: learned.axes },
    {},
  )
  expect([placed.events, placed.read, placed.classes.length]).toEqual([2, 2, 2])
  expect(placed.probabilities[0] + placed.probabilities[1]).toBeCloseTo(1, 6)
  const input = droppedPlaces(placed, 'input', map, null)!
  const inLearned = droppedPlaces(placed, 'learned', learned, null)!
  for (const [e, event] of [3, 40].entries()) {
    expect(input[2 * e]).toBeCloseTo(map.components[event * map.componentCount], 3)
    expect(inLearned[2 * e + 1]).toBeCloseTo(learned.components[event * learned.componentCount + 1], 3)
  }
  // On a map where event 40 alone stands at 5 and all others at 0, one of five is that event.
  const tsne = new Float64Array(100)
  tsne.fill(5, 80, 82)
  expect(Array.from(droppedPlaces(placed, 'input', map, tsne)!)).toEqual([0, 0, 1, 1])
  expect(
    droppedPlaces(
      { ...placed, coordinates: { ...placed.coordinates, learned: null } },
      'learned',
      learned,
      null,
    ),
  ).toBeNull()
})

it('Dark Machines lines are events with objects; lines that are none are counted', async () => {
  const own = await readOwnEvents(
    'dm.csv',
    bytes(
      '1;tt;1;90000;0.5;b,100000,80000,0.5,1;j,60000,50000,-1,2\nno event\n2;tt;1;1000;0;e-,50000,40000,0,0;\n',
    ),
  )
  expect([own.kind, own.raw.events, own.badLines]).toEqual(['dark-machines', 2, 1])
  expect(own.raw.values[0]).toBeCloseTo(80, 9)
})

it.each([
  [
    'a column missing',
    `${names.slice(1).join(',')}\n${rowOf(3).split(',').slice(1).join(',')}`,
    /99 columns and 1 of the 100 numbers .* b1\.pt is missing/,
  ],
  [
    'a number that is none',
    `${names.join(',')}\nnan${rowOf(3).slice(rowOf(3).indexOf(','))}`,
    /b1\.pt of row 1 is NaN, all 100 numbers must be finite/,
  ],
  [
    'all objects empty',
    `${names.join(',')}\n${names.map(() => 0).join(',')}`,
    /its 1 events have 0 jets and leptons together/,
  ],
])('%s is refused in a sentence with both numbers', async (_what, text, sentence) => {
  await expect(readOwnEvents('mine.csv', bytes(text))).rejects.toThrow(sentence)
  await expect(readOwnEvents('mine.csv', bytes(text))).rejects.toThrow(/mine\.csv/)
})
