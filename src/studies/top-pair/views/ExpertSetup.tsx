import { ratioPresets } from '../../../ml/ratio/ratio-presets.ts'
import { fitSchema } from '../intent.ts'
import { fieldLimits } from '../../../ui/common/field-limits.ts'
import { formatNumber } from '../../../ui/common/format.ts'
import { NumberField } from '../../../ui/common/NumberField.tsx'
import { SelectField } from '../../../ui/common/SelectField.tsx'
import { FitChoice, FitNumber, FitSwitch, PresetNumber, type SetupProps } from './setup-fields.tsx'
import { engineLabels, treatmentLabels } from './setup-labels.ts'

const error = fieldLimits(fitSchema.shape.luminosity.unwrap().shape.relativeError)
/** 0 in the field stands for none of its own. */
const fileLuminosity = fieldLimits(fitSchema.shape.luminosityInvPb.unwrap().unwrap())

/** Settings that most fits leave as they are. */
export function ExpertSetup(own: SetupProps) {
  const { setup, set } = own
  const { luminosity } = setup
  const plan = ratioPresets[setup.preset]
  return (
    <>
      <FitNumber field="sqrtSGeV" label="√s" unit="GeV" step={1000} {...own} />
      <FitNumber field="livePoints" label="live points" step={100} {...own} />
      <PresetNumber field="trainingPoints" label="training points" otherwise={plan.events} {...own} />
      <PresetNumber field="epochs" label="epochs at most" otherwise={plan.training.epochs} {...own} />
      <FitSwitch
        field="calibratedRatios"
        label="learned ratios from cells of simulated events"
        about="Networks divide the events, simulation says what the ratio of each part is: sets then cover at their rate however good the networks are."
        wide
        {...own}
      />
      {plan.method.kind === 'classifier' && (
        <FitSwitch field="recalibrate" label="classifiers recalibrated on unseen events" wide {...own} />
      )}
      <FitChoice field="backend" label="engine of the networks" labels={engineLabels} wide {...own} />
      <NumberField
        label="luminosity error"
        unit="%"
        value={100 * luminosity.relativeError}
        min={100 * error.min}
        max={100 * error.max}
        onCommit={(percent) => set({ luminosity: { ...luminosity, relativeError: percent / 100 } })}
      />
      <SelectField
        label="luminosity is"
        value={luminosity.treatment}
        labels={treatmentLabels}
        onChange={(treatment) => set({ luminosity: { ...luminosity, treatment } })}
      />
      <FitSwitch field="poisson" label="Poisson number of events" {...own} />
      <NumberField
        label="luminosity of a dropped file"
        unit="pb⁻¹"
        value={setup.luminosityInvPb ?? 0}
        min={0}
        max={fileLuminosity.max}
        format={(value) => (value === 0 ? 'from the truth' : formatNumber(value, 5))}
        onCommit={(value) => set({ luminosityInvPb: value > 0 ? Math.max(fileLuminosity.min, value) : null })}
      />
    </>
  )
}
