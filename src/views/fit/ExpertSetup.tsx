import { ratioPresets } from '../../ml/ratio/ratio-presets.ts'
import { formatNumber } from '../common/format.ts'
import { NumberField } from '../common/NumberField.tsx'
import { SelectField } from '../common/SelectField.tsx'
import { Check, FitNumber, PresetNumber, type SetupProps } from './setup-fields.tsx'
import { engineLabels, treatmentLabels } from './setup-labels.ts'

/** Settings that most fits leave as they are. */
export function ExpertSetup({ setup, set }: SetupProps) {
  const { luminosity } = setup
  const plan = ratioPresets[setup.preset]
  return (
    <>
      <FitNumber field="sqrtSGeV" label="√s" unit="GeV" setup={setup} set={set} step={1000} />
      <FitNumber field="livePoints" label="live points" setup={setup} set={set} step={100} />
      <PresetNumber
        field="trainingPoints"
        label="training points"
        otherwise={plan.events}
        setup={setup}
        set={set}
      />
      <PresetNumber
        field="epochs"
        label="epochs at most"
        otherwise={plan.training.epochs}
        setup={setup}
        set={set}
      />
      <Check
        wide
        label="learned ratios from cells of simulated events"
        about="Networks divide the events, simulation says what the ratio of each part is: sets then cover at their rate however good the networks are."
        checked={setup.calibratedRatios}
        onChange={(calibratedRatios) => set({ calibratedRatios })}
      />
      {plan.method.kind === 'classifier' && (
        <Check
          wide
          label="classifiers recalibrated on unseen events"
          checked={setup.recalibrate}
          onChange={(recalibrate) => set({ recalibrate })}
        />
      )}
      <SelectField
        className="fit-wide"
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
      <SelectField
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
    </>
  )
}
