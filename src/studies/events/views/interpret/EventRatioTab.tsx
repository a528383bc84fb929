import { useEffect, useMemo } from 'react'
import { told } from '../../../../core/told.ts'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { DropZone } from '../../../../ui/common/DropZone.tsx'
import { formatCount, formatNumber } from '../../../../ui/common/format.ts'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import { datasetOf, type ShippedModel } from '../../datasets.ts'
import type { EventsMap, RatiosOfFile } from '../../state/events-state.ts'
import { mostRatios } from '../../state/ratio-actions.ts'
import { useEvents, useEventsState } from '../context.tsx'
import { exportWithProvenance } from '../provenance.ts'
import { drawnRatios, ratioFigure } from './ratio-figure.ts'

const exportSize = { width: 720, height: 480 }
const usual: [string, string] = ['vector-m500', 'axial-m500']

/** Models with a mediator that decays to dark matter: their |M|² is known at every event. */
const mediated = (datasetOf('dark-matter')?.models ?? []).filter(({ family }) => !['Z', 'W'].includes(family))
const labels = Object.fromEntries(mediated.map(({ id, label }) => [id, label]))
const isMediated = (id: string): boolean => mediated.some((model) => model.id === id)

/** How much likelier each event of a dropped parton-level file is under one model than under another, exactly. */
export function EventRatioTab({ map }: { map: EventsMap }) {
  const { context, dropRatioFile, askRatios } = useEvents()
  const asked = useEventsState((state) => state.intent.pair)
  const ratios = useEventsState((state) => state.ratios)
  const [a, b] = asked?.every(isMediated) ? asked : usual
  const there = ratios.value !== undefined
  useEffect(() => {
    if (there) askRatios(a, b)
  }, [askRatios, there, a, b])
  if (map.dataset !== 'dark-matter')
    return (
      <div className="stack">
        <p>
          The exact ratio is known for mediators that decay to dark matter. It compares models of the dataset
          Dark matter.
        </p>
        <button
          type="button"
          className="button"
          onClick={() => context.change({ dataset: 'dark-matter', model: null, hidden: [], pair: usual })}
        >
          Show Dark matter
        </button>
      </div>
    )
  return (
    <div className="stack">
      <div className="row">
        <SelectField
          {...{ label: 'Denominator', value: a, labels }}
          onChange={(id) => context.change({ pair: [id, b] })}
        />
        <SelectField
          {...{ label: 'Numerator', value: b, labels }}
          onChange={(id) => context.change({ pair: [a, id] })}
        />
      </div>
      <DropZone
        label="Les Houches file"
        hint="Events of a hard process with a mediator (54, 55) or dark matter (52), packed with gzip or not"
        multiple={false}
        onFiles={([file]) => void told(context.notify, dropRatioFile(file, a, b))}
      />
      <AnswerState answer={ratios} />
      {ratios.value && <Told found={ratios.value} models={mediated} />}
    </div>
  )
}

function Told({ found, models }: { found: RatiosOfFile; models: readonly ShippedModel[] }) {
  const { context } = useEvents()
  const theme = useFigureTheme()
  const label = (id: string) => models.find((model) => model.id === id)?.label ?? id
  const title = `|M|² ${label(found.b)} / ${label(found.a)}`
  const figure = useMemo(() => ratioFigure(found, title, theme), [found, title, theme])
  const { events, name } = found
  const drawn = drawnRatios(found)
  const mean = drawn.reduce((sum, { ratio }) => sum + Math.log(ratio), 0) / Math.max(1, drawn.length)
  const cut = events.length === mostRatios ? ` (the first ${formatCount(mostRatios)})` : ''
  const summary =
    `${name}: ${formatCount(events.length)} events${cut}, ${formatCount(drawn.length)} of which both models make. ` +
    (drawn.length > 0
      ? `The mean of ln(ratio) is ${formatNumber(mean, 3)}: the events favour ${label(mean > 0 ? found.b : found.a)}.`
      : 'Neither figure nor mean can be given.')
  const save = (format: 'svg' | 'png') => async () => {
    const file = await exportFigure(ratioFigure(found, title, paperTheme), format, exportSize)
    await exportWithProvenance(context, file, format, 'event-ratio')
  }
  return (
    <>
      <FigureFrame
        summary={summary}
        fileName="event-ratio"
        onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'event-ratio')}
        exports={[
          { label: 'SVG', run: save('svg') },
          { label: 'PNG', run: save('png') },
        ]}
        table={{
          caption: title,
          rows: events,
          columns: [
            { key: 'event', label: 'event', value: ({ event }) => event },
            { key: 'line', label: 'line', value: ({ line }) => line },
            { key: 'mass', label: 'm(χχ̄)', unit: 'GeV', value: ({ massGeV }) => massGeV },
            { key: 'a', label: label(found.a), value: (own) => own.a },
            { key: 'b', label: label(found.b), value: (own) => own.b },
            { key: 'ratio', label: 'ratio', value: ({ ratio }) => (Number.isFinite(ratio) ? ratio : null) },
          ],
        }}
      >
        <PlotlyFigure figure={figure} height={300} alt={summary} />
      </FigureFrame>
      <p className="small soft">
        |M|² of production at leading order times the line shape of the mediator, at the momenta of the file;
        everything else cancels. Angles of the decay are integrated over.
      </p>
    </>
  )
}
