import { expect, it } from 'vitest'
import { runBlock } from '../../../../generator/hard-process/block.ts'
import type { HardProcess } from '../../../../generator/hard-process/hard-process.ts'
import { loadTrainedGrids, trainedFor } from '../../../../generator/hard-process/trained-grids.ts'
import { prepareSampling } from '../../../../generator/hard-process/unweighting.ts'
import { createLheReader } from '../../../../generator/lhe.ts'
import { createPartonEventSource } from '../../../../generator/parton-events/event-block.ts'
import { lheEvents, lheHead, lheTail } from '../../../../generator/parton-events/write-lhe.ts'
import { modelProcess } from '../../../../generator/samples/model-process.ts'
import { sampleModels } from '../../../../generator/samples/models.ts'
import { loadAmplitudeKernel } from '../../../../kernels/load-kernels.ts'
import { toyPdf } from '../../../../testing/toy-pdf.ts'
import { createEventWeight, eventRatio, mediatorEvent, mediatorMass } from './event-ratio.ts'

const kernel = await loadAmplitudeKernel()
const processOf = (id: string) => modelProcess(sampleModels[id], { pdf: toyPdf(), sqrtS: 13_000, kernel })

async function eventsOf(hard: HardProcess, blocks: number) {
  const { dimensions, beamDimensions } = hard
  const preparation = prepareSampling({
    dimensions,
    beamDimensions,
    trained: trainedFor(hard, await loadTrainedGrids()),
  })
  let step = preparation.next()
  while (!step.done)
    step = preparation.next(step.value.tasks.map((task) => runBlock(hard.part(task.part), task, 1)))
  const sampling = step.value
  const source = createPartonEventSource(hard, sampling, { seed: 2, kernel, decays: { mChi: 50 } })
  const header = { sqrtS: 13_000, crossSectionPb: 1, errorPb: 0, notes: [] }
  const text = Array.from({ length: blocks }, (_, k) => lheEvents(source.block(k).events, 1 / 132.5)).join('')
  const reader = createLheReader('ours.lhe')
  const events = reader
    .push(lheHead(header) + text + lheTail)
    .map((event) => mediatorEvent(event, 'an event'))
  return {
    events,
    sigma: sampling.reduce((sum, { mean }) => sum + mean, 0),
    error: Math.hypot(...sampling.map((p) => p.error)),
  }
}

it('over events of one model the ratio to another has the ratio of cross-sections as its mean', async () => {
  const [a, b] = ['vector-m500', 'axial-m500-chi240']
  const [first, second] = [a, b].map(processOf)
  const { events, sigma, error } = await eventsOf(first, 2)
  const other = await eventsOf(second, 1)
  const [ofA, ofB] = [createEventWeight(a, first), createEventWeight(b, second)]
  const ratios = events.map((event) => eventRatio(event, ofA, ofB).ratio)
  const mean = ratios.reduce((sum, r) => sum + r, 0) / ratios.length
  const square = ratios.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (ratios.length - 1)
  const expected = other.sigma / sigma
  const ofExpected = expected * Math.hypot(other.error / other.sigma, error / sigma)
  expect(Math.abs(mean - expected)).toBeLessThan(
    4 * Math.hypot(Math.sqrt(square / ratios.length), ofExpected),
  )
  // Below its threshold of 480 GeV the axial one makes nothing.
  events.forEach((event, k) => expect(ratios[k] === 0).toBe(mediatorMass(event) <= 480))
}, 60_000)

it('where only couplings differ the ratio is theirs, whatever the legs: tops beside a scalar', async () => {
  const [one, two] = [1, 2].map((gq) => {
    const model = sampleModels['ttphi-m500']
    return modelProcess({ ...model, set: { ...model.set, gq } }, { pdf: toyPdf(), sqrtS: 13_000, kernel })
  })
  const { events } = await eventsOf(one, 1)
  const [ofOne, ofTwo] = [one, two].map((hard) => createEventWeight('ttphi', hard))
  for (const event of events) {
    const q2 = mediatorMass(event) ** 2
    const [wOne, wTwo] = [one, two].map((hard) => 500 * (hard.resonances[0]?.width ?? Number.NaN))
    const propagators = ((q2 - 500 ** 2) ** 2 + wOne ** 2) / ((q2 - 500 ** 2) ** 2 + wTwo ** 2)
    expect(eventRatio(event, ofOne, ofTwo).ratio / (4 * propagators)).toBeCloseTo(1, 9)
  }
})

it('models without a mediator, and events without dark matter, are told', () => {
  expect(() => createEventWeight('gluino-m1000-dm50', processOf('gluino-m1000-dm50'))).toThrow(/fixed masses/)
  const reader = createLheReader('jets.lhe')
  const event =
    '<LesHouchesEvents version="3.0">\n<init>\n2212 2212 6500 6500 0 0 0 0 3 1\n1 0 1 1\n</init>\n<event>\n4 1 1 100 0.0078 0.118\n21 -1 0 0 501 502 0 0 500 500 0 0 9\n21 -1 0 0 502 501 0 0 -500 500 0 0 9\n21 1 1 2 501 502 300 0 400 500 0 0 9\n21 1 1 2 502 501 -300 0 -400 500 0 0 9\n</event>\n</LesHouchesEvents>\n'
  const [found] = reader.push(event)
  expect(() => mediatorEvent(found, 'event 1')).toThrow(/event 1 has neither a mediator.*21, 21/)
})
