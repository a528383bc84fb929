import { beforeAll, describe, expect, it } from 'vitest'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { amplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import '../../testing/matchers.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { runBlock } from '../hard-process/block.ts'
import { createHardProcess, type HardProcess } from '../hard-process/hard-process.ts'
import { overweightShare, prepareSampling, type Sampling } from '../hard-process/unweighting.ts'
import { evenGrids } from '../hard-process/training.ts'
import { createPartonEventSource, eventsPerBlock } from './event-block.ts'
import type { PartonEvents } from './parton-events.ts'

let kernel: WebAssembly.Module | undefined
beforeAll(async () => {
  kernel = await loadAmplitudeKernel()
})

function make(process: string, ptMin = 0): HardProcess {
  return createHardProcess(
    { process, flavours: 5, windows: [{ min: ptMin, max: Infinity }], kernel },
    { pdf: toyPdf(), sqrtS: 13_000, scale: 'ht/2', alphaS: () => 0.11, parameters: amplitudeParameters() },
  )
}

/** Even grids save the training: what events are made of does not depend on them. */
function prepare(hard: HardProcess, train = false): Sampling {
  const { dimensions, beamDimensions } = hard
  const trained = train
    ? []
    : dimensions.map((own) => ({
        ...{ efficiency: 0, overweightShare: 0, effectiveShare: 0 },
        ...evenGrids(beamDimensions, own),
      }))
  const preparation = prepareSampling({ dimensions, beamDimensions, trained })
  let step = preparation.next()
  while (!step.done)
    step = preparation.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, 1)))
  return step.value
}

const rows = (events: PartonEvents, i: number): number[] =>
  Array.from({ length: events.first[i + 1] - events.first[i] }, (_, k) => events.first[i] + k)

