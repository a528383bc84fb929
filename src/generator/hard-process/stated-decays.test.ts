import { beforeAll, describe, expect, it } from 'vitest'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { amplitudeParameters } from '../../physics/amplitudes/parameters.ts'
import { toyPdf } from '../../testing/toy-pdf.ts'
import { branchingShare } from '../parton-events/branching.ts'
import { createPartonEventSource } from '../parton-events/event-block.ts'
import type { PartonEvents } from '../parton-events/parton-events.ts'
import { runBlock } from './block.ts'
import { createHardProcess, type HardProcess } from './hard-process.ts'
import { evenGrids } from './training.ts'
import { prepareSampling, type Sampling } from './unweighting.ts'

let kernel: WebAssembly.Module | undefined
beforeAll(async () => {
  kernel = await loadAmplitudeKernel()
})

function make(process: string): HardProcess {
  return createHardProcess(
    { process, flavours: 5, windows: [{ min: 100, max: Infinity }], kernel },
    { pdf: toyPdf(), sqrtS: 13_000, scale: 'ht/2', alphaS: () => 0.11, parameters: amplitudeParameters() },
  )
}

function prepare(hard: HardProcess): Sampling {
  const { dimensions, beamDimensions } = hard
  // Even grids save the training: what events are made of does not depend on them.
  const trained = dimensions.map((own) => ({
    ...{ efficiency: 0, overweightShare: 0, effectiveShare: 0 },
    ...evenGrids(beamDimensions, own),
  }))
  const preparation = prepareSampling({ dimensions, beamDimensions, trained })
  let step = preparation.next()
  while (!step.done)
    step = preparation.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, 1)))
  return step.value
}

/** PDG ids of the leptons of each event that come from W and Z. */
function leptons({ events, first, ids, mother }: PartonEvents): number[][] {
  return Array.from({ length: events }, (_, i) =>
    Array.from(ids.subarray(first[i], first[i + 1])).filter((id, row) => {
      const from = mother[first[i] + row]
      const boson = from >= 0 ? Math.abs(ids[first[i] + from]) : 0
      return (boson === 23 || boson === 24) && Math.abs(id) >= 11 && Math.abs(id) <= 16
    }),
  )
}

const total = (sampling: Sampling): number => sampling.reduce((sum, { mean }) => sum + mean, 0)
const decays = { decays: { mChi: 50 } }

describe('decays that are stated', () => {
  it('of a Z to neutrinos: three families, and the share of the cross-section that they have', () => {
    const hard = make('p p > Z j, Z > vl vl~')
    const sampling = prepare(hard)
    const { events } = createPartonEventSource(hard, sampling, { seed: 1, kernel, ...decays }).block(0)
    const all = leptons(events)
    const families = new Map<number, number>()
    expect(all.filter(([a, b, ...more]) => a + b !== 0 || more.length > 0)).toEqual([])
    for (const [a] of all) families.set(Math.abs(a), (families.get(Math.abs(a)) ?? 0) + 1)
    expect([...families.keys()].sort()).toEqual([12, 14, 16])
    for (const count of families.values()) expect(count).toBeGreaterThan(all.length / 3 - 40)
    // Massless fermions at leading order, sin² θ_W of the shell: 20.5 % (measured: 20.0 %, PDG 2022).
    const share = branchingShare('Z', 'neutrinos', amplitudeParameters())
    expect(share).toBeCloseTo(0.205, 2)
    // The same points, each with its share.
    expect(total(sampling) / total(prepare(make('p p > Z j')))).toBeCloseTo(share, 10)
  })

  it('of W of either charge, in a sum of two processes', () => {
    const [plus, minus] = ['p p > W+ j, W+ > l+ vl', 'p p > W- j, W- > l- vl~']
    const hard = make(`${plus}; ${minus}`)
    const sampling = prepare(hard)
    const [up, down] = [plus, minus].map((text) => total(prepare(make(text))))
    const errors = Math.hypot(...sampling.map(({ error }) => error))
    expect(Math.abs(total(sampling) - up - down)).toBeLessThan(5 * errors)
    const { events } = createPartonEventSource(hard, sampling, { seed: 1, kernel, ...decays }).block(0)
    const pairs = leptons(events)
    expect(pairs.filter((ids) => ids.length !== 2)).toEqual([])
    const charges = pairs.map((ids) => Math.sign(ids.find((id) => id % 2 !== 0)!))
    // ℓ⁻ has a positive id. A proton makes more W⁺.
    const share = charges.filter((sign) => sign < 0).length / charges.length
    const expected = up / (up + down)
    expect(expected).toBeGreaterThan(0.52)
    expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt(0.25 / charges.length))
  })

  it('leave bosons from tops alone', () => {
    const hard = make('g g > t t~ Z, Z > l+ l-')
    const { groups } = hard
    expect(hard.decays).toEqual(groups.map(() => ({ Z: 'charged leptons' })))
    const source = createPartonEventSource(hard, prepare(hard), { seed: 1, kernel, ...decays })
    const counts = leptons(source.block(0, 120).events).map((ids) => ids.length)
    // A pair, and two more for each top that decays to leptons.
    expect(new Set(counts.map((count) => count % 2))).toEqual(new Set([0]))
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(2)
    expect(new Set(counts).size).toBeGreaterThan(2)
  })

  it.each([
    ['H', 25, 0.58],
    // 15.1 % (PDG 2022); massless and at leading order a little more.
    ['Z', 23, 0.152],
  ] as const)('of %s to bottom quarks, all of them', (boson, id, share) => {
    const hard = make(`g g > t t~ ${boson}, ${boson} > b b~`)
    expect(hard.branchings).toEqual(hard.groups.map(() => expect.closeTo(share, 2)))
    const source = createPartonEventSource(hard, prepare(hard), { seed: 1, kernel, ...decays })
    const { events, first, ids, mother } = source.block(0, 60).events
    for (let i = 0; i < events; i++) {
      const own = ids.subarray(first[i], first[i + 1])
      const products = own.filter((_, row) => {
        const from = mother[first[i] + row]
        return from >= 0 && own[from] === id
      })
      expect([...products].sort((a, b) => a - b)).toEqual([-5, 5])
    }
  })

  it.each([
    ['p p > Z j, W+ > l+ vl', /has no W\+ in its final state whose decay could be stated/],
    ['p p > Z j, Z > vl vl~, Z > l+ l-', /once at most/],
    ['p p > Z j, Z > mu+ mu-', /no decay that is known here\. Write each of/],
    ['p p > Z j; p p > Z j', /has .* in two of its terms/],
    ['p p > Zp j, Zp > chi chi~; p p > Z j', /mediator that decays in some of its terms/],
  ])('%s is refused', (process, message) => {
    const dark = { kind: 'vector', mChi: 50, gChi: 1 } as const
    expect(() =>
      createHardProcess(
        { process, flavours: 4, windows: [{ min: 100, max: Infinity }], kernel },
        {
          ...{ pdf: toyPdf(), sqrtS: 13_000, scale: 'ht/2', alphaS: () => 0.11 },
          ...{ parameters: amplitudeParameters(), darkMatter: dark },
        },
      ),
    ).toThrow(message)
  })

  it('need something that decays', () => {
    const hard = make('p p > Z j, Z > vl vl~')
    expect(() => createPartonEventSource(hard, prepare(hard), { seed: 1, kernel })).toThrow(
      /decay of Z is stated, but nothing is to decay/,
    )
  })
})
