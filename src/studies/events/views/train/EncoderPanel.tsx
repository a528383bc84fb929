import type { TrainingRun } from '../../../../core/training/training-run.ts'
import { formatWithError } from '../../../../ui/common/format.ts'
import { EncoderTabs } from '../../../../ui/training/EncoderTabs.tsx'
import { LimitsPanel, ScoreTable, type ScoreRow } from '../../../../ui/training/LimitsPanel.tsx'
import { ModelCardView } from '../../../../ui/training/ModelCardView.tsx'
import type { MapScores } from '../../analysis/encoder/encoder-limits.ts'
import type { EventsMap, MeasuredLimits } from '../../state/events-state.ts'
import { useEvents, useEventsState } from '../context.tsx'

/** Encoders of sets beside what is possible, their engines, the card of that on the map. */
export function EncoderPanel({ map, run }: { map: EventsMap; run: TrainingRun }) {
  const { context, training } = useEvents()
  const tab = useEventsState((state) => state.intent.trainTab)
  const backends = useEventsState((state) => state.backends)
  return (
    <EncoderTabs
      {...{ backends, status: run.status, selected: tab }}
      onSelect={(trainTab) => context.change({ trainTab })}
      onMeasure={() => void training.probe()}
      limits={() => <Limits map={map} run={run} />}
      card={() =>
        map.card ? (
          <ModelCardView items="models" card={map.card} />
        ) : (
          <p>
            The map has no card: it is the best linear one in closed form, mean features along the axes on
            which the models spread most, with nothing learned.
          </p>
        )
      }
    />
  )
}

function Limits({ map, run }: { map: EventsMap; run: TrainingRun }) {
  const { training } = useEvents()
  const limits = useEventsState((state) => state.limits)
  const choices = [
    { label: `Measure ${map.encoder.id}`, run: () => void training.measureLimits('map') },
    ...(run.moments.length > 0 && !run.recorded
      ? [{ label: 'Measure the one in training', run: () => void training.measureLimits('training') }]
      : []),
  ]
  return (
    <LimitsPanel
      {...{ limits, choices }}
      unmeasured="Nothing measured yet. The scores come from events that no training has seen, beside the best linear map of the same models and, where it is known, the exact limit."
    >
      {(measured) => <Scores measured={measured} map={map} />}
    </LimitsPanel>
  )
}

function Scores({ measured, map }: { measured: MeasuredLimits; map: EventsMap }) {
  const { encoder, content, perSet, models, pairs, learned, linear, exact } = measured
  const rows: ScoreRow[] = [
    row(`mean AUC of ${pairs} pairs`, learned, linear, ({ auc }) => auc),
    ...(exact
      ? [
          row(
            `of ${exact.pairs} that a limit bounds`,
            learned,
            linear,
            ({ aucKnown, auc }) => aucKnown ?? auc,
          ),
        ]
      : []),
    row('nearest centre, accuracy', learned, linear, ({ accuracy }) => accuracy),
  ]
  return (
    <>
      <p className="small">
        <strong>{encoder}</strong> on {models} models, sets of {perSet} test events.
        {(content !== map.content || encoder !== map.encoder.id) &&
          ` The map now shows ${map.encoder.id}: measure again to compare.`}
      </p>
      <ScoreTable
        caption="Learned map and best linear map on the same sets"
        maps={['learned', 'linear']}
        rows={rows}
      />
      <p className="small">
        {exact
          ? `Limit of those ${exact.pairs} pairs: mean AUC ${formatWithError(exact.auc.value, exact.auc.error)}, by Neyman and Pearson for the one jet at parton level; pairs of a scalar and another model are left out, whose further jets the limit does not know. `
          : 'No limit is known for these models: it takes a single boson beside a jet. '}
        The area under the curve is that of the 50 nearest sets of other events; chance is 0.5, and 1 /{' '}
        {models} for the nearest centre. Errors take pairs for independent.
      </p>
    </>
  )
}

function row(
  name: string,
  learned: MapScores,
  linear: MapScores,
  of: (scores: MapScores) => { value: number; error: number },
): ScoreRow {
  return { name, values: [of(learned), of(linear)] }
}
