import { useId } from 'react'
import { fitPresets } from '../../analysis/top-pair/fit/fit-presets.ts'
import { ratioPresets } from '../../ml/ratio/ratio-presets.ts'
import type { FitIntent } from '../../share/fit-schema.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { formatCount } from '../common/format.ts'
import { MoreSettings } from '../common/MoreSettings.tsx'
import { NumberField } from '../common/NumberField.tsx'
import { Panel } from '../common/Panel.tsx'
import { Segmented } from '../common/Segmented.tsx'
import { SelectField } from '../common/SelectField.tsx'
import { EventDrop } from './EventDrop.tsx'
import { ExpertSetup } from './ExpertSetup.tsx'
import { useFit } from './fit-context.tsx'
import { OperatorChoice } from './OperatorChoice.tsx'
import { presetOf, presetSetup, withOperators } from './setup-choice.ts'
import { Check, FitNumber } from './setup-fields.tsx'
import {
  binnedLabels,
  observableLabels,
  presetLabels,
  ratioPresetLabels,
  selectionLabels,
} from './setup-labels.ts'
import { TruthSlider } from './TruthSlider.tsx'

const orders = [
  { id: 'quadratic' as const, label: 'linear + quadratic' },
  { id: 'linear' as const, label: 'linear' },
]

/** What is simulated, learned and fitted. All of it is in the link. */
export function SetupPanel() {
  const { actions, store } = useApp()
  const setup = useAppState((state) => state.intent.fit)
  const status = useFit((fit) => fit.status)
  const locked = status !== 'idle'
  const noteId = useId()
  const set = (patch: Partial<FitIntent>, key = '') =>
    actions.change({ fit: { ...store.getState().intent.fit, ...patch } }, key)
  const preset = presetOf(setup)
  const { preset: ratios, binning } = setup
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
        <SelectField
          label="preset"
          className="fit-wide"
          describedBy={noteId}
          value={String(preset ?? 'own')}
          labels={preset ? presetLabels : { ...presetLabels, own: 'own set-up' }}
          onChange={(name) => {
            const chosen = presetSetup(name)
            if (chosen) actions.change({ fit: chosen })
          }}
        />
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
        <SelectField
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
        <SelectField
          className="fit-wide"
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
        <SelectField
          className="fit-wide"
          label="binned likelihood"
          value={setup.binned}
          labels={binnedLabels}
          onChange={(binned) => set({ binned })}
        />
        <SelectField
          label="ratio networks"
          className="fit-wide"
          value={ratios}
          labels={ratioPresetLabels}
          onChange={(name) => set({ preset: name })}
        />
        <FitNumber field="replicas" label="replicas" setup={setup} set={set} step={1} />
        <FitNumber field="seed" label="seed" setup={setup} set={set} step={1} />
      </fieldset>
      <MoreSettings legend="Further settings of the fit" className="fit-fields" disabled={locked}>
        <ExpertSetup setup={setup} set={set} />
      </MoreSettings>
      <p className="small soft">
        {plan.method.kind === 'classifier' ? 'One classifier per term' : 'One network for all terms'};{' '}
        {formatCount(setup.trainingPoints ?? plan.events)} phase-space points,{' '}
        {setup.epochs ?? plan.training.epochs} epochs at most, hidden widths {plan.training.widths.join(', ')}
        .
      </p>
      <EventDrop locked={locked} />
    </Panel>
  )
}
