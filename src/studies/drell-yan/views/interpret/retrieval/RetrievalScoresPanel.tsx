import { useEffect, useMemo } from 'react'
import type { RepresentationRetrieval } from '../../../analysis/retrieval/evaluate.ts'
import type { AnomalyActions } from '../../../state/anomaly-actions.ts'
import { isFor } from '../../../state/anomaly-state.ts'
import type { OpenDataset } from '../../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../../context.tsx'
import { DataTable, type Column } from '../../../../../ui/common/DataTable.tsx'
import { formatCount, formatNumber, formatWithError } from '../../../../../ui/common/format.ts'
import { AnswerState } from '../../../../../ui/common/AnswerState.tsx'
import { RecordedBadge } from '../../../../../ui/common/RecordedBadge.tsx'
import { Segmented } from '../../../../../ui/common/Segmented.tsx'

interface ScoreRow {
  name: string
  values: { value: number; error?: number }[]
}

/** How well maps retrieve, on universes that neither training nor gallery has seen. */
export function RetrievalScoresPanel({ open, anomaly }: { open: OpenDataset; anomaly: AnomalyActions }) {
  const retrieval = useDrellYanState((state) => state.anomaly.retrieval)
  const { status, value } = retrieval
  const { actions } = useDrellYan()
  const query = useDrellYanState((state) => state.intent.panels.retrievalQuery)
  const busy = status === 'running'
  useEffect(() => void anomaly.recall('retrieval'), [anomaly, open.encoder.hash, open.header.manifestHash])
  const rows = useMemo(() => (value ? rowsOf(value.representations) : []), [value])
  const columns = useMemo(
    (): Column<ScoreRow>[] => [
      { key: 'name', label: 'score', value: ({ name }) => name },
      ...(value?.representations ?? []).map(({ name }, i): Column<ScoreRow> => ({
        key: name,
        label: name,
        value: ({ values }) => values[i].value,
        format: ({ values: { [i]: cell } }) =>
          cell.error === undefined ? formatNumber(cell.value, 3) : formatWithError(cell.value, cell.error),
      })),
    ],
    [value],
  )
  return (
    <section className="stack" aria-label="Scores of retrieval">
      <h3>
        How good is the map at it? <RecordedBadge recorded={value?.recorded} />
      </h3>
      <div className="row">
        <Segmented
          label="Queries"
          choices={[
            { id: 'replica', label: 'Noisy replicas' },
            { id: 'mean', label: 'Spectra without noise' },
          ]}
          value={query}
          onChange={(retrievalQuery) => actions.showIn({ retrievalQuery })}
        />
        <button
          type="button"
          className="button"
          disabled={busy}
          onClick={() => void anomaly.measureRetrieval(query)}
        >
          Measure {open.encoder.id}
        </button>
        {busy && (
          <button type="button" className="button" onClick={() => anomaly.cancel('retrieval')}>
            Cancel
          </button>
        )}
      </div>
      <AnswerState answer={retrieval} onRetry={() => void anomaly.measureRetrieval(query)} />
      {value && (
        <>
          <p className="small">
            {!isFor(value, open) && `Measured with ${value.encoder}; the map now shows ${open.encoder.id}. `}
            {value.options.queries} held-out universes, asked with{' '}
            {value.options.query === 'mean' ? 'their spectra without noise' : 'one replica each'}, in a
            gallery of {formatCount(value.gallery)} universe means, seed {value.options.seed}.
          </p>
          <DataTable
            caption="Retrieval by learned and closed-form maps"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.name}
          />
          <p className="small soft">
            Truth is the noise-free Fisher distance. recall@k: the truly nearest universe is among the first
            k; mAP: the 10 truly nearest count; NDCG: relevance exp(−D²/2). All directions: the spectrum
            projected on everything that the theory can change, the true answer.
          </p>
        </>
      )}
    </section>
  )
}

function rowsOf(representations: readonly RepresentationRetrieval[]): ScoreRow[] {
  const row = (name: string, pick: (r: RepresentationRetrieval) => number): ScoreRow => ({
    name,
    values: representations.map((r) => ({ value: pick(r) })),
  })
  return [
    ...(representations[0]?.recall ?? []).map(({ k }, i) => ({
      name: `recall@${k}`,
      values: representations.map(({ recall }) => recall[i]),
    })),
    row('mAP', ({ meanAveragePrecision }) => meanAveragePrecision),
    row('NDCG', ({ ndcg }) => ndcg),
    row('Spearman of distances', ({ distanceCorrelation }) => distanceCorrelation),
    row('trustworthiness', ({ trustworthiness }) => trustworthiness),
    row('continuity', ({ continuity }) => continuity),
  ]
}
