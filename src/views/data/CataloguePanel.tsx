import { useEffect } from 'react'
import type { OpenDataset } from '../../state/app-state.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { formatCount } from '../common/format.ts'
import { ErrorState, Panel, type PanelState } from '../common/Panel.tsx'
import { DatasetCard } from './DatasetCard.tsx'

/** Every dataset the page can open, and the one it made itself. */
export function CataloguePanel() {
  const { actions, files } = useApp()
  const catalogue = useAppState((state) => state.catalogue)
  const shelf = useAppState((state) => state.shelf)
  const dataset = useAppState((state) => state.dataset)
  const setup = useAppState((state) => state.intent.setup)
  useEffect(() => {
    void files.loadShelf()
  }, [files])

  const open = dataset.value
  const openId = open?.header.manifest.id
  const pageMade = open && setup && !catalogue.datasets.some(({ id }) => id === openId) ? open : null
  const state: PanelState =
    shelf.status === 'failed' && shelf.error
      ? { kind: 'error', error: shelf.error, onRetry: () => void files.loadShelf() }
      : shelf.value
        ? { kind: 'ready' }
        : { kind: 'loading', label: 'Reading the catalogue' }
  return (
    <Panel title="Datasets" state={state}>
      <div className="stack">
        {pageMade && (
          <DatasetCard
            manifest={pageMade.header.manifest}
            hash={pageMade.header.manifestHash}
            manifestUrl={null}
            current
            state="Made in this page; it lives until the page is closed, and its link makes it again."
          />
        )}
        {shelf.value?.datasets.map((entry) => {
          const location = catalogue.datasets.find(({ id }) => id === entry.id)
          if ('error' in entry)
            return (
              <article key={entry.id} className="data-card" aria-label={location?.title ?? entry.id}>
                <h3>{location?.title ?? entry.id}</h3>
                <ErrorState error={entry.error} />
              </article>
            )
          const current = open?.header.manifestHash === entry.hash
          return (
            <DatasetCard
              key={entry.id}
              manifest={entry.manifest}
              hash={entry.hash}
              manifestUrl={location?.manifestUrl ?? null}
              current={current}
              state={
                current ? verification(open) : 'Every array is verified by its sha256 when it is opened.'
              }
              onOpen={() => actions.openDataset(entry.id)}
            />
          )
        })}
      </div>
    </Panel>
  )
}

function verification({ rows, header }: OpenDataset): string {
  const { universes, replicasPerUniverse } = header.manifest
  const all = universes * replicasPerUniverse
  return rows === all
    ? `All ${formatCount(all)} spectra verified by sha256.`
    : `${formatCount(rows)} of ${formatCount(all)} spectra here, each block verified by sha256.`
}
