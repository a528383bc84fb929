import type { Command } from '../../../core/command.ts'
import type { TopPairHandle } from '../open.ts'

/** Every action of this study. */
export function topPairCommands(open: () => Promise<TopPairHandle>): Command[] {
  const run = (act: (handle: TopPairHandle) => void | Promise<void>) => () => void open().then(act)
  return [
    {
      id: 'fit-run',
      group: 'Fit',
      label: 'Run the whole fit of top pairs',
      keywords: 'ratio networks posterior corner',
      run: run(({ context, fit }) => (context.change({ view: 'fit' }), fit.runAll())),
    },
    { id: 'fit-pause', group: 'Fit', label: 'Pause the fit', run: run(({ fit }) => fit.pause()) },
    { id: 'fit-cancel', group: 'Fit', label: 'Cancel the fit', run: run(({ fit }) => fit.cancel()) },
  ]
}
