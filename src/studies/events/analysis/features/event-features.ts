import { AppError } from '../../../../errors.ts'
import type { SampleEvents } from '../../../../dataset/event-samples/sample-events.ts'

/** Jets that count: b-jets among them, above this pT [GeV] and within this |η|. */
export const jetCuts = { pt: 20, absEta: 2.8 } as const

/** Jets whose momenta are features, the hardest first. */
const momenta = 4

export interface EventFeature {
  id: string
  label: string
  unit: 'GeV' | 'rad' | ''
}

const ofJet = (i: number): EventFeature[] => [
  { id: `pt-${i}`, label: `pT(j${i})`, unit: 'GeV' },
  { id: `eta-${i}`, label: `η(j${i})`, unit: '' },
  { id: `dphi-${i}`, label: `Δφ(j${i}, MET)`, unit: 'rad' },
]

/** The numbers of an event in their order. HT is the scalar sum of pT over its jets. */
export const eventFeatureNames: readonly EventFeature[] = [
  { id: 'met', label: 'MET', unit: 'GeV' },
  { id: 'ht', label: 'HT', unit: 'GeV' },
  { id: 'njet', label: 'N(jets)', unit: '' },
  { id: 'nb', label: 'N(b-jets)', unit: '' },
  ...[1, 2, 3, 4].flatMap(ofJet),
]

export const featuresPerEvent = eventFeatureNames.length
const firstOfJets = featuresPerEvent - 3 * momenta

/** How cards of encoders say that their numbers are these. */
export const scalingWords = 'log(1 + x/GeV) of momenta'

/** Numbers of an event that leadingJets() keeps. */
export const jetFeatures = 2

/** pT and |η| of the leading jets of events, of [events, 16] as they are or scaled. @returns [events, 2] */
export function leadingJets(features: Float32Array): Float32Array {
  const events = features.length / featuresPerEvent
  const out = new Float32Array(events * jetFeatures)
  for (let i = 0; i < events; i++) {
    const from = i * featuresPerEvent + firstOfJets
    out.set(features.subarray(from, from + jetFeatures), i * jetFeatures)
  }
  return out
}

const wrapped = (angle: number): number => angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI))

/**
 * Features of events as they were measured, in GeV and radians. What physics cannot depend on is divided out: azimuths are
 * counted from MET, reflected so that Δφ of the leading jet is not negative, pseudorapidities so that its η is not negative.
 * A jet that is missing has pT = η = Δφ = 0.
 *
 * @returns [events, 16]
 */
export function eventFeatures(events: SampleEvents): Float32Array {
  const { first, met, metPhi, types, pt, eta, phi } = events
  const out = new Float32Array(events.events * featuresPerEvent)
  for (let i = 0; i < events.events; i++) {
    const jets: number[] = []
    let ht = 0
    let bJets = 0
    for (let k = first[i]; k < first[i + 1]; k++) {
      if (types[k] > 1 || pt[k] <= jetCuts.pt || Math.abs(eta[k]) >= jetCuts.absEta) continue
      jets.push(k)
      ht += pt[k]
      bJets += types[k]
    }
    jets.sort((a, b) => pt[b] - pt[a])
    const at = i * featuresPerEvent
    out.set([met[i], ht, jets.length, bJets], at)
    if (jets.length === 0) continue
    const turned = wrapped(phi[jets[0]] - metPhi[i]) < 0 ? -1 : 1
    const mirrored = eta[jets[0]] < 0 ? -1 : 1
    jets.slice(0, momenta).forEach((k, j) => {
      const jet = at + firstOfJets + 3 * j
      out[jet] = pt[k]
      out[jet + 1] = mirrored * eta[k]
      out[jet + 2] = turned * wrapped(phi[k] - metPhi[i])
    })
  }
  return out
}

/** Mean and standard deviation of each feature after the logarithm, [16]. */
export interface FeatureScaling {
  mean: Float32Array
  sd: Float32Array
}

const isMomentum = eventFeatureNames.map(({ unit }) => unit === 'GeV')

/** log(1 + x/GeV) of momenta; counts and angles as they are. */
const compressed = (value: number, feature: number): number =>
  isMomentum[feature] ? Math.log1p(value) : value

/** Features as a network takes them: mean 0 and variance 1 over the events the scaling was fitted to. [events, 16] */
export function scaleFeatures(raw: Float32Array, { mean, sd }: FeatureScaling): Float32Array {
  return raw.map((value, i) => {
    const feature = i % featuresPerEvent
    return (compressed(value, feature) - mean[feature]) / sd[feature]
  })
}

/** Below this a feature is taken as constant, and divided by one. */
const leastDeviation = 1e-6

/**
 * Scaling of the pooled events of some models, each model with equal weight however many events it has.
 *
 * @param indices  of the events that count: those to train on
 * @throws AppError 'input/invalid' for models without events
 */
export function fitScaling(
  models: readonly { features: Float32Array; indices: Uint32Array }[],
): FeatureScaling {
  const mean = new Float64Array(featuresPerEvent)
  const square = new Float64Array(featuresPerEvent)
  if (models.length === 0 || models.some(({ indices }) => indices.length === 0))
    throw new AppError(
      'input/invalid',
      `Features are scaled by the events of ${models.length} models, some without an event. Each needs at least one.`,
    )
  for (const { features, indices } of models) {
    const share = 1 / (models.length * indices.length)
    for (const i of indices)
      for (let k = 0; k < featuresPerEvent; k++) {
        const value = compressed(features[i * featuresPerEvent + k], k)
        mean[k] += share * value
        square[k] += share * value * value
      }
  }
  const deviation = mean.map((m, k) => Math.sqrt(Math.max(0, square[k] - m * m)))
  return {
    mean: Float32Array.from(mean),
    sd: Float32Array.from(deviation, (sd) => (sd > leastDeviation ? sd : 1)),
  }
}
