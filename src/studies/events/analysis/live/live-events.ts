import { emptySampleEvents, type SampleEvents } from '../../../../dataset/event-samples/sample-events.ts'
import type { ReconstructedEvent } from '../../../../generator/detector/reconstructed.ts'
import { runBlock } from '../../../../generator/hard-process/block.ts'
import { createDensities } from '../../../../generator/hard-process/densities.ts'
import { loadTrainedGrids, trainedFor } from '../../../../generator/hard-process/trained-grids.ts'
import { prepareSampling } from '../../../../generator/hard-process/unweighting.ts'
import { createPartonEventSource } from '../../../../generator/parton-events/event-block.ts'
import { createSampleChain } from '../../../../generator/samples/sample-chain.ts'
import { passes } from '../../../../generator/samples/selection.ts'
import { loadAmplitudeKernel } from '../../../../kernels/load-kernels.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { eventFeatures, featuresPerEvent } from '../features/event-features.ts'
import { loadEncodeSets, type MapEncoder } from '../map-encoder.ts'
import { drawSets, setInputs } from '../sets.ts'
import { fewestSets } from '../models.ts'
import { liveProcess, liveSelection, samplePdf, type LiveModel } from './live-process.ts'

export interface LiveRequest {
  model: LiveModel
  encoder: MapEncoder
  seed: number
  /** Events that are to pass the selection. */
  events: number
}

/** What is known of a model that is being generated. */
export interface LiveNews {
  /** Before and after the selection. */
  generated: number
  selected: number
  /** Leading order, before the selection, with its Monte Carlo error [pb]. */
  sigmaPb: number
  sigmaErrorPb: number
  /** [selected, 16] */
  features: Float32Array
  /** [sets, perSet] places among the events; none before there are enough of them */
  places: Uint32Array
  latent: Float32Array // [sets, dimensions]
}

/** Events with one stream of random numbers: few, so that another question is heard at once. */
const eventsPerStep = 10
/** A smaller pilot than samples have, and grids that do much worse than where they were trained: some thousand events are
 * sooner made with these than better ones are found. */
const hurried = { pilotBlocks: 8, leastOfEfficiency: 0.02 }
/** Of so many events none is asked for any more where too few pass. */
const mostGenerated = 60_000

/** Loads and makes what every live model needs, in portions: a worker that has done so answers sooner. @returns the kernel */
export async function* warmLive(): AsyncGenerator<undefined, WebAssembly.Module | undefined> {
  const kernel = await loadAmplitudeKernel()
  await loadTrainedGrids()
  const pdf = samplePdf()
  yield undefined
  createDensities(pdf, kernel)
  yield undefined
  return kernel
}

/** The same as a job of its own. */
export async function* warmed(): AsyncGenerator<undefined, null> {
  yield* warmLive()
  return null
}

/**
 * Events of a model through hard process, decays, showers and detector, and their sets on a map: first when there are ten,
 * then as they become more. Seeds are the model's own.
 *
 * @throws AppError 'physics/out-of-range' for masses that do not go together
 */
export async function* liveEvents({
  model,
  encoder,
  seed,
  events: wanted,
}: LiveRequest): AsyncGenerator<LiveNews | undefined, LiveNews> {
  const encode = await loadEncodeSets(encoder)
  const kernel = yield* warmLive()
  const hard = liveProcess(model, kernel)
  yield undefined
  const { dimensions, beamDimensions } = hard
  const trained = trainedFor(hard, await loadTrainedGrids())
  const preparation = prepareSampling({ dimensions, beamDimensions, trained, ...hurried })
  let step = preparation.next()
  while (!step.done) {
    const sums = []
    for (const task of step.value.tasks) {
      sums.push(runBlock(hard.part(task.part), task, seed))
      yield undefined
    }
    step = preparation.next(sums)
  }
  const source = createPartonEventSource(hard, step.value, { seed, kernel, decays: { mChi: model.mChi } })
  const { pdf, sqrtS } = hard.collision
  const chain = createSampleChain({ pdf, sqrtS, seed, kernel })
  yield undefined
  const selection = liveSelection(model)
  const features = new Float32Array(wanted * featuresPerEvent)
  let [generated, selected, trials, sum, sum2, told] = [0, 0, 0, 0, 0, 0]

  function news(): LiveNews {
    const sets = Math.floor(selected / encoder.perSet)
    const enough = sets >= fewestSets
    const own = features.slice(0, selected * featuresPerEvent)
    const indices = Uint32Array.from({ length: selected }, (_, i) => i)
    const rng = createRng(seed).split('live sets')
    const places = enough
      ? drawSets({ model: { features: own }, indices, sets, perSet: encoder.perSet, rng })
      : new Uint32Array(0)
    const latent = enough ? encode(setInputs(own, places, encoder.scaling), sets) : new Float32Array(0)
    const sigmaPb = sum / trials
    const sigmaErrorPb = Math.sqrt(Math.max(0, sum2 / trials - sigmaPb ** 2) / trials)
    return { generated, selected, sigmaPb, sigmaErrorPb, features: own, places, latent }
  }

  for (let block = 0; selected < wanted && generated < mostGenerated; block++) {
    const made = source.block(block, eventsPerStep)
    trials += made.trials
    sum += made.sum
    sum2 += made.sum2
    const passed = chain.detected(made.events, block).filter((event) => passes(selection, event))
    const kept = passed.slice(0, wanted - selected)
    // Weights above one are of a hundredth of the cross-section at most: events count alike.
    features.set(eventFeatures(asSample(kept)), selected * featuresPerEvent)
    generated += eventsPerStep
    selected += kept.length
    const due = told === 0 ? fewestSets * encoder.perSet : 1.25 * told
    if (selected < due) yield undefined
    else {
      told = selected
      yield news()
    }
  }
  return news()
}

/** Events as samples have them; all of weight 1 and one process. */
function asSample(events: readonly ReconstructedEvent[]): SampleEvents {
  const out = emptySampleEvents(
    events.length,
    events.reduce((sum, { count }) => sum + count, 0),
  )
  events.forEach(({ count, types, pt, eta, phi, met, metPhi }, i) => {
    const at = out.first[i]
    out.first[i + 1] = at + count
    out.weight[i] = 1
    out.met[i] = met
    out.metPhi[i] = metPhi
    out.types.set(Uint8Array.from(types), at)
    out.pt.set(pt, at)
    out.eta.set(eta, at)
    out.phi.set(phi, at)
  })
  return out
}
