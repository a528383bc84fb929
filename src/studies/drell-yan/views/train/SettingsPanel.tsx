import { countParameters } from '../../../../ml/encoder-parameters.ts'
import { trainingSchema, type TrainingIntent } from '../../intent.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { fieldLimits } from '../../../../ui/common/field-limits.ts'
import { formatCount, formatNumber } from '../../../../ui/common/format.ts'
import { MoreSettings } from '../../../../ui/common/MoreSettings.tsx'
import { TrainingSettings } from '../../../../ui/training/TrainingSettings.tsx'
import { SchemaNumber } from '../../../../ui/common/SchemaNumber.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { engineLabels } from '../../../../ui/training/engine-labels.ts'
import { lossLabels } from './labels.ts'
import { NumbersField } from '../../../../ui/common/NumbersField.tsx'
import { parseWidths } from './widths.ts'

type NumberKey = {
  [K in keyof TrainingIntent]: TrainingIntent[K] extends number ? K : never
}[keyof TrainingIntent]

const optimiserLabels: Record<TrainingIntent['optimiser'], string> = { adam: 'Adam', adamw: 'AdamW' }
const universeLabels: Record<TrainingIntent['universes'], string> = {
  fresh: 'new ones in every batch',
  fixed: 'a fixed set, as the paper',
}

/** Five settings in sight, the others behind a switch. All of them are in the link. */
export function SettingsPanel({
  bins,
  locked,
  diverged,
}: {
  bins: number
  locked: boolean
  diverged: boolean
}) {
  const { actions, store } = useDrellYan()
  const config = useDrellYanState((state) => state.intent.training)
  const set = (patch: Partial<TrainingIntent>) =>
    actions.change({ training: { ...store.getState().intent.training, ...patch } })
  const number = (key: NumberKey, label: string) => (
    <SchemaNumber
      key={key}
      schema={trainingSchema.shape[key]}
      label={label}
      value={config[key]}
      step={fieldLimits(trainingSchema.shape[key]).integer ? 1 : undefined}
      format={(value, integer) => (integer ? String(value) : formatNumber(value, 3))}
      onCommit={(value) => set({ [key]: value })}
    />
  )
  const { universes, fixedUniverses, universesPerBatch, replicasPerUniverse } = config
  const perBatch = universes === 'fixed' ? Math.min(fixedUniverses, universesPerBatch) : universesPerBatch
  const parameters = countParameters({ features: bins, widths: config.widths, latentDim: config.latentDim })
  return (
    <TrainingSettings
      locked={locked}
      onDefaults={() => actions.change({ training: trainingSchema.parse({}) })}
      below={
        <>
          <MoreSettings legend="Further training settings" className="train-fields" disabled={locked}>
            {config.loss === 'pair' ? number('margin', 'margin M') : number('temperature', 'temperature τ')}
            <NumbersField
              label="hidden widths"
              value={config.widths}
              parse={parseWidths}
              onCommit={(widths) => set({ widths })}
            />
            {number('dropout', 'dropout')}
            <SelectField
              label="optimiser"
              value={config.optimiser}
              labels={optimiserLabels}
              onChange={(optimiser) => set({ optimiser })}
            />
            {config.optimiser === 'adamw' && number('weightDecay', 'weight decay')}
            {number('universesPerBatch', 'universes per batch')}
            {number('replicasPerUniverse', 'replicas per universe')}
            <SelectField
              label="universes"
              value={universes}
              labels={universeLabels}
              onChange={(value) => set({ universes: value })}
            />
            {universes === 'fixed' && number('fixedUniverses', 'size of the fixed set')}
            {number('patience', 'patience [evaluations]')}
            <SelectField
              label="engine"
              value={config.backend}
              labels={engineLabels}
              onChange={(backend) => set({ backend })}
            />
          </MoreSettings>
          <p className="small soft">
            {bins} bins → {config.widths.join(' → ')} → {config.latentDim};{' '}
            {formatCount(parameters.trainable)} trained numbers; {formatCount(perBatch * replicasPerUniverse)}{' '}
            spectra per batch, input whitened with the full covariance.
          </p>
        </>
      }
    >
      <SelectField label="loss" value={config.loss} labels={lossLabels} onChange={(loss) => set({ loss })} />
      {number('latentDim', 'latent dimension')}
      <div className={diverged ? 'train-highlight' : undefined}>
        {number('learningRate', 'learning rate')}
        {diverged && <span className="field-error">The loss diverged: try a tenth of it.</span>}
      </div>
      {number('steps', 'steps')}
      {number('seed', 'seed')}
    </TrainingSettings>
  )
}
