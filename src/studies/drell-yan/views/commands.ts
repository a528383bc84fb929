import type { Command } from '../../../core/command.ts'
import { operatorNames, operators } from '../../../physics/smeft/operators.ts'
import type { DrellYanHandle } from '../open.ts'

/** Every action of this study. */
export function drellYanCommands(open: () => Promise<DrellYanHandle>): Command[] {
  const run = (act: (handle: DrellYanHandle) => void | Promise<void>) => () => void open().then(act)
  return [
    {
      id: 'pca',
      group: 'Open',
      label: 'Closed-form map (PCA-2)',
      keywords: 'linear principal components',
      run: run(({ actions }) => actions.change({ model: 'pca-2', camera: null, selection: null })),
    },
    {
      id: 'reset-coefficients',
      group: 'Coefficients',
      label: 'Reset all coefficients',
      run: run(({ actions }) => actions.setCoefficients(new Float64Array(operatorNames.length))),
    },
    {
      id: 'linear',
      group: 'Coefficients',
      label: 'Linear order',
      run: run(({ actions }) => actions.change({ order: 'linear' })),
    },
    {
      id: 'quadratic',
      group: 'Coefficients',
      label: 'Linear + quadratic order',
      run: run(({ actions }) => actions.change({ order: 'quadratic' })),
    },
    {
      id: 'clear-selection',
      group: 'Map',
      label: 'Clear selection',
      run: run(({ actions }) => actions.change({ selection: null })),
    },
    {
      id: 'show-all',
      group: 'Map',
      label: 'Show the whole map',
      run: run(({ actions }) => actions.change({ camera: null })),
    },
    {
      id: 'focus-sm',
      group: 'Map',
      label: 'Focus the Standard Model',
      run: run(({ actions }) => actions.change({ focus: { kind: 'universe', id: 0 } })),
    },
    {
      id: 'focus-live',
      group: 'Map',
      label: 'Focus the live universe',
      run: run(({ actions }) => actions.change({ focus: { kind: 'live' } })),
    },
    ...operators.map(({ name, symbol }) => ({
      id: `colour-${name}`,
      group: 'Colour by',
      label: symbol,
      keywords: name,
      run: run(({ actions }) => actions.change({ colourBy: name })),
    })),
    {
      id: 'train-start',
      group: 'Training',
      label: 'Start training',
      run: run(async ({ openTraining }) => (await openTraining()).start()),
    },
    {
      id: 'train-pause',
      group: 'Training',
      label: 'Pause training',
      run: run(async ({ openTraining }) => (await openTraining()).pause()),
    },
    {
      id: 'train-stop',
      group: 'Training',
      label: 'Stop training',
      run: run(async ({ openTraining }) => (await openTraining()).stop()),
    },
    {
      id: 'shipped',
      group: 'Data',
      label: 'Back to the shipped dataset',
      run: run(({ files }) => files.backToShipped()),
    },
  ]
}
