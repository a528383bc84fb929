import { DataTable } from '../../../ui/common/DataTable.tsx'
import { formatCount, formatPercent, formatWithError } from '../../../ui/common/format.ts'
import { Panel } from '../../../ui/common/Panel.tsx'
import { panelState } from '../../../ui/common/panel-state.ts'
import { useProduct } from '../../../ui/common/use-product.ts'
import { Typeset } from '../../../ui/common/Typeset.tsx'
import type { SampleManifest } from '../../../dataset/event-samples/sample-manifest.ts'
import { topClasses } from '../datasets.ts'
import { Neutrinos } from './common/Neutrinos.tsx'
import { useMultiTop, useMultiTopState } from './context.tsx'

/** A process of a class. */
interface Process {
  key: string
  label: string
  title: string
  part: SampleManifest['parts'][number]
}

function processesOf(samples: readonly SampleManifest[]): Process[] {
  return samples.flatMap(({ parts }, c) =>
    parts.map((part, k) => ({
      ...{ key: `${c}-${k}`, label: topClasses[c].label, part },
      title: /--process "([^"]*)"/.exec(part.options)?.[1] ?? part.options,
    })),
  )
}

/** The classes, their processes, and what is made of an event. */
export function DataView() {
  const { samples, readSamples } = useMultiTop()
  const now = useMultiTopState((state) => state.samples)
  const { result, retry } = useProduct(samples, now, {
    ...{ key: 'samples', label: 'Reading the samples', make: readSamples() },
  })
  const all = result.value ?? []
  return (
    <Panel title="Top multiplicity" state={panelState(result, retry)}>
      <div className="stack">
        <p>
          Five classes of {formatCount(all[0]?.events ?? 0)} events: proton collisions at 13 TeV with zero to
          four top quarks, two jets of <Typeset text="p_T" /> &gt; 25 GeV, |η| &lt; 2.5 at least. Within a
          class, each process has a tenth of the events at least; weights restore the true mixture, and all
          classes weigh the same.
        </p>
        <DataTable
          caption="Processes of the classes"
          rows={processesOf(all)}
          rowKey={({ key }) => key}
          columns={[
            { key: 'class', label: 'class', value: ({ label }) => label },
            { key: 'process', label: 'process', value: ({ title }) => title },
            {
              ...{ key: 'sigma', label: 'σ', unit: 'pb' },
              value: ({ part }) => part.sigmaPb,
              format: ({ part }) => formatWithError(part.sigmaPb, part.sigmaErrorPb),
            },
            {
              ...{ key: 'acceptance', label: 'acceptance' },
              value: ({ part }) => part.selected / part.generated,
              format: ({ part }) => formatPercent(part.selected / part.generated, 3),
            },
          ]}
        />
        <h3>What a transformer is given of an event</h3>
        <p>
          100 numbers: <Typeset text="p_T, η, φ, p_x, p_y, p_z" /> of four b-jets, eight other jets and four
          leptons, each group in falling energy, then the numbers of jets, b-jets and leptons, and MET. Each
          is standardised by the training events that have it; an empty slot is 0.{' '}
          <Typeset text="p_x, p_y, p_z repeat p_T, η, φ" />, so that a hidden number can often be computed
          from its neighbours: a small error of reconstruction proves nothing by itself.
        </p>
        <Neutrinos />
        {all.length > 0 && (
          <>
            <h3>What is approximate</h3>
            <ul className="small">
              {all[0].approximations.map((text) => (
                <li key={text}>{text}</li>
              ))}
              <li>parton densities {all[0].pdf}</li>
            </ul>
          </>
        )}
      </div>
    </Panel>
  )
}
