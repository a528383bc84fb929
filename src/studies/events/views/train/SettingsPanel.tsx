import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { TrainingSettings } from '../../../../ui/training/TrainingSettings.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { formatCount, formatEdge } from '../../../../ui/common/format.ts'
import { stepsPerEpoch } from '../../analysis/encoder/encoder-settings.ts'
import { eventsDefaults } from '../../default-intent.ts'
import type { EventsIntent } from '../../intent.ts'
import { useEvents, useEventsState } from '../context.tsx'

type Training = EventsIntent['training']

const networks: Record<Training['encoder'], string> = {
  mlp: 'dense layers, events side by side',
  'deep-set': 'deep set, mean over events',
}
const losses: Record<Training['loss'], string> = {
  pair: 'pairs, margin 1',
  'supcon-euclidean': 'supervised contrastive',
}
const engines: Record<Training['backend'], string> = {
  auto: 'fastest here',
  kernels: 'own kernels',
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly (TensorFlow.js)',
  cpu: 'plain JavaScript (TensorFlow.js)',
}

/** What is trained, and how. */
export function SettingsPanel() {
  const { context } = useEvents()
  const settings = useEventsState((state) => state.intent.training)
  const perSet = useEventsState((state) => state.map.value?.perSet ?? state.intent.perSet)
  const { status, error } = useEventsState((state) => state.training)
  const locked = status === 'running' || status === 'paused'
  const change = (patch: Partial<Training>) => context.change({ training: { ...settings, ...patch } })
  return (
    <TrainingSettings
      locked={locked}
      onDefaults={() => context.change({ training: eventsDefaults.training })}
      below={
        <p className="small soft">
          Sets of {perSet} events, drawn anew in each epoch of {formatCount(stepsPerEpoch)} steps from 60 % of
          the events; it stops by another 20 %, and the map shows sets of the last 20 %, which it never sees.
        </p>
      }
    >
      <SelectField
        {...{ label: 'Network', value: settings.encoder, labels: networks }}
        onChange={(encoder) => change({ encoder })}
      />
      <SelectField
        {...{ label: 'Loss', value: settings.loss, labels: losses }}
        onChange={(loss) => change({ loss })}
      />
      <NumberField
        {...{
          format: formatEdge,
          label: 'latent dimensions',
          value: settings.latentDim,
          min: 1,
          max: 16,
          integer: true,
        }}
        onCommit={(latentDim) => change({ latentDim })}
      />
      <NumberField
        {...{
          format: formatEdge,
          label: 'epochs',
          value: settings.epochs,
          min: 1,
          max: 200,
          integer: true,
          step: 1,
        }}
        onCommit={(epochs) => change({ epochs })}
      />
      <NumberField
        {...{
          format: formatEdge,
          label: 'learning rate',
          value: settings.learningRate,
          min: 1e-6,
          max: 0.1,
        }}
        onCommit={(learningRate) => change({ learningRate })}
      />
      {error?.code === 'ml/diverged' && (
        <span className="field-error">The loss diverged: try a tenth of the learning rate.</span>
      )}
      <NumberField
        {...{
          format: formatEdge,
          label: 'seed',
          value: settings.seed,
          min: 0,
          max: 2 ** 31 - 1,
          integer: true,
          step: 1,
        }}
        onCommit={(seed) => change({ seed })}
      />
      <SelectField
        {...{ label: 'Engine', value: settings.backend, labels: engines }}
        onChange={(backend) => change({ backend })}
      />
    </TrainingSettings>
  )
}
