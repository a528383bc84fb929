import { LossPanel } from '../../../../ui/training/LossPanel.tsx'
import { useSampledTraining } from '../../../../ui/training/use-sampled-training.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import type { EncoderTraining } from '../../state/drell-yan-state.ts'
import { exportWithProvenance } from '../common/provenance.ts'
import { lossLabels } from './labels.ts'

/** Loss of the batches and of held-out universes, and whether the latent space is in use. */
export function LossPart() {
  const { context, store } = useDrellYan()
  // Plots cost more than numbers: twice a second is enough to see a curve move.
  const { run } = useSampledTraining<EncoderTraining>(store, 500)
  const planned = useDrellYanState((state) => state.intent.training)
  const config = run.about?.config ?? planned
  return (
    <LossPanel
      run={run}
      planned={config.steps}
      latentDim={config.latentDim}
      heldOut="held-out universes"
      badges={[lossLabels[config.loss]]}
      collapse="All universes on one place or line: raise the temperature or lower the rate"
      onExport={(file, format) => exportWithProvenance(context, file, format, 'loss')}
    />
  )
}
