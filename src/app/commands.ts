import type { AppActions } from '../core/app-actions.ts'
import type { AppStore } from '../core/app-store.ts'
import type { Command } from '../core/command.ts'
import { frontOf } from '../core/front.ts'
import type { OpenStudies } from '../core/open-studies.ts'
import type { Study } from '../core/study.ts'
import { verbs } from '../core/verbs.ts'
import { showDataset } from './show-dataset.ts'

export interface CommandTargets {
  studies: readonly Study[]
  store: AppStore
  actions: AppActions
  open: OpenStudies
  share: () => Promise<void>
  saveBundle: () => Promise<void>
  chooseFiles: () => void
  toggleTheme: () => void
  showAbout: () => void
}

/**
 * Every action of the app and of its studies, for Ctrl-K.
 *
 * @param study  that in front
 */
export async function appCommands(
  { studies, store, actions, open, share, saveBundle, chooseFiles, toggleTheme, showAbout }: CommandTargets,
  study: string,
): Promise<Command[]> {
  const ofStudies = await Promise.all(
    studies.map(({ id, commands }) => commands?.(async () => (await open.open(id)).handle) ?? []),
  )
  return [
    ...verbs.flatMap((view): Command[] => {
      const phrase = frontOf({ study, view }, studies).study.views[view]?.phrase
      if (!phrase) return []
      return [{ id: `view-${view}`, group: 'Go to', label: phrase, run: () => actions.go(view) }]
    }),
    {
      id: 'learn',
      group: 'Go to',
      label: 'Learn: lessons beside the app',
      run: () => actions.learn({ place: 'list' }),
    },
    { id: 'share', label: 'Share: copy a link to this analysis', run: () => void share() },
    {
      id: 'bundle',
      label: 'Save a bundle: this analysis with its files, models and results',
      run: () => void saveBundle(),
    },
    { id: 'files', label: 'Open files: data, models, exported pictures, bundles', run: chooseFiles },
    { id: 'undo', label: 'Undo', shortcut: 'Ctrl Z', run: () => actions.undo() },
    { id: 'redo', label: 'Redo', shortcut: 'Ctrl Shift Z', run: () => actions.redo() },
    { id: 'theme', label: 'Change theme', run: toggleTheme },
    { id: 'about', label: 'About and Cite: version, licences, BibTeX', run: showAbout },
    ...studies.flatMap((each) =>
      each.datasets.map(({ id, title }) => ({
        id: `open-${id}`,
        group: 'Open',
        label: title,
        run: () => showDataset(store, actions, each, id),
      })),
    ),
    ...ofStudies.flat(),
  ]
}
