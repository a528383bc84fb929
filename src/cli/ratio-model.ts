import type { TrainRatioOutcome } from '../analysis/top-pair/ratios/ratio-job.ts'
import {
  comparePartonRatios,
  compareWithEvents,
  partonRatios,
} from '../analysis/top-pair/ratios/ratio-report.ts'
import type { EventTable } from '../generator/event-table.ts'
import { featureSets } from '../generator/observables.ts'
import { writeRatioModelFiles } from '../ml/ratio/ratio-model-files.ts'
import type { RatioNetwork } from '../ml/ratio/ratio-network.ts'
import type { TopPairProcess } from '../physics/top-pair/hadronic.ts'

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

/** card.json, model.json and weights.bin. */
export async function ratioModelFiles(
  outcome: TrainRatioOutcome,
  process: TopPairProcess,
  title: string,
  comparisons: ReturnType<typeof compareNetwork>[],
) {
  const { network, config, history, bestEpoch, parameters, backend } = outcome
  const { features, terms, scaler, decoder } = network
  const id = `ratio-${terms.join('-')}-${title}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const files = await writeRatioModelFiles(
    {
      id: id.slice(0, 64),
      title: `${terms.join(', ')}, ${title}`,
      features: [...features],
      terms: [...terms],
      scaler,
      decoder,
      training: config,
      outputs: network.mlp.layers[network.mlp.layers.length - 1].outputs,
      epochs: { best: bestEpoch, done: history.length },
      data: {
        pdf: process.pdf.id,
        sqrtSGeV: process.sqrtS,
        mttMinGeV: process.mttMin,
        muGeV: process.mu,
        alphaS: process.parameters.alphaS,
      },
      metrics: {
        validationLoss: outcome.validationLoss,
        ...Object.fromEntries(outcome.factors.map((factor, t) => [`factor ${terms[t]}`, factor])),
        ...Object.fromEntries(
          comparisons.flatMap(({ term, loss, bayesLoss }) => [
            [`loss ${term}`, loss],
            [`Bayes loss ${term}`, bayesLoss],
          ]),
        ),
      },
      engine: backend,
      date: new Date().toISOString().slice(0, 10),
    },
    parameters,
  )
  return [
    { name: 'card.json', bytes: files.card },
    { name: 'model.json', bytes: files.model },
    { name: 'weights.bin', bytes: files.weights },
  ]
}
