import { featureSets, observableInfo, type ObservableName } from '../../../../generator/observables.ts'
import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import type { FitSetup } from './fit-setup.ts'

/** The columns that a fit looks at, in simulated and in dropped events: what the networks take and what is binned. */
export function fitColumns({ preset, binning }: Pick<FitSetup, 'preset' | 'binning'>): ObservableName[] {
  return [...new Set<ObservableName>([...featureSets[ratioPresets[preset].features], binning.observable])]
}

/** A column that a fit looks at, in words. */
export interface WantedColumn {
  name: ObservableName
  unit: 'GeV' | '1' | 'rad'
  description: string
}

/** What is asked of a file whose columns have other names. */
export function wantedColumns(setup: Pick<FitSetup, 'preset' | 'binning'>): WantedColumn[] {
  return fitColumns(setup).map((name) => ({ name, ...observableInfo[name] }))
}
