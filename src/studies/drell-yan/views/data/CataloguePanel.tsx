import { useEffect } from 'react'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { formatCount } from '../../../../ui/common/format.ts'
import { ErrorState, Panel, type PanelState } from '../../../../ui/common/Panel.tsx'
import { DatasetCard } from './DatasetCard.tsx'

/** Every dataset the page can open, and the one it made itself. */
export function CataloguePanel() {
  const { actions, files } = useDrellYan()
  const catalogue = useDrellYanState((state) => state.catalogue)
  const shelf = useDrellYanState((state) => state.shelf)
  const dataset = useDrellYanState((state) => state.dataset)
  const rows = useDrellYanState((state) => state.rows.exact)
  const setup = useDrellYanState((state) => state.intent.setup)
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
          if (location?.earlier && !current) return null
          return (
            <DatasetCard
              key={entry.id}
              manifest={entry.manifest}
              hash={entry.hash}
              manifestUrl={location?.manifestUrl ?? null}
              current={current}
              state={
                current
                  ? verification(open, rows)
                  : 'Every array is verified by its sha256 when it is opened.'
              }
              onOpen={() => actions.openDataset(entry.id)}
            />
          )
        })}
      </div>
    </Panel>
  )
}

function verification({ header }: OpenDataset, rows: number): string {
  const { universes, replicasPerUniverse } = header.manifest
  const all = universes * replicasPerUniverse
  return rows === all
    ? `All ${formatCount(all)} spectra verified by sha256.`
    : `${formatCount(rows)} of ${formatCount(all)} spectra here, each block verified by sha256.`
}
