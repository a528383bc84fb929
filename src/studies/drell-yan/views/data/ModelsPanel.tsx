import { linearEncoderId } from '../../analysis/linear-encoder.ts'
import type { ModelCard } from '../../../../ml/model-card.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { Badge } from '../../../../ui/common/Badge.tsx'
import { ErrorState, Panel } from '../../../../ui/common/Panel.tsx'
import { ModelCardView } from '../../../../ui/training/ModelCardView.tsx'

/** Encoders that can draw the map: the closed-form one, shipped ones, and one's own. */
export function ModelsPanel() {
  const shelf = useDrellYanState((state) => state.shelf.value)
  const imported = useDrellYanState((state) => state.imported)
  const encoder = useDrellYanState((state) => state.dataset.value?.encoder)
  const own = useDrellYanState((state) => state.ownEncoders)
  return (
    <Panel title="Encoders">
      <div className="stack">
        {imported.status === 'failed' && imported.error && <ErrorState error={imported.error} />}
        <ModelRow
          id={linearEncoderId}
          title="Closed-form linear map (PCA-2)"
          about="First two principal axes of the whitened universes of the open dataset. Nothing learned."
          card={null}
        />
        {own.map(({ id, card, origin }) => (
          <ModelRow
            key={id}
            id={id}
            title={card?.title ?? id}
            about={
              origin === 'file'
                ? 'Read from files and kept in this browser.'
                : 'Trained and kept in this browser; export it in Train to take it elsewhere.'
            }
            card={card}
          />
        ))}
        {shelf?.models.map((entry) =>
          'error' in entry ? (
            <article key={entry.id} className="data-card" aria-label={entry.id}>
              <h3>{entry.id}</h3>
              <ErrorState error={entry.error} />
            </article>
          ) : (
            <ModelRow
              key={entry.id}
              id={entry.id}
              title={entry.card.title}
              about={entry.card.description}
              card={entry.card}
            />
          ),
        )}
        {shelf?.models.length === 0 && (
          <p className="small soft">
            No trained encoder is shipped with this copy. Train one, or drop its files.
          </p>
        )}
        {encoder && <p className="small soft">On the map now: {encoder.id}.</p>}
      </div>
    </Panel>
  )
}

interface ModelRowProps {
  id: string
  title: string
  about: string
  card: ModelCard | null
}

function ModelRow({ id, title, about, card }: ModelRowProps) {
  const { actions } = useDrellYan()
  const header = useDrellYanState((state) => state.dataset.value?.header)
  const current = useDrellYanState((state) => state.dataset.value?.encoder.id === id)
  const catalogue = useDrellYanState((state) => state.catalogue)
  const bins = header?.universeModel.templates.bins
  const fits = !card || bins === undefined || card.architecture.features === bins
  const home = card && catalogue.datasets.find((entry) => entry.id === card.dataset.id)
  const use = () => actions.change({ model: id, camera: null, selection: null })
  const openBoth = () =>
    home &&
    actions.change({
      dataset: home.id,
      model: id,
      setup: null,
      ...{ camera: null, selection: null, focus: { kind: 'live' } },
    })
  return (
    <article className="data-card" data-current={current} aria-label={title}>
      <div className="card-title">
        <h3>{title}</h3>
        {current && <Badge tone="good">on the map</Badge>}
        <span className="row spread">
          {!current && fits && (
            <button
              type="button"
              className="button"
              disabled={!header}
              onClick={use}
              aria-label={`Use ${id}`}
            >
              Use
            </button>
          )}
          {!fits && home && (
            <button type="button" className="button" onClick={openBoth}>
              Open with {home.title}
            </button>
          )}
        </span>
      </div>
      <p className="small">{about}</p>
      {!fits && card && (
        <p className="small soft">
          Reads {card.architecture.features} bins; the open dataset has {bins}.
        </p>
      )}
      {card && (
        <details className="data-details">
          <summary>Model card</summary>
          <ModelCardView items="universes" card={card} />
        </details>
      )}
    </article>
  )
}
