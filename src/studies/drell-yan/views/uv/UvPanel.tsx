import type { CSSProperties } from 'react'
import { AppError } from '../../../../errors.ts'
import { operators } from '../../../../physics/smeft/operators.ts'
import { perGeV2 } from '../../../../physics/smeft/wcxf.ts'
import { topPairOperators } from '../../../../physics/top-pair/operators.ts'
import { coefficientsOf, couplingsOf } from '../../../../physics/uv/uv-coefficients.ts'
import {
  drellYanReach,
  irrepOf,
  uvDictionary,
  uvGroups,
  uvModels,
  type DrellYanReach,
  type UvModel,
} from '../../../../physics/uv/uv-models.ts'
import type { UvIntent } from '../../intent.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { Chip, EftBadges, type Tone } from '../../../../ui/common/Badge.tsx'
import { DataTable, type Column } from '../../../../ui/common/DataTable.tsx'
import { formatCoefficient, formatNumber } from '../../../../ui/common/format.ts'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { OperatorSymbol } from '../../../../ui/common/Symbol.tsx'
import { Typeset } from '../../../../ui/common/Typeset.tsx'
import { standsWithModel, startingUv, uvChange } from './uv-change.ts'
import './uv.css'
import { WcxfPanel } from './WcxfPanel.tsx'

const reaches: Record<DrellYanReach, { tone: Tone; text: string }> = {
  none: { tone: 'warn', text: 'does not touch Drell-Yan: the dot stays at the Standard Model' },
  'fermi-constant': { tone: 'plain', text: 'touches Drell-Yan through G_F only: a pure normalisation' },
  couplings: { tone: 'plain', text: 'shifts inputs and Z couplings: no growth with energy' },
  grows: { tone: 'good', text: 'contact terms that grow with energy' },
}

