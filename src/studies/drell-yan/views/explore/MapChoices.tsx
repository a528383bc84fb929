import { operators } from '../../../../physics/smeft/operators.ts'
import type { DrellYanIntent } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { formatCount } from '../../../../ui/common/format.ts'
import { Toggle } from '../../../../ui/common/Toggle.tsx'

const extraChoices = [0, 10, 50, 100, 500]

/** What is drawn on the map. */
export function MapChoices() {
  const { actions } = useDrellYan()
  const intent = useDrellYanState((state) => state.intent)
  const open = useDrellYanState((state) => state.dataset.value)
  const extra = useDrellYanState((state) => state.extra)
  const toggle = (
    key: 'showReplicas' | 'showContours' | 'familyContours' | 'showFlagged' | 'showLost' | 'showMeasurement',
    label: string,
    title?: string,
  ) => (
    <Toggle
      {...{ label, title, checked: intent[key] }}
      onChange={(checked) => actions.change({ [key]: checked })}
    />
  )
  const universes = open?.header.table.count ?? 0
  return (
    <>
      <label className="inline-field small">
        Colour by
        <select
          className="select"
          value={intent.colourBy}
          onChange={(event) => actions.change({ colourBy: event.target.value as DrellYanIntent['colourBy'] })}
        >
          <option value="family">operator family</option>
          <option value="distance">distance to the SM</option>
          <option value="universe">universe</option>
          <option value="kept">neighbours kept</option>
          <optgroup label="coefficient">
            {operators.map(({ name, symbol }) => (
              <option key={name} value={name}>
                {symbol}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label className="inline-field small">
        Extra replicas
        <select
          className="select select-short"
          value={intent.extraReplicas}
          onChange={(event) =>
            actions.change({ extraReplicas: Number(event.target.value), showReplicas: true })
          }
        >
          {extraChoices.map((count) => (
            <option key={count} value={count}>
              {count === 0 ? 'none' : `${count} per universe (${formatCount(count * universes)})`}
            </option>
          ))}
        </select>
      </label>
      {extra.status === 'running' && (
        <span className="small soft" role="status">
          drawing {Math.round(100 * (extra.fraction ?? 0))} %
        </span>
      )}
      {toggle(
        'showReplicas',
        'replicas',
        'The same universes with noise of the measurement added, drawn anew for each',
      )}
      {toggle('showContours', 'contours')}
      {intent.showContours && toggle('familyContours', 'per family', 'Contours of each family by itself')}
      {toggle(
        'showFlagged',
        'flagged',
        'Universes with a bin of the linear spectrum below zero, drawn as rings',
      )}
      {toggle(
        'showLost',
        'lost neighbours',
        'Dotted lines from a picked dot to the spectra most like its own that are not near it here',
      )}
      <Toggle
        label="directions"
        checked={intent.panels.arrows}
        onChange={(arrows) => actions.showIn({ arrows })}
      />
      {open && <TourButton open={open} />}
      {open?.header.measurement && toggle('showMeasurement', 'measurement')}
    </>
  )
}

/** Encoder of more than two dimensions that is shipped for a dataset. */
const moreAxes: Readonly<Record<string, { model: string; axes: number }>> = {
  'dy-nc-13tev': { model: 'dy-supcon-5d', axes: 5 },
}

/** Turns the latent space, where it has more than two axes; otherwise opens the encoder of which it has. */
function TourButton({ open }: { open: OpenDataset }) {
  const { actions } = useDrellYan()
  const { latentDim } = open.embedding
  const other = moreAxes[open.header.manifest.id]
  if (latentDim < 3 && !other) return null
  return (
    <button
      type="button"
      className="button button-quiet"
      title="Turn the latent space through planes, with the neighbours that the map loses"
      onClick={() =>
        actions.change({
          tour: { plane: null },
          ...(latentDim < 3 && { model: other.model, camera: null, selection: null }),
        })
      }
    >
      Tour in {latentDim < 3 ? other.axes : latentDim}-D
    </button>
  )
}
