import { useEffect, useState } from 'react'
import type { TransformerCard } from '../../../../ml/transformer/transformer-files.ts'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { DataTable } from '../../../../ui/common/DataTable.tsx'
import { download } from '../../../../ui/common/download.ts'
import { formatCount, formatNumber } from '../../../../ui/common/format.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { ModelChoice } from '../common/ModelChoice.tsx'
import { useMultiTop, useMultiTopState } from '../context.tsx'

interface Metric {
  id: string
  value: number
  description: string
}

/** The card of the transformer that is shown, beside the limits, and its files. */
export function OwnModelsPanel() {
  const { filesOf, cardOf } = useMultiTop()
  const model = useMultiTopState((state) => state.intent.model)
  const source = useMultiTopState((state) => state.transformer.value)
  const written = useMultiTopState((state) => state.written)
  const [card, setCard] = useState<TransformerCard | null>(null)
  useEffect(() => {
    let wanted = true
    if (source) void cardOf(source.source).then((read) => wanted && setCard(read))
    return () => {
      wanted = false
    }
  }, [cardOf, source])
  const save = async () => {
    const files = model === null ? null : await filesOf(model)
    if (!files) return
    download(files.card, 'card.json', 'application/json')
    download(new Blob([Uint8Array.from(files.weights)]), 'weights.bin')
  }
  return (
    <Panel title="Transformer shown">
      <div className="stack">
        {written.status === 'failed' && <AnswerState answer={written} />}
        <ModelChoice />
        {card && (
          <>
            <p className="small">
              {card.title}. {card.description} Epoch {card.epochs.best} of {card.epochs.done}; sha256{' '}
              {card.weightsSha256.slice(0, 12)}…
            </p>
            <DataTable<Metric>
              caption={`On ${formatCount(card.data.events.test)} test events`}
              rows={Object.entries(card.metrics).map(([id, metric]) => ({ id, ...metric }))}
              rowKey={({ id }) => id}
              columns={[
                {
                  ...{ key: 'what', label: 'score', value: ({ description }) => description },
                  format: ({ description }) => <span className="wrap">{description}</span>,
                },
                {
                  ...{ key: 'value', label: 'value', value: ({ value }) => value },
                  format: ({ value }) => formatNumber(value, 4),
                },
              ]}
            />
          </>
        )}
        <div className="row">
          <button type="button" className="button" disabled={model === null} onClick={() => void save()}>
            Export card and weights
          </button>
          {model === null && <span className="small soft">The shipped one lies in models/transformers.</span>}
        </div>
      </div>
    </Panel>
  )
}
