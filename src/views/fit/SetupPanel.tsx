import { useId, useState } from 'react'
import { fitPresets } from '../../analysis/top-pair/fit/fit-presets.ts'
import { ratioPresets } from '../../ml/ratio/ratio-presets.ts'
import { topPairOperators, type TopPairOperator } from '../../physics/top-pair/operators.ts'
import { fitSchema, type FitIntent } from '../../share/fit-schema.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { DropZone } from '../common/DropZone.tsx'
import { fieldLimits } from '../common/field-limits.ts'
import { formatCoefficient, formatCount, formatEdge, formatNumber } from '../common/format.ts'
import { NumberField } from '../common/NumberField.tsx'
import { Panel } from '../common/Panel.tsx'
import { Segmented } from '../common/Segmented.tsx'
import { OperatorSymbol } from '../common/Symbol.tsx'
import { useFit, useFitActions } from './fit-context.tsx'
import { presetOf, presetSetup, withOperators } from './setup-choice.ts'
import {
  binnedLabels,
  engineLabels,
  observableLabels,
  selectionLabels,
  treatmentLabels,
} from './setup-labels.ts'
import { TruthSlider } from './TruthSlider.tsx'

const orders = [
  { id: 'quadratic' as const, label: 'linear + quadratic' },
  { id: 'linear' as const, label: 'linear' },
]

const ratioPresetLabels = Object.fromEntries(
  Object.entries(ratioPresets).map(([name, { title }]) => [name, title]),
) as Record<FitIntent['preset'], string>

