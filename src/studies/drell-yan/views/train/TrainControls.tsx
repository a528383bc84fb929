import { TrainedEncoderButtons } from '../../../../ui/training/TrainedEncoderButtons.tsx'
import { downloadModel } from '../../../../ui/common/download-model.ts'
import { TrainingControls } from '../../../../ui/training/TrainingControls.tsx'
import type { SampledTraining } from '../../../../ui/training/use-sampled-training.ts'
import { isExact, type EncoderTraining } from '../../state/drell-yan-state.ts'
import { trainingKey } from '../../state/training-key.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { useTrainingActions } from './use-training.ts'

/** Play, pause, step, stop; the way back to any picture; the encoder on the map, or as files. */
export function TrainControls({ run, wallMsPerStep }: SampledTraining<EncoderTraining>) {
  const { actions, store } = useDrellYan()
  const training = useTrainingActions()
  const ready = useDrellYanState(isExact)
  const asked = useDrellYanState((state) => state.intent.training.steps)
  const current = useDrellYanState(({ dataset, intent }) => {
    const { manifestHash } = dataset.value?.header ?? {}
    return manifestHash !== undefined && run.key === trainingKey(manifestHash, intent.order, intent.training)
  })
  const gentler = () => {
    const { intent } = store.getState()
    const learningRate = Math.max(1e-7, Number((intent.training.learningRate / 10).toPrecision(3)))
    actions.change({ training: { ...intent.training, learningRate } })
  }
  const exportFiles = async () => {
    const made = await training.exportModel()
    if (made) downloadModel(made.files)
  }
  return (
    <TrainingControls
      run={run}
      wallMsPerStep={wallMsPerStep}
      session={training}
      ready={ready}
      asked={asked}
      current={current}
      untrained="Not trained yet. Play trains an encoder here, in this page."
      gentler={gentler}
      use={(step) => (
        <TrainedEncoderButtons
          step={step}
          where="on Data"
          onUse={() => training.useOnMap()}
          onExport={exportFiles}
        />
      )}
    />
  )
}
