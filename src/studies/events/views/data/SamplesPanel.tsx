import { DataTable } from '../../../../ui/common/DataTable.tsx'
import { formatCount, formatPercent, formatWithError } from '../../../../ui/common/format.ts'
import { panelState } from '../../../../ui/common/panel-state.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { useProduct } from '../../../../ui/common/use-product.ts'
import type { SampleManifest } from '../../../../dataset/event-samples/sample-manifest.ts'
import { datasetOf } from '../../datasets.ts'
import { useEvents, useEventsState } from '../context.tsx'

const megabyte = 1e6

/** The samples that the dataset is made of, with their cross-sections and what is approximate about them. */
export function SamplesPanel() {
  const { context, samples, readSamples } = useEvents()
  const { dataset } = useEventsState((state) => state.intent)
  const now = useEventsState((state) => state.samples)
  const known = datasetOf(dataset)
  const ids = known?.models.map(({ id }) => id) ?? []
  const { result, retry } = useProduct(samples, now, {
    key: known ? dataset : null,
    label: 'Reading the samples',
    make: readSamples(ids),
  })
  const rows = result.value ?? []
  const names = new Map(known?.models.map(({ id, label }) => [id, label]))
  return (
    <Panel
      title="Samples"
      state={known ? panelState(result, retry) : { kind: 'empty', message: 'These events are your own.' }}
      actions={
        <button type="button" className="button" onClick={() => context.change({ view: 'explore' })}>
          Show on the map
        </button>
      }
    >
      <div className="stack">
        {known && <p>All events: 13 TeV, {known.selection}.</p>}
        <DataTable
          caption={`Samples of ${known?.title}`}
          rows={rows}
          rowKey={({ id }) => id}
          columns={[
            { key: 'model', label: 'model', value: ({ id }) => names.get(id) ?? id },
            { key: 'title', label: 'process', value: ({ title }) => title },
            {
              ...{ key: 'events', label: 'events' },
              value: ({ events }) => events,
              format: ({ events }) => formatCount(events),
            },
            {
              ...{ key: 'sigma', label: 'σ', unit: 'pb' },
              value: ({ parts }) => parts[0].sigmaPb,
              format: ({ parts: [{ sigmaPb, sigmaErrorPb }] }) => formatWithError(sigmaPb, sigmaErrorPb),
            },
            {
              ...{ key: 'acceptance', label: 'acceptance' },
              value: acceptance,
              format: (sample) => formatPercent(acceptance(sample), 3),
            },
            { key: 'seed', label: 'seed', value: ({ seed }) => seed, format: ({ seed }) => String(seed) },
            {
              ...{ key: 'bytes', label: 'size', unit: 'MB' },
              value: ({ bytes }) => bytes / megabyte,
            },
          ]}
        />
        {rows.length > 0 && (
          <>
            <h3>What is approximate</h3>
            <ul className="small">
              {rows[0].approximations.map((text) => (
                <li key={text}>{text}</li>
              ))}
              <li>parton densities {rows[0].pdf}</li>
            </ul>
          </>
        )}
      </div>
    </Panel>
  )
}

const acceptance = ({ parts: [{ generated, selected }] }: SampleManifest): number => selected / generated
