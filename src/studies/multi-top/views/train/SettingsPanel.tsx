import { countTransformerParameters } from '../../../../ml/transformer/transformer-parameters.ts'
import { formatCount, formatEdge } from '../../../../ui/common/format.ts'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { engineLabels } from '../../../../ui/training/engine-labels.ts'
import {
  configOf,
  labelCounts,
  labelsOf,
  pairLabelCounts,
  stepsOf,
} from '../../analysis/training/training-settings.ts'
import type { MultiTopIntent } from '../../intent.ts'
import { trainingLimits } from '../../limits.ts'
import { sizeWords, taskWords } from '../../training-words.ts'
import { Neutrinos } from '../common/Neutrinos.tsx'
import { ModelChoice } from '../common/ModelChoice.tsx'
import { useMultiTop, useMultiTopState } from '../context.tsx'
import { roughMinutes } from './rough-minutes.ts'
import './train.css'

type Training = MultiTopIntent['training']

const fromLabels: Record<Training['from'], string> = {
  scratch: 'random weights',
  model: 'the transformer shown, new head',
}
const classLabels: Record<Training['classes'], string> = {
  tops: 'zero to four tops',
  'tth-ttz': 'tt̄H against tt̄Z',
}
const { auto, ...engines } = engineLabels
void auto

function sizeLabels(settings: Training): Record<Training['size'], string> {
  const label = (size: Training['size']): string =>
    `${sizeWords[size]}, ${formatCount(countTransformerParameters(configOf({ ...settings, size }).spec))} parameters`
  return { 'small-1h': label('small-1h'), 'small-5h': label('small-5h'), large: label('large') }
}

/** What is trained, and how. */
export function SettingsPanel() {
  const { context, cores } = useMultiTop()
  const settings = useMultiTopState((state) => state.intent.training)
  const change = (patch: Partial<Training>) => context.change({ training: { ...settings, ...patch } })
  const counts = settings.classes === 'tops' ? labelCounts : pairLabelCounts
  const labels = labelsOf(settings)
  const config = configOf(settings)
  const whole = (count: number) => ({ min: 1, max: count, integer: true, step: 1, format: formatEdge })
  return (
    <Panel title="Settings">
      <div className="stack">
        <div className="transformer-settings">
          <SelectField
            {...{ label: 'Starts from', value: settings.from, labels: fromLabels }}
            onChange={(from) => change({ from })}
          />
          {settings.from === 'model' && <ModelChoice />}
          <SelectField
            {...{ label: 'Classes', value: settings.classes, labels: classLabels }}
            onChange={(classes) => change({ classes })}
          />
          <SelectField
            {...{ label: 'Training events', value: `${labels}` }}
            labels={Object.fromEntries(
              counts.map((count) => [`${count}`, formatCount(count) + (count === 105_000 ? ' (all)' : '')]),
            )}
            onChange={(count) => change({ labels: Number(count) })}
          />
          <SelectField
            {...{ label: 'Learns', value: settings.task, labels: taskWords }}
            onChange={(task) => change({ task })}
          />
          <SelectField
            {...{ label: 'Network', value: settings.size, labels: sizeLabels(settings) }}
            onChange={(size) => change({ size })}
          />
          <NumberField
            {...{ label: 'epochs', value: settings.epochs, ...whole(trainingLimits.epochs) }}
            onCommit={(epochs) => change({ epochs })}
          />
          <NumberField
            {...{
              label: 'learning rate',
              value: settings.learningRate,
              min: 1e-6,
              max: 0.1,
              format: formatEdge,
            }}
            onCommit={(learningRate) => change({ learningRate })}
          />
          <NumberField
            {...{ label: 'events of a step', value: settings.batch, ...whole(1024), min: 8 }}
            onCommit={(batch) => change({ batch })}
          />
          <NumberField
            {...{ label: 'seed', value: settings.seed, ...whole(2 ** 31 - 1), min: 0 }}
            onCommit={(seed) => change({ seed })}
          />
          <SelectField
            {...{ label: 'Engine', value: settings.backend, labels: engines }}
            onChange={(backend) => change({ backend })}
          />
          {settings.backend === 'kernels' && (
            <NumberField
              {...{ label: 'workers', value: settings.workers, ...whole(4) }}
              onCommit={(workers) => change({ workers })}
            />
          )}
        </div>
        <p className="small soft" role="status">
          {formatCount(stepsOf(settings))} steps of {formatCount(config.batch)} events:{' '}
          {roughMinutes(settings)} on {settings.workers === 1 ? 'one core' : `${settings.workers} cores`}{' '}
          where it was measured; this computer has {cores}. The result does not depend on the number of
          workers.
        </p>
        <Neutrinos />
        <p className="small soft">
          30 % of an event&apos;s numbers are hidden, drawn anew in each epoch. Events of the map are never
          trained on; it stops after five epochs without a better validation loss.
          {settings.classes === 'tth-ttz' &&
            ' Both processes are a tenth of the shipped events of two tops: there are no more.'}
          {settings.from === 'model' &&
            settings.classes === 'tops' &&
            ' The shipped transformer has learned from all labels of these classes: fewer labels say something only of one that learned hidden numbers alone.'}
        </p>
      </div>
    </Panel>
  )
}
