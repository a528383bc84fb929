import type { RepresentationScores } from '../../analysis/encoder-limits.ts'
import type { EncoderTraining, OpenDataset } from '../../state/drell-yan-state.ts'
import { formatWithError } from '../../../../ui/common/format.ts'
import { LimitsPanel, ScoreTable, type ScoreRow } from '../../../../ui/training/LimitsPanel.tsx'
import { RecordedBadge } from '../../../../ui/common/RecordedBadge.tsx'
import { useDrellYanState } from '../context.tsx'
import { useTrainingActions } from './use-training.ts'

function scoreRows(scores: readonly RepresentationScores[], bayes: number): ScoreRow[] {
  const row = (name: string, pick: (score: RepresentationScores) => number): ScoreRow => ({
    name,
    values: scores.map((score) => ({ value: pick(score) })),
  })
  return [
    { name: 'accuracy', values: scores.map(({ accuracy }) => accuracy) },
    row('share of the Bayes limit', ({ accuracy }) => accuracy.value / bayes),
    row('recall@1', ({ recallAt1 }) => recallAt1),
    row('recall@5', ({ recallAt5 }) => recallAt5),
    row('Spearman of distances', ({ distanceCorrelation }) => distanceCorrelation),
    row('trustworthiness', ({ trustworthiness }) => trustworthiness),
    row('continuity', ({ continuity }) => continuity),
  ]
}

/** The learned map beside what linear maps reach in closed form, and what no map can exceed. */
export function LimitsPart({ open, run }: { open: OpenDataset; run: EncoderTraining }) {
  const training = useTrainingActions()
  const limits = useDrellYanState((state) => state.limits)
  const choices = [
    { label: `Measure ${open.encoder.id}`, run: () => void training.measureLimits('map') },
    { label: 'Measure the one in training', run: () => void training.measureLimits('training') },
  ]
  return (
    <LimitsPanel
      limits={limits}
      unmeasured="Nothing measured yet. The scores come from universes that no training has seen, beside the closed-form limits of the same universes."
      choices={run.moments.length > 0 && !run.recorded ? choices : choices.slice(0, 1)}
    >
      {({ recorded, encoder, encoderHash, manifestHash, universes, replicas, seed, scores, bayes }) => (
        <>
          <p className="small">
            <RecordedBadge recorded={recorded} /> <strong>{encoder}</strong> on {universes} held-out universes
            × {replicas} replicas, seed {seed}.
            {(encoderHash !== open.encoder.hash || manifestHash !== open.header.manifestHash) &&
              ` The map now shows ${open.encoder.id}: measure again to compare.`}
          </p>
          <ScoreTable
            caption="Learned map and closed-form maps on the same universes"
            maps={scores.map(({ name }) => name)}
            rows={scoreRows(scores, bayes.value)}
          />
          <p className="small">
            Bayes accuracy <strong>{formatWithError(bayes.value, bayes.error)}</strong>: the Bayes posterior
            of the same universes. No encoder can beat it. Recall, trustworthiness and continuity compare
            neighbours on the map with neighbours in covariance-whitened spectra (5 neighbours); Spearman
            compares all distances.
          </p>
        </>
      )}
    </LimitsPanel>
  )
}
