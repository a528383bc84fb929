import { namedSetups } from '../named-setups.ts'
import { ratioPresets } from '../../../ml/ratio/ratio-presets.ts'
import { fitObservables, type FitIntent } from '../intent.ts'
import { plainSymbol } from './observable-symbols.ts'

type Labels<K extends string> = Record<K, string>

export const selectionLabels: Labels<FitIntent['selection']> = {
  none: 'none',
  dilepton: 'dilepton',
  ml4eft: 'm_ℓℓ only',
}

export const binnedLabels: Labels<FitIntent['binned']> = {
  poisson: 'Poisson',
  'gauss-expected': 'Gaussian, σ² = expected',
  'gauss-observed': 'Gaussian, σ² = observed (thesis)',
  'barlow-beeston': 'Poisson with simulation error (Barlow–Beeston)',
}

export const networkSourceLabels: Labels<FitIntent['networks']> = {
  shipped: 'shipped with the page, where they fit',
  trained: 'trained here',
}

export const engineLabels: Labels<FitIntent['backend']> = {
  kernels: 'own SIMD kernels (WebAssembly)',
  auto: 'fastest that agrees, measured in each worker',
  webgpu: 'TensorFlow.js WebGPU',
  webgl: 'TensorFlow.js WebGL',
  wasm: 'TensorFlow.js WebAssembly',
  cpu: 'TensorFlow.js CPU',
}

export const treatmentLabels: Labels<FitIntent['luminosity']['treatment']> = {
  profiled: 'profiled',
  sampled: 'sampled',
}

export const observableLabels = Object.fromEntries(
  fitObservables.map((name) => [name, plainSymbol(name)]),
) as Labels<FitIntent['binning']['observable']>

export const setupNameLabels: Labels<string> = {
  ...Object.fromEntries(Object.entries(namedSetups).map(([id, { title }]) => [id, title])),
  'thesis-inspired': 'thesis-inspired (tuned demo)',
}

export const ratioPresetLabels = Object.fromEntries(
  Object.entries(ratioPresets).map(([name, { title }]) => [name, title]),
) as Labels<FitIntent['preset']>