/** What is simulated, learned and fitted. All of it is in the link. */
export function SetupPanel() {
  const { actions, store } = useApp()
  const setup = useAppState((state) => state.intent.fit)
  const status = useFit((fit) => fit.status)
  const locked = status !== 'idle'
  const [expert, setExpert] = useState(false)
  const expertId = useId()
  const noteId = useId()
  const set = (patch: Partial<FitIntent>, key = '') =>
    actions.change({ fit: { ...store.getState().intent.fit, ...patch } }, key)
  const preset = presetOf(setup)
  const { preset: ratios, luminosity, binning } = setup
  const plan = ratioPresets[ratios]
  return (
    <Panel title="Set-up">
      {locked && (
        <p className="small fit-note" role="status">
          Fixed while a run is under way. Cancel it to change the set-up.
        </p>
      )}
      <fieldset className="fit-fields" disabled={locked}>
        <legend className="visually-hidden">Set-up of the fit</legend>
        <label className="field fit-wide">
          <span className="field-label">preset</span>
          <select
            className="select"
            value={preset ?? 'own'}
            aria-describedby={noteId}
            onChange={(event) => {
              const chosen = presetSetup(event.target.value)
              if (chosen) actions.change({ fit: chosen })
            }}
          >
            {Object.entries(fitPresets).map(([id, { title }]) => (
              <option key={id} value={id}>
                {id === 'thesis-inspired' ? 'thesis-inspired (tuned demo)' : title}
              </option>
            ))}
            {!preset && <option value="own">own set-up</option>}
          </select>
        </label>
        <p id={noteId} className="small soft fit-wide">
          {preset ? fitPresets[preset].note : 'Changed from a preset. Everything here is in the link.'}
        </p>
        <div className="fit-wide">
          <Segmented
            label="EFT order"
            choices={orders}
            value={setup.mode}
            onChange={(mode) => set({ mode })}
          />
        </div>
        <OperatorChoice setup={setup} onChange={(operators) => set(withOperators(setup, operators))} />
        <div className="fit-wide fit-truth">
          <span className="field-label">truth of the simulated data, C/Λ² [TeV⁻²]</span>
          {setup.operators.map((name) => (
            <TruthSlider
              key={name}
              name={name}
              value={setup.truth[name] ?? 0}
              halfWidth={setup.priorHalfWidth}
              disabled={locked}
              onInput={(value) => set({ truth: { ...setup.truth, [name]: value } }, `truth/${name}`)}
              onSettle={() => actions.settle()}
            />
          ))}
        </div>
        <FitNumber field="observedEvents" label="observed events" setup={setup} set={set} step={100} />
        <FitNumber field="mttMinGeV" label="m_tt above" unit="GeV" setup={setup} set={set} step={50} />
        <Choice
          label="cuts"
          value={setup.selection}
          labels={selectionLabels}
          onChange={(selection) => set({ selection })}
        />
        <Check
          label="detector smearing"
          checked={setup.smearing}
          onChange={(smearing) => set({ smearing })}
        />
        <Choice
          wide
          label="binned in"
          value={binning.observable}
          labels={observableLabels}
          onChange={(observable) => set({ binning: { ...binning, observable } })}
        />
        <NumberField
          label="bins of equal share"
          value={binning.bins}
          min={1}
          max={100}
          integer
          step={1}
          format={String}
          onCommit={(bins) => set({ binning: { ...binning, bins } })}
        />
        <FitNumber field="priorHalfWidth" label="flat prior, ±" unit="TeV⁻²" setup={setup} set={set} />
        <Choice
          wide
          label="binned likelihood"
          value={setup.binned}
          labels={binnedLabels}
          onChange={(binned) => set({ binned })}
        />
        <label className="field fit-wide">
          <span className="field-label">ratio networks</span>
          <select
            className="select"
            value={ratios}
            onChange={(event) => set({ preset: event.target.value as FitIntent['preset'] })}
          >
            {Object.entries(ratioPresetLabels).map(([id, title]) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <FitNumber field="replicas" label="replicas" setup={setup} set={set} step={1} />
        <FitNumber field="seed" label="seed" setup={setup} set={set} step={1} />
      </fieldset>
      <button
        type="button"
        className="button button-quiet"
        aria-expanded={expert}
        aria-controls={expertId}
        onClick={() => setExpert(!expert)}
      >
        {expert ? 'Fewer settings' : 'All settings'}
      </button>
      <fieldset className="fit-fields" id={expertId} disabled={locked} hidden={!expert}>
        <legend className="visually-hidden">Further settings of the fit</legend>
        <FitNumber field="sqrtSGeV" label="√s" unit="GeV" setup={setup} set={set} step={1000} />
        <FitNumber field="livePoints" label="live points" setup={setup} set={set} step={100} />
        <Optional
          label="training points"
          value={setup.trainingPoints}
          otherwise={plan.events}
          field="trainingPoints"
          onChange={(trainingPoints) => set({ trainingPoints })}
        />
        <Optional
          label="epochs at most"
          value={setup.epochs}
          otherwise={plan.training.epochs}
          field="epochs"
          onChange={(epochs) => set({ epochs })}
        />
        <Choice
          wide
          label="engine of the networks"
          value={setup.backend}
          labels={engineLabels}
          onChange={(backend) => set({ backend })}
        />
        <NumberField
          label="luminosity error"
          unit="%"
          value={100 * luminosity.relativeError}
          min={0}
          max={50}
          onCommit={(percent) => set({ luminosity: { ...luminosity, relativeError: percent / 100 } })}
        />
        <Choice
          label="luminosity is"
          value={luminosity.treatment}
          labels={treatmentLabels}
          onChange={(treatment) => set({ luminosity: { ...luminosity, treatment } })}
        />
        <Check
          label="Poisson number of events"
          checked={setup.poisson}
          onChange={(poisson) => set({ poisson })}
        />
        <NumberField
          label="luminosity of a dropped file"
          unit="pb⁻¹"
          value={setup.luminosityInvPb ?? 0}
          min={0}
          max={1e9}
          format={(value) => (value === 0 ? 'from the truth' : formatNumber(value, 5))}
          onCommit={(value) => set({ luminosityInvPb: value > 0 ? Math.max(0.001, value) : null })}
        />
      </fieldset>
      <p className="small soft">
        {plan.method.kind === 'classifier' ? 'One classifier per term' : 'One network for all terms'};{' '}
        {formatCount(setup.trainingPoints ?? plan.events)} phase-space points,{' '}
        {setup.epochs ?? plan.training.epochs} epochs at most, hidden widths {plan.training.widths.join(', ')}
        .
      </p>
      <FileDrop locked={locked} />
    </Panel>
  )
}

function FileDrop({ locked }: { locked: boolean }) {
  const fit = useFitActions()
  const dropped = useFit((state) => state.dropped)
  if (dropped)
    return (
      <div className="row fit-dropped">
        <span className="small">
          Observed events from <strong>{dropped.name}</strong>
        </span>
        <button
          type="button"
          className="button button-quiet"
          disabled={locked}
          onClick={() => fit.forgetDropped()}
        >
          Simulate instead
        </button>
      </div>
    )
  return (
    <DropZone
      label="Observed events of your own"
      hint="CSV, Parquet, npy or LHE with the columns above; weights are taken where there are any. Nothing leaves this page."
      multiple={false}
      accept=".csv,.parquet,.npy,.lhe,.gz"
      onFiles={([file]) => {
        if (!locked) void fit.drop(file)
      }}
    />
  )
}

type NumberKey = {
  [K in keyof FitIntent]: FitIntent[K] extends number ? K : never
}[keyof FitIntent]

interface FitNumberProps {
  field: NumberKey
  label: string
  unit?: string
  step?: number
  setup: FitIntent
  set: (patch: Partial<FitIntent>) => void
}

function FitNumber({ field, label, unit, step, setup, set }: FitNumberProps) {
  const { min, max, integer } = fieldLimits(fitSchema.shape[field])
  return (
    <NumberField
      label={label}
      unit={unit}
      value={setup[field]}
      min={min}
      max={max}
      integer={integer}
      step={step}
      format={integer ? formatCount : formatEdge}
      onCommit={(value) => set({ [field]: value })}
    />
  )
}

interface OptionalProps {
  field: 'trainingPoints' | 'epochs'
  label: string
  value: number | null
  otherwise: number
  onChange: (value: number | null) => void
}

const optionalLimits = { trainingPoints: [1000, 2_000_000], epochs: [1, 5000] } as const

/** A number of the preset until somebody types another; the preset's own number gives it back. */
function Optional({ field, label, value, otherwise, onChange }: OptionalProps) {
  const [min, max] = optionalLimits[field]
  return (
    <NumberField
      label={label}
      value={value ?? otherwise}
      min={min}
      max={max}
      integer
      format={formatCount}
      onCommit={(typed) => onChange(typed === otherwise ? null : typed)}
    />
  )
}

function Choice<K extends string>(props: {
  label: string
  wide?: boolean
  value: K
  labels: Record<K, string>
  onChange: (value: K) => void
}) {
  return (
    <label className={props.wide ? 'field fit-wide' : 'field'}>
      <span className="field-label">{props.label}</span>
      <select
        className="select"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value as K)}
      >
        {Object.entries<string>(props.labels).map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

function Check(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="fit-check">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      {props.label}
    </label>
  )
}

function OperatorChoice({
  setup,
  onChange,
}: {
  setup: FitIntent
  onChange: (operators: FitIntent['operators']) => void
}) {
  const chosen = setup.operators
  const box = (operator: TopPairOperator) => {
    const on = chosen.includes(operator.name)
    const full = on ? chosen.length === 1 : chosen.length === 8
    return (
      <label key={operator.name} className="fit-operator" title={operator.definition} data-on={on}>
        <input
          type="checkbox"
          checked={on}
          disabled={full}
          aria-label={operator.name}
          onChange={() =>
            onChange(on ? chosen.filter((name) => name !== operator.name) : [...chosen, operator.name])
          }
        />
        <OperatorSymbol operator={{ ...operator, symbol: `C${operator.symbol.slice(1)}` }} />
      </label>
    )
  }
  const singlets = topPairOperators.filter(({ kind }) => kind === 'singlet')
  return (
    <fieldset className="fit-wide fit-operators">
      <legend className="field-label">operators, {chosen.length} of at most 8</legend>
      <div className="fit-operator-grid">
        {topPairOperators.filter(({ kind }) => kind !== 'singlet').map(box)}
      </div>
      <details open={singlets.some(({ name }) => chosen.includes(name))}>
        <summary className="small">colour singlets</summary>
        <div className="fit-operator-grid">{singlets.map(box)}</div>
      </details>
      <p className="visually-hidden">
        Chosen: {chosen.map((name) => `${name} ${formatCoefficient(setup.truth[name] ?? 0)}`).join(', ')}
      </p>
    </fieldset>
  )
}