describe('events', () => {
  it('depend on the seed alone, not on the number of workers', () => {
    // Two workers make the process anew, in another order of blocks, and one of them has seen other blocks before.
    const sampling = prepare(make('p p > t t~'))
    const one = createPartonEventSource(make('p p > t t~'), sampling, { seed: 3, kernel })
    const alone = [0, 1, 2, 3].map((n) => one.block(n))
    const sent = structuredClone(sampling)
    const workers = [0, 1].map(() => createPartonEventSource(make('p p > t t~'), sent, { seed: 3, kernel }))
    workers[1].block(17)
    for (const [worker, n] of [
      [1, 3],
      [0, 0],
      [1, 1],
      [0, 2],
    ])
      expect(workers[worker].block(n)).toEqual(alone[n])
    expect(createPartonEventSource(make('p p > t t~'), sampling, { seed: 4, kernel }).block(0)).not.toEqual(
      alone[0],
    )
    expect(one.block(1, 10).events.momenta).toEqual(alone[1].events.momenta.subarray(0, 10 * 16))
  })

  it.each([
    ['p p > t t~', 0],
    ['p p > Z j', 100],
    ['g b > t t t~ W-', 0],
    ['p p > go go', 0],
    ['p p > phi j', 50],
  ])('%s: momenta balance, legs lie on their shells, every colour line has two ends', (process, ptMin) => {
    const hard = make(process, ptMin)
    const { events } = createPartonEventSource(hard, prepare(hard), { seed: 1, kernel }).block(0)
    expect(events.events).toBe(eventsPerBlock)
    const seen = new Set<number>()
    for (let i = 0; i < events.events; i++) {
      const total = [0, 0, 0, 0]
      const lines = new Map<number, number>()
      let charge = 0
      for (const row of rows(events, i)) {
        const incoming = events.status[row] === -1
        const sign = incoming ? -1 : 1
        for (let k = 0; k < 4; k++) total[k] += sign * events.momenta[4 * row + k]
        // An incoming colour ends where an outgoing anticolour would.
        const [colour, anticolour] = events.colour.subarray(2 * row, 2 * row + 2)
        if (colour > 0) lines.set(colour, (lines.get(colour) ?? 0) + sign)
        if (anticolour > 0) lines.set(anticolour, (lines.get(anticolour) ?? 0) - sign)
        charge += sign * chargeOf(events.ids[row])
        seen.add(events.ids[row])
        expect(coloursOf(events.ids[row])).toEqual([colour > 0, anticolour > 0])
      }
      const [first, second] = rows(events, i)
      expect(events.momenta[4 * first + 3]).toBeGreaterThan(0)
      expect(events.momenta[4 * second + 3]).toBeLessThan(0)
      const scale = events.momenta[4 * first] + events.momenta[4 * second]
      for (const sum of total) expect(Math.abs(sum)).toBeLessThan(1e-9 * scale)
      expect(charge).toBeCloseTo(0, 9)
      expect([...lines.values()].filter((ends) => ends !== 0)).toEqual([])
    }
    if (process === 'p p > t t~') expect(seen.has(21) && seen.has(2) && seen.has(-1)).toBe(true)
  })

  it.each(['p p > t t~ H', 'p p > t t~ Z', 'p p > go go', 'g b > t t t~ W-'])(
    '%s with decays: what is final balances what comes in, and colours join',
    (process) => {
      const hard = make(process)
      const decays = { mChi: 100 }
      const { events } = createPartonEventSource(hard, prepare(hard), { seed: 1, kernel, decays }).block(0)
      for (let i = 0; i < events.events; i++) {
        const total = [0, 0, 0, 0]
        const lines = new Map<number, number>()
        for (const row of rows(events, i)) {
          expect(events.mother[row]).toBeLessThan(row - events.first[i])
          if (events.status[row] === 2) continue
          const sign = events.status[row]
          for (let k = 0; k < 4; k++) total[k] += sign * events.momenta[4 * row + k]
          const [colour, anticolour] = events.colour.subarray(2 * row, 2 * row + 2)
          if (colour > 0) lines.set(colour, (lines.get(colour) ?? 0) + sign)
          if (anticolour > 0) lines.set(anticolour, (lines.get(anticolour) ?? 0) - sign)
          const id = Math.abs(events.ids[row])
          expect([6, 15, 23, 24, 25, 1_000_021]).not.toContain(id)
        }
        for (const sum of total) expect(Math.abs(sum)).toBeLessThan(1e-5)
        expect([...lines.values()].filter((ends) => ends !== 0)).toEqual([])
      }
    },
  )

  it('reproduce the cross-section, and few of them weigh more than the others', () => {
    const hard = make('p p > t t~ H')
    const sampling = prepare(hard, true)
    const source = createPartonEventSource(hard, sampling, { seed: 2, kernel })
    let [trials, sum, sum2, heavy, weights] = [0, 0, 0, 0, 0]
    for (let n = 0; n < 40; n++) {
      const block = source.block(n)
      trials += block.trials
      sum += block.sum
      sum2 += block.sum2
      for (const w of block.events.weight) {
        weights += w
        if (w > 1) heavy += w
      }
    }
    const value = sum / trials
    const error = Math.sqrt((sum2 / trials - value * value) / trials)
    const pilot = sampling.reduce((total, { mean }) => total + mean, 0)
    const pilotError = Math.hypot(...sampling.map((part) => part.error))
    expect(Math.abs(value - pilot) / Math.hypot(error, pilotError)).toBeLessThan(4)
    // The pilot aims below the share, and 10,000 events have their own luck.
    expect(heavy / weights).toBeLessThan(1.5 * overweightShare)
  })

  it('partonic processes come in proportion to their cross-sections', () => {
    const hard = make('p p > t t~')
    const sampling = prepare(hard)
    const source = createPartonEventSource(hard, sampling, { seed: 5, kernel })
    const gluons = source.subprocesses.indexOf('g g > t t~')
    let [count, all] = [0, 0]
    for (let n = 0; n < 40; n++) {
      const { events } = source.block(n)
      events.subprocess.forEach((own, i) => {
        all += events.weight[i]
        if (own === gluons) count += events.weight[i]
      })
    }
    const expected = sampling[0].mean / sampling.reduce((sum, { mean }) => sum + mean, 0)
    const share = count / all
    expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / all) + 0.01 * share)
  })
})

it('a process seen from the other beam is as frequent', () => {
  const hard = make('g u > Z u', 100)
  const { events } = createPartonEventSource(hard, prepare(hard), { seed: 1, kernel }).block(0)
  let forward = 0
  for (let i = 0; i < events.events; i++) if (events.ids[events.first[i]] === 21) forward++
  expect(Math.abs(forward - eventsPerBlock / 2)).toBeLessThan(4 * Math.sqrt(eventsPerBlock / 4))
})

it('several windows of pT are refused', () => {
  const hard = make('p p > t t~')
  expect(() => createPartonEventSource(hard, [], { seed: 1, kernel })).toThrow(/0 for 2/)
})

function chargeOf(id: number): number {
  const size = Math.abs(id)
  const own = size <= 6 ? (size % 2 === 0 ? 2 / 3 : -1 / 3) : size === 24 ? 1 : 0
  return Math.sign(id) * own
}

function coloursOf(id: number): boolean[] {
  if (id === 21 || id === 1_000_021) return [true, true]
  const quark = Math.abs(id) <= 6
  return [quark && id > 0, quark && id < 0]
}
