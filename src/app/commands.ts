import { operatorNames, operators } from '../physics/smeft/operators.ts'
import type { ViewName } from '../share/schema.ts'
import type { AppContextValue } from '../views/app-context.tsx'
import type { Command } from '../views/common/match-commands.ts'

/** Every action of the app, for Ctrl-K. */
export function appCommands(
  { actions, files, store, openTraining, openFit }: AppContextValue,
  share: () => Promise<void>,
  toggleTheme: () => void,
): Command[] {
  const go = (view: ViewName, label: string): Command => ({
    id: `view-${view}`,
    group: 'Go to',
    label,
    run: () => actions.change({ view }),
  })
  return [
    go('explore', 'Explore the map'),
    go('compare', 'Compare maps side by side'),
    go('interpret', 'Interpret a spectrum'),
    go('train', 'Train an encoder'),
    go('fit', 'Fit Wilson coefficients to top pairs'),
    go('data', 'Data, files and set-up'),
    { id: 'share', label: 'Share: copy a link to this analysis', run: () => void share() },
    { id: 'undo', label: 'Undo', shortcut: 'Ctrl Z', run: () => actions.undo() },
    { id: 'redo', label: 'Redo', shortcut: 'Ctrl Shift Z', run: () => actions.redo() },
    { id: 'theme', label: 'Change theme', run: toggleTheme },
    ...store.getState().catalogue.datasets.map(({ id, title }) => ({
      id: `open-${id}`,
      group: 'Open',
      label: title,
      run: () => actions.openDataset(id),
    })),
    {
      id: 'pca',
      group: 'Open',
      label: 'Closed-form map (PCA-2)',
      keywords: 'linear principal components',
      run: () => actions.change({ model: 'pca-2', camera: null, selection: null }),
    },
    {
      id: 'reset-coefficients',
      group: 'Coefficients',
      label: 'Reset all coefficients',
      run: () => actions.setCoefficients(new Float64Array(operatorNames.length)),
    },
    {
      id: 'linear',
      group: 'Coefficients',
      label: 'Linear order',
      run: () => actions.change({ order: 'linear' }),
    },
    {
      id: 'quadratic',
      group: 'Coefficients',
      label: 'Linear + quadratic order',
      run: () => actions.change({ order: 'quadratic' }),
    },
    {
      id: 'clear-selection',
      group: 'Map',
      label: 'Clear selection',
      run: () => actions.change({ selection: null }),
    },
    {
      id: 'show-all',
      group: 'Map',
      label: 'Show the whole map',
      run: () => actions.change({ camera: null }),
    },
    {
      id: 'focus-sm',
      group: 'Map',
      label: 'Focus the Standard Model',
      run: () => actions.change({ focus: { kind: 'universe', id: 0 } }),
    },
    {
      id: 'focus-live',
      group: 'Map',
      label: 'Focus the live universe',
      run: () => actions.change({ focus: { kind: 'live' } }),
    },
    ...operators.map(({ name, symbol }) => ({
      id: `colour-${name}`,
      group: 'Colour by',
      label: symbol,
      keywords: name,
      run: () => actions.change({ colourBy: name }),
    })),
    {
      id: 'train-start',
      group: 'Training',
      label: 'Start training',
      run: () => void openTraining().then((training) => training.start()),
    },
    {
      id: 'train-pause',
      group: 'Training',
      label: 'Pause training',
      run: () => void openTraining().then((training) => training.pause()),
    },
    {
      id: 'train-stop',
      group: 'Training',
      label: 'Stop training',
      run: () => void openTraining().then((training) => training.stop()),
    },
    {
      id: 'fit-run',
      group: 'Fit',
      label: 'Run the whole fit of top pairs',
      keywords: 'ratio networks posterior corner',
      run: () => void openFit().then((fit) => (actions.change({ view: 'fit' }), fit.runAll())),
    },
    {
      id: 'fit-pause',
      group: 'Fit',
      label: 'Pause the fit',
      run: () => void openFit().then((fit) => fit.pause()),
    },
    {
      id: 'fit-cancel',
      group: 'Fit',
      label: 'Cancel the fit',
      run: () => void openFit().then((fit) => fit.cancel()),
    },
    { id: 'shipped', group: 'Data', label: 'Back to the shipped dataset', run: () => files.backToShipped() },
  ]
}