/** A heavy field, its couplings and mass; what they do to the sliders, and who sees the rest. */
export function UvPanel({ open }: { open: OpenDataset }) {
  const { actions } = useDrellYan()
  const uv = useDrellYanState((state) => state.intent.uv)
  const model = uv && uvModels.find(({ id }) => id === uv.model)
  return (
    <div className="stack uv">
      <label className="field">
        <span className="field-label">Heavy field, integrated out at tree level</span>
        <select
          className="select"
          value={uv?.model ?? ''}
          onChange={({ target: { value } }) =>
            actions.change(value ? uvChange(startingUv(value)) : { uv: null })
          }
        >
          <option value="">none</option>
          {uvGroups.map((group) => (
            <optgroup key={group} label={group}>
              {uvModels
                .filter((entry) => entry.group === group)
                .map((entry) => (
                  <option key={entry.id} value={entry.id}>
                    {entry.symbol} {entry.fields.map(irrepOf).join(' + ')}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      {!uv && (
        <p className="soft small">
          Choose a field: its couplings and mass move the sliders, and its line is drawn on the map as the
          mass runs.
        </p>
      )}
      {uv && !model && (
        <p role="alert" className="small">
          The link names the UV model “{uv.model}”, which this page does not have. Its coefficients are on the
          sliders.
        </p>
      )}
      {uv && model && <ModelPart open={open} uv={uv} model={model} />}
      <WcxfPanel />
    </div>
  )
}

function ModelPart({ open, uv, model }: { open: OpenDataset; uv: UvIntent; model: UvModel }) {
  const { actions } = useDrellYan()
  const sliders = useDrellYanState((state) => state.intent.coefficients)
  const order = useDrellYanState((state) => state.intent.order)
  let couplings: Record<string, number>
  try {
    couplings = couplingsOf(model, uv.couplings)
  } catch (thrown) {
    return (
      <p role="alert" className="small">
        {AppError.from(thrown).message}{' '}
        <button
          type="button"
          className="button"
          onClick={() => actions.change(uvChange(startingUv(model.id)))}
        >
          Use the defaults
        </button>
      </p>
    )
  }
  const set = (patch: Partial<UvIntent>, key = '') =>
    actions.change(uvChange({ ...uv, ...patch }), key && `uv/${key}`)
  const found = coefficientsOf(model, couplings, uv.massTeV)
  const reach = reaches[drellYanReach(Object.keys(found.drellYan))]
  const largestMass = largestBinEdge(open)
  return (
    <>
      <div className="row">
        <Chip tone={reach.tone}>{reach.text}</Chip>
        <EftBadges order={order} qcd={open.header.manifest.qcd?.order} />
      </div>
      {model.scale !== 'vev2' && (
        <RangeRow
          label="Mass"
          symbol="M"
          unit="TeV"
          value={uv.massTeV}
          min={0.5}
          max={100}
          logarithmic
          onInput={(massTeV) => set({ massTeV }, 'mass')}
          onSettle={() => actions.settle()}
        />
      )}
      {model.couplings.map(({ name, symbol, meaning, unit, max }) => (
        <RangeRow
          key={name}
          label={meaning}
          symbol={symbol}
          unit={unit}
          value={couplings[name]}
          min={-max}
          max={max}
          onInput={(value) => set({ couplings: { ...couplings, [name]: value } }, name)}
          onSettle={() => actions.settle()}
        />
      ))}
      {uv.massTeV * 1000 < largestMass && model.scale !== 'vev2' && (
        <Chip tone="warn">
          M = {formatNumber(uv.massTeV, 3)} TeV lies below the last <Typeset text="m_ℓℓ" /> edge,{' '}
          {formatNumber(largestMass / 1000, 2)} TeV: the expansion in (<Typeset text="m_ℓℓ" />
          /M)² fails there
        </Chip>
      )}
      {!standsWithModel(uv, sliders) && (
        <div className="row" role="status">
          <Chip tone="warn">the sliders have been moved away from the model</Chip>
          <button type="button" className="button" onClick={() => set({})}>
            Back to the model
          </button>
        </div>
      )}
      <DataTable
        caption={
          model.scale === 'vev2'
            ? `${model.symbol}, whatever its mass`
            : `${model.symbol} at M = ${formatNumber(uv.massTeV, 3)} TeV`
        }
        columns={columns}
        rows={rowsOf(found)}
        rowKey={({ name }) => name}
      />
      {model.notes.map((note) => (
        <p key={note} className="small soft">
          {note}
        </p>
      ))}
      <p className="small soft">
        {order === 'linear'
          ? 'Linear order: interference with the Standard Model, order 1/M².'
          : 'Squares of these coefficients are kept; dimension-8 terms of the same order in 1/M are not.'}{' '}
        Matched at tree level, no running. Sources:{' '}
        {model.sources.map((key, i) => (
          <span key={key}>
            {i > 0 && '; '}
            <a href={uvDictionary.sources[key].url} rel="noreferrer noopener" target="_blank">
              {uvDictionary.sources[key].text}
            </a>
          </span>
        ))}
        .
      </p>
    </>
  )
}

interface RangeRowProps {
  label: string
  symbol: string
  unit?: string
  value: number
  min: number
  max: number
  logarithmic?: boolean
  onInput: (value: number) => void
  onSettle: () => void
}

function RangeRow(props: RangeRowProps) {
  const { label, symbol, unit, value, min, max, logarithmic, onInput, onSettle } = props
  const to = logarithmic ? Math.log : (x: number) => x
  const from = (x: number) => Number((logarithmic ? Math.exp(x) : x).toPrecision(3))
  const percent = (x: number) => (100 * (to(x) - to(min))) / (to(max) - to(min))
  const [zero, at] = [percent(logarithmic ? min : 0), percent(value)]
  const name = `${label} ${symbol}`
  const style = { '--from': `${Math.min(zero, at)}%`, '--to': `${Math.max(zero, at)}%` } as CSSProperties
  return (
    <div className="uv-row" title={label}>
      <span aria-hidden="true">
        <OperatorSymbol operator={{ name: label, symbol }} />
      </span>
      <input
        type="range"
        className="slider"
        style={style}
        aria-label={name}
        aria-valuetext={`${formatNumber(value)} ${unit ?? ''}`}
        min={to(min)}
        max={to(max)}
        step={(to(max) - to(min)) / 200}
        value={to(value)}
        onChange={(event) => onInput(Math.min(max, Math.max(min, from(event.target.valueAsNumber))))}
        onPointerUp={onSettle}
        onKeyUp={onSettle}
      />
      <NumberField
        label={`${name} value`}
        hideLabel
        unit={unit}
        value={value}
        min={min}
        max={max}
        onCommit={(next) => {
          onInput(next)
          onSettle()
        }}
      />
      <span className="small soft">{unit ?? ''}</span>
    </div>
  )
}

interface CoefficientRow {
  name: string
  symbol: string
  value: number // TeV^-2
  seen: string
}

const columns: readonly Column<CoefficientRow>[] = [
  {
    key: 'symbol',
    label: 'C',
    value: (row) => row.symbol,
    format: ({ name, symbol }) => <OperatorSymbol operator={{ name, symbol }} />,
  },
  {
    key: 'tev',
    label: 'C/Λ²',
    unit: 'TeV⁻²',
    value: (row) => row.value,
    format: (row) => formatCoefficient(row.value),
  },
  {
    key: 'gev',
    label: 'WCxf',
    unit: 'GeV⁻²',
    value: (row) => row.value / perGeV2,
    format: (row) => formatCoefficient(row.value / perGeV2),
  },
  { key: 'seen', label: 'seen by', value: (row) => row.seen },
]

function rowsOf({ drellYan, topPair, rest }: ReturnType<typeof coefficientsOf>): CoefficientRow[] {
  return [
    ...Object.entries(drellYan).map(([name, value]) => ({
      name,
      symbol: operators.find((entry) => entry.name === name)?.symbol ?? name,
      value,
      seen: 'Drell-Yan',
    })),
    ...Object.entries(topPair).map(([name, value]) => ({
      name,
      symbol: topPairOperators.find((entry) => entry.name === name)?.symbol ?? name,
      value,
      seen: 'top pairs',
    })),
    ...Object.entries(rest).map(([name, value]) => ({
      name,
      symbol: uvDictionary.others[name]?.symbol ?? name,
      value,
      seen: 'neither',
    })),
  ]
}

function largestBinEdge({ header }: OpenDataset): number {
  const masses = header.universeModel.templates.observables.filter(({ name }) => name !== 'ptl')
  return Math.max(0, ...masses.map(({ edges }) => edges[edges.length - 1]))
}
