import { featureSets, type ObservableName } from '../../../generator/observables.ts'
import { ratioPresets } from '../../../ml/ratio/ratio-presets.ts'
import type { FitSetup } from './fit-setup.ts'

/** The columns that a fit looks at, in simulated and in dropped events: what the networks take and what is binned. */
export function fitColumns({ preset, binning }: Pick<FitSetup, 'preset' | 'binning'>): ObservableName[] {
  return [...new Set<ObservableName>([...featureSets[ratioPresets[preset].features], binning.observable])]
}
