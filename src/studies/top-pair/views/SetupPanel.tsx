import { useId } from 'react'
import { namedSetups } from '../named-setups.ts'
import { ratioPresets } from '../../../ml/ratio/ratio-presets.ts'
import { fitSchema, type FitIntent } from '../intent.ts'
import { useTopPair, useTopPairState } from './context.tsx'
import { formatCount } from '../../../ui/common/format.ts'
import { MoreSettings } from '../../../ui/common/MoreSettings.tsx'
import { Panel } from '../../../ui/common/Panel.tsx'
import { SchemaNumber } from '../../../ui/common/SchemaNumber.tsx'
import { Segmented } from '../../../ui/common/Segmented.tsx'
import { SelectField } from '../../../ui/common/SelectField.tsx'
import { Typeset } from '../../../ui/common/Typeset.tsx'
import { EventDrop } from './EventDrop.tsx'
import { ExpertSetup } from './ExpertSetup.tsx'
import { useFit } from './fit-context.tsx'
import { OperatorChoice } from './OperatorChoice.tsx'
import { setupNameOf, setupNamed, withOperators } from './setup-choice.ts'
import { FitChoice, FitNumber, FitSwitch } from './setup-fields.tsx'
import {
  binnedLabels,
  networkSourceLabels,
  observableLabels,
  setupNameLabels,
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
  const { context, store } = useTopPair()
  const setup = useTopPairState((state) => state.intent.fit)
  const status = useFit((fit) => fit.status)
  const locked = status !== 'idle'
  const noteId = useId()
  const set = (patch: Partial<FitIntent>, key = '') =>
    context.change({ fit: { ...store.getState().intent.fit, ...patch } }, key)
  const name = setupNameOf(setup)
  const { preset: ratios, binning } = setup
  const plan = ratioPresets[ratios]
  const own = { setup, set }
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
          value={String(name ?? 'own')}
          labels={name ? setupNameLabels : { ...setupNameLabels, own: 'own set-up' }}
          onChange={(picked) => {
            const chosen = setupNamed(picked)
            if (chosen) context.change({ fit: chosen })
          }}
        />
        <p id={noteId} className="small soft fit-wide">
          <Typeset
            text={name ? namedSetups[name].note : 'Changed from a preset. Everything here is in the link.'}
          />
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
              onSettle={() => context.settle()}
            />
          ))}
        </div>
        <FitNumber field="observedEvents" label="observed events" step={100} {...own} />
        <FitNumber field="mttMinGeV" label="m_tt above" unit="GeV" step={50} {...own} />
        <FitChoice field="selection" label="cuts" labels={selectionLabels} {...own} />
        <FitSwitch field="smearing" label="detector smearing" {...own} />
        <SelectField
          className="fit-wide"
          label="binned in"
          value={binning.observable}
          labels={observableLabels}
          onChange={(observable) => set({ binning: { ...binning, observable } })}
        />
        <SchemaNumber
          label="bins of equal share"
          schema={fitSchema.shape.binning.unwrap().shape.bins}
          value={binning.bins}
          step={1}
          format={String}
          onCommit={(bins) => set({ binning: { ...binning, bins } })}
        />
        <FitNumber field="priorHalfWidth" label="flat prior, ±" unit="TeV⁻²" {...own} />
        <FitChoice field="binned" label="binned likelihood" labels={binnedLabels} wide {...own} />
        <FitChoice field="preset" label="ratio networks" labels={ratioPresetLabels} wide {...own} />
        <FitChoice field="networks" label="networks are" labels={networkSourceLabels} wide {...own} />
        <FitNumber field="replicas" label="replicas" step={1} {...own} />
        <FitNumber field="seed" label="seed" step={1} {...own} />
      </fieldset>
      <MoreSettings legend="Further settings of the fit" className="fit-fields" disabled={locked}>
        <ExpertSetup {...own} />
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
