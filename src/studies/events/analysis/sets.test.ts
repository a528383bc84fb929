import { expect, it } from 'vitest'
import { createRng } from '../../../numerics/rng.ts'
import { featuresPerEvent } from './features/event-features.ts'
import { splitEvents } from './models.ts'
import { drawSets, gatherEvents, setInputs } from './sets.ts'

const events = 1000
const rng = createRng(8)
const features = Float32Array.from({ length: events * featuresPerEvent }, () => 500 * rng.uniform())
const model = { features }
const all = (parts: Uint32Array[]) => parts.flatMap((part) => [...part])

it('divides events 60 : 20 : 20, none in two parts, by the seed alone', () => {
  const { train, validation, test } = splitEvents(events, 3)
  expect([train.length, validation.length, test.length]).toEqual([600, 200, 200])
  expect(new Set(all([train, validation, test])).size).toBe(events)
  expect(splitEvents(events, 3).train).toEqual(train)
  expect(splitEvents(events, 4).train).not.toEqual(train)
})

it('forms sets within a part, of different events, by falling MET', () => {
  const { validation } = splitEvents(events, 3)
  const part = new Set(validation)
  // 20 sets of ten are all events once; the next 20 another shuffle of them.
  const sets = drawSets({ model, indices: validation, sets: 40, perSet: 10, rng: createRng(1) })
  expect(new Set(sets)).toEqual(part)
  expect(new Set(sets.subarray(0, 200)).size).toBe(200)
  for (let s = 0; s < 40; s++) {
    const own = [...sets.subarray(10 * s, 10 * s + 10)]
    expect(new Set(own).size).toBe(10)
    const met = own.map((event) => features[event * featuresPerEvent])
    expect(met).toEqual([...met].sort((a, b) => b - a))
  }
  expect(drawSets({ model, indices: validation, sets: 40, perSet: 10, rng: createRng(1) })).toEqual(sets)
  expect(drawSets({ model, indices: validation, sets: 40, perSet: 10, rng: createRng(2) })).not.toEqual(sets)
})

it('refuses sets larger than what there is', () => {
  const indices = Uint32Array.of(1, 2, 3)
  expect(() => drawSets({ model, indices, sets: 1, perSet: 4, rng: createRng(1) })).toThrow(
    /has 4 events, there are 3/,
  )
})

it('puts scaled events of a set side by side', () => {
  const scaling = {
    mean: new Float32Array(featuresPerEvent).fill(1),
    sd: new Float32Array(featuresPerEvent).fill(2),
  }
  const places = Uint32Array.of(7, 2)
  const inputs = setInputs(features, places, scaling)
  expect(inputs.length).toBe(2 * featuresPerEvent)
  expect(inputs[0]).toBeCloseTo((Math.log1p(features[7 * featuresPerEvent]) - 1) / 2, 5)
  expect(inputs[featuresPerEvent + 2]).toBeCloseTo((features[2 * featuresPerEvent + 2] - 1) / 2, 4)
  expect([...gatherEvents(features, places).subarray(0, 16)]).toEqual([...features.subarray(7 * 16, 8 * 16)])
})
