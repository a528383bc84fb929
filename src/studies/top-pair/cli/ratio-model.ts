import { arch, cpus, hostname, platform, release } from 'node:os'
import { networkModelFiles } from '../analysis/ratios/network-model-files.ts'
import type { TrainRatioOutcome } from '../analysis/ratios/ratio-job.ts'
import { comparePartonRatios, compareWithEvents, partonRatios } from '../analysis/ratios/ratio-report.ts'
import type { EventTable } from '../../../generator/event-table.ts'
import { featureSets } from '../../../generator/observables.ts'
import type { RatioCard } from '../../../ml/ratio/ratio-card.ts'
import type { RatioNetwork } from '../../../ml/ratio/ratio-network.ts'
import { writeRatioRun, type RatioRun } from '../../../ml/ratio/ratio-run.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'
import type { TopPairProcess } from '../../../physics/top-pair/hadronic.ts'

/** A trained network against exact ratios, before its recalibration too. */
export function compareNetwork(
  process: TopPairProcess,
  test: EventTable,
  { network, asTrained }: TrainRatioOutcome,
  term: string,
  exactPlane: boolean,
) {
  // Only at parton level and before cuts is the exact ratio a known function of the features.
  const planeKnown = exactPlane && network.features.join() === featureSets.parton.join()
  const of = (net: RatioNetwork) => ({
    parton: planeKnown ? comparePartonRatios(partonRatios(process, net, term)) : null,
    test: compareWithEvents(test, net, term),
  })
  const { parton, test: withEvents } = of(network)
  return {
    term,
    loss: parton?.loss ?? withEvents.loss,
    bayesLoss: parton?.bayesLoss ?? null,
    parton,
    test: withEvents,
    // Before the recalibration.
    asTrained: asTrained && of(asTrained),
  }
}

/** card.json, model.json and weights.bin, equal for equal trainings, and run.json, which says what the run took. */
export async function ratioModelFiles(
  outcome: TrainRatioOutcome,
  card: Pick<RatioCard, 'setup' | 'made'>,
  comparisons: ReturnType<typeof compareNetwork>[],
  seconds: number,
  precision?: RatioCard['precision'],
) {
  const files = await networkModelFiles(outcome, card, comparisons, precision)
  const run = writeRatioRun({
    weightsSha256: await sha256Hex(files.weights),
    seconds,
    finished: new Date().toISOString(),
    host: thisHost(),
  })
  return [
    { name: 'card.json', bytes: files.card },
    { name: 'model.json', bytes: files.model },
    { name: 'weights.bin', bytes: files.weights },
    { name: 'run.json', bytes: run },
  ]
}

function thisHost(): RatioRun['host'] {
  return {
    name: hostname(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    system: `${platform()} ${arch()} ${release()}`,
    node: process.versions.node,
  }
}
