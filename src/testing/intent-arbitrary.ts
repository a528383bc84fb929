import fc from 'fast-check'
import { observableNames } from '../physics/drell-yan/spectrum-templates.ts'
import { operatorNames } from '../physics/smeft/operators.ts'
import { topPairOperatorNames } from '../physics/top-pair/operators.ts'
import type { FitIntent } from '../studies/top-pair/intent.ts'
import type {
  Focus,
  DrellYanIntent,
  Selection,
  SetupIntent,
  TrainingIntent,
} from '../studies/drell-yan/intent.ts'

// Written out by hand rather than derived from the schema: a range narrowed there by mistake makes tests fail.

/** Any double of the range. -0 is left out: it equals 0 in every use and JSON cannot keep it. */
function double(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true }).map((x) => x + 0)
}

function integer(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max })
}

const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/)
const seed = integer(0, 2 ** 31 - 1)
const latent = double(-1e6, 1e6)

const framed = fc.record({ x: latent, y: latent, halfSpan: double(1e-6, 1e6) })
const camera = fc.option(framed)

const selection: fc.Arbitrary<Selection> = fc.oneof(
  fc.record({
    kind: fc.constant('polygon' as const),
    points: fc.array(fc.tuple(latent, latent), { minLength: 3, maxLength: 200 }),
  }),
  fc.record({ kind: fc.constant('box' as const), x0: latent, y0: latent, x1: latent, y1: latent }),
  fc.record({
    kind: fc.constant('universes' as const),
    ids: fc.array(integer(0, 1e6), { minLength: 1, maxLength: 500 }),
  }),
  fc.record({
    kind: fc.constant('rule' as const),
    text: fc.string({ minLength: 1, maxLength: 400 }),
  }),
)

const focus: fc.Arbitrary<Focus> = fc.oneof(
  fc.constant({ kind: 'live' as const }),
  fc.constant({ kind: 'measurement' as const }),
  fc.record({ kind: fc.constant('universe' as const), id: integer(0, 1e6) }),
  fc.record({ kind: fc.constant('row' as const), row: integer(0, 1e7) }),
)

const training: fc.Arbitrary<TrainingIntent> = fc.record({
  seed,
  loss: fc.constantFrom('supcon-euclidean', 'supcon-cosine', 'pair'),
  temperature: double(0.01, 10),
  margin: double(0.1, 100),
  latentDim: integer(2, 16),
  widths: fc.array(integer(4, 512), { minLength: 1, maxLength: 5 }),
  dropout: double(0, 0.8),
  learningRate: double(1e-7, 0.1),
  optimiser: fc.constantFrom('adam', 'adamw'),
  weightDecay: double(0, 1),
  universesPerBatch: integer(2, 256),
  replicasPerUniverse: integer(2, 64),
  steps: integer(1, 50_000),
  universes: fc.constantFrom('fresh', 'fixed'),
  fixedUniverses: integer(2, 2000),
  patience: integer(1, 1000),
  backend: fc.constantFrom('auto', 'webgpu', 'webgl', 'wasm', 'cpu'),
})

const setup: fc.Arbitrary<SetupIntent> = fc.record({
  sqrtSGeV: double(1000, 200_000),
  bins: fc.constantFrom('mll-ptl', 'mll-fb', 'mll-y-fb', 'mll'),
  yEdges: fc.array(double(0, 20), { minLength: 1, maxLength: 13 }),
  qcdOrder: fc.constantFrom('lo', 'nlo'),
  scheme: fc.constantFrom('MW', 'alpha'),
  muF: fc.oneof(fc.constant('mll' as const), double(5, 10_000)),
  ptMinGeV: double(0, 500),
  absEtaMax: double(0.1, 10),
  widthShift: fc.boolean(),
  luminosityInvFb: double(0.001, 100_000),
  scale: fc.constantFrom('lo', 'nnlo-like', 'none'),
  universes: integer(10, 20_000),
  replicasPerUniverse: integer(1, 500),
  priorSigmas: double(0.1, 100),
  seed,
})

const fit: fc.Arbitrary<FitIntent> = fc.record({
  operators: fc.uniqueArray(fc.constantFrom(...topPairOperatorNames), { minLength: 1, maxLength: 8 }),
  mode: fc.constantFrom('linear', 'quadratic'),
  sqrtSGeV: double(2000, 100_000),
  mttMinGeV: double(0, 5000),
  selection: fc.constantFrom('none', 'dilepton', 'ml4eft'),
  smearing: fc.boolean(),
  preset: fc.constantFrom('parton', 'joint', 'thesis', 'ml4eft-parton'),
  trainingPoints: fc.option(integer(1000, 2_000_000)),
  epochs: fc.option(integer(1, 5000)),
  replicas: integer(1, 20),
  networks: fc.constantFrom('shipped', 'trained'),
  recalibrate: fc.boolean(),
  calibratedRatios: fc.boolean(),
  truth: fc.record(Object.fromEntries(topPairOperatorNames.map((name) => [name, double(-100, 100)])), {
    requiredKeys: [],
    noNullPrototype: true,
  }),
  observedEvents: integer(10, 1_000_000),
  poisson: fc.boolean(),
  luminosityInvPb: fc.option(double(0.001, 1e9)),
  binning: fc.record({ observable: fc.constantFrom('pt_l2', 'm_tt', 'DeltaPhi_ll'), bins: integer(1, 100) }),
  binned: fc.constantFrom('poisson', 'gauss-expected', 'gauss-observed', 'barlow-beeston'),
  luminosity: fc.record({
    relativeError: double(0, 0.5),
    treatment: fc.constantFrom('profiled', 'sampled'),
  }),
  priorHalfWidth: double(0.001, 100),
  backend: fc.constantFrom('auto', 'kernels', 'webgl'),
  livePoints: integer(50, 5000),
  seed,
})

