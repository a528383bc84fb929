import { operators } from '../../../../physics/smeft/operators.ts'
import type { DrellYanIntent } from '../../intent.ts'
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
    key: 'showReplicas' | 'showContours' | 'showFlagged' | 'showMeasurement',
    label: string,
  ) => (
    <Toggle label={label} checked={intent[key]} onChange={(checked) => actions.change({ [key]: checked })} />
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
        <span>
          Extra<span className="visually-hidden"> replicas</span>
        </span>
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
      {toggle('showReplicas', 'replicas')}
      {toggle('showContours', 'contours')}
      {toggle('showFlagged', 'flagged')}
      <Toggle
        label="directions"
        checked={intent.panels.arrows}
        onChange={(arrows) => actions.showIn({ arrows })}
      />
      {open?.header.measurement && toggle('showMeasurement', 'measurement')}
    </>
  )
}