const coefficients: fc.Arbitrary<DrellYanIntent['coefficients']> = fc.record(
  Object.fromEntries(operatorNames.map((name) => [name, double(-100, 100)])),
  { requiredKeys: [], noNullPrototype: true },
)

/** Any intent the schema accepts. */
export const arbitraryIntent: fc.Arbitrary<DrellYanIntent> = fc.record({
  view: fc.constantFrom('explore', 'compare', 'interpret', 'train', 'fit', 'data'),
  dataset: id,
  model: id,
  order: fc.constantFrom('linear', 'quadratic'),
  coefficients,
  colourBy: fc.constantFrom('family', 'distance', 'universe', 'kept', ...operatorNames),
  showReplicas: fc.boolean(),
  showContours: fc.boolean(),
  showFlagged: fc.boolean(),
  showMeasurement: fc.boolean(),
  camera,
  selection: fc.option(selection),
  named: fc.array(fc.record({ name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,31}$/), selection }), {
    maxLength: 3,
  }),
  hiddenFamilies: fc.array(fc.stringMatching(/^[a-z0-9-]{1,40}$/), { maxLength: 16 }),
  familyContours: fc.boolean(),
  showLost: fc.boolean(),
  tour: fc.option(fc.record({ plane: fc.option(fc.array(double(-1, 1), { minLength: 6, maxLength: 64 })) })),
  focus,
  neighbourSpace: fc.constantFrom('latent', 'spectrum', 'wilson'),
  neighbourCount: integer(1, 100),
  observable: fc.constantFrom(...observableNames),
  ratioTo: fc.constantFrom('sm', 'nearest'),
  extraReplicas: integer(0, 500),
  replicaSeed: seed,
  interpretTab: fc.constantFrom('classify', 'anomaly', 'retrieval', 'directions'),
  noise: fc.constantFrom('none', 'replica'),
  shape: fc.option(
    fc.record({
      kind: fc.constantFrom('resonance', 'kink', 'slope'),
      massGeV: double(1, 100_000),
      widthGeV: double(0.1, 100_000),
      strength: double(-100, 100),
    }),
  ),
  classifier: fc.record({
    method: fc.constantFrom('dpn', 'evidential', 'ensemble', 'softmax'),
    classes: integer(2, 500),
    input: fc.constantFrom('spectrum', 'latent'),
    steps: integer(10, 20_000),
    seed,
  }),
  training,
  fit,
  fitKinds: fc.subarray(['binned', 'unbinned', 'exact'], { minLength: 1 }),
  fitFront: fc.constantFrom('binned', 'unbinned', 'exact'),
  fitPanels: fc.record({
    tab: fc.constantFrom('intervals', 'ratios', 'sampler', 'calibration'),
    term: fc.option(fc.stringMatching(/^[A-Za-z0-9.*^_+-]{1,40}$/)),
    sampler: fc.constantFrom('binned', 'unbinned', 'exact'),
    calibration: fc.record({
      kind: fc.constantFrom('binned', 'unbinned', 'exact'),
      test: fc.constantFrom('coverage', 'sbc'),
      toys: integer(10, 10_000),
    }),
    toys: fc.record({
      kind: fc.option(fc.constantFrom('binned', 'unbinned', 'exact')),
      hypothesis: fc.constantFrom('SM', 'truth'),
      count: integer(10, 100_000),
      perPoint: integer(20, 10_000),
    }),
  }),
  uv: fc.option(
    fc.record({
      model: fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,15}$/),
      couplings: fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,15}$/), double(-4, 4), {
        maxKeys: 12,
        noNullPrototype: true,
      }),
      massTeV: double(0.5, 100),
    }),
  ),
  compare: fc.record({
    maps: fc.array(id, { minLength: 2, maxLength: 4 }),
    align: fc.boolean(),
    trails: fc.boolean(),
    colour: fc.constantFrom('as-explore', 'kept'),
    cameras: fc.dictionary(id, framed, { maxKeys: 5, noNullPrototype: true }),
  }),
  setup: fc.option(setup),
  pdf: fc.option(
    fc.record({
      id: fc.stringMatching(/^[A-Za-z0-9._+-]{1,80}$/),
      hash: fc.stringMatching(/^[0-9a-f]{12}$/),
    }),
  ),
  panels: fc.record({
    rapidity: fc.option(integer(0, 11)),
    arrows: fc.boolean(),
    inspector: fc.option(fc.constantFrom('coefficients', 'point', 'neighbours', 'uv', 'measurement')),
    encoder: fc.constantFrom('limits', 'backends', 'card'),
    matrix: fc.constantFrom('correlation', 'covariance'),
    families: integer(2, 6),
    shareAxis: integer(0, 15),
    shares: fc.constantFrom('perWhitened', 'perBin'),
    directionsCamera: camera,
    anomalyMetric: fc.constantFrom('auroc', '0', '1'),
    anomalyClass: integer(0, 1000),
    anomalyCamera: camera,
    retrievalQuery: fc.constantFrom('mean', 'replica'),
    sigmas: fc.constantFrom('probability', 'ellipse'),
    droppedRow: fc.option(integer(0, 1e7)),
  }),
})
