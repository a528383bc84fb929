import { useMemo } from 'react'
import { formatNumber } from '../../../../ui/common/format.ts'
import { NumberField } from '../../../../ui/common/NumberField.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { comparedSpectra } from '../../state/feature-spectrum.ts'
import { placeSpectrum } from '../../state/place-spectra.ts'
import { useEvents, useEventsState } from '../context.tsx'
import { featureLabels, featurePlace, featureTitle } from '../feature-words.ts'
import { exportWithProvenance } from '../provenance.ts'
import { placeFigure } from './place-figure.ts'

const exportSize = { width: 720, height: 480 }
const nearby = 40
/** Bins are of two of those in which models are compared: sets have few events. */
const perBin = 2

/** What the events of sets near a place of the map look like. */
export function PlaceTab({ map }: { map: EventsMap }) {
  const { context } = useEvents()
  const { cursor, focus, feature: id } = useEventsState((state) => state.intent)
  const theme = useFigureTheme()
  const { latent, dimensions: d, count } = map
  const feature = featurePlace(id)
  const picked = focus !== null && focus < count ? focus : 0
  const place = cursor ?? { x: latent[picked * d], y: d > 1 ? latent[picked * d + 1] : 0 }
  const { x, y } = place
  const edges = useMemo(() => {
    const [first, last] = [map.models[0], map.models[map.models.length - 1]]
    const fine = comparedSpectra(first, last, feature).edges
    return fine.length > 20 ? fine.filter((_, i) => i % perBin === 0) : fine
  }, [map.models, feature])
  const spectrum = useMemo(
    () => placeSpectrum(map, { x, y }, feature, edges, Math.min(nearby, map.count)),
    [map, x, y, feature, edges],
  )
  const title = featureTitle(feature)
  const figure = useMemo(() => placeFigure(spectrum, title, theme), [spectrum, title, theme])
  const summary =
    `${title} of the ${spectrum.sets.length} sets nearest to (${formatNumber(x)}, ${formatNumber(y)}), ` +
    `the farthest at ${formatNumber(spectrum.radius)}: mean over the sets, the band is the standard deviation from set to set.`
  const save = (format: 'svg' | 'png') => async () => {
    const file = await exportFigure(placeFigure(spectrum, title, paperTheme), format, exportSize)
    await exportWithProvenance(context, file, format, 'place')
  }
  const coordinate = (axis: 'x' | 'y', label: string) => (
    <NumberField
      {...{ label, value: place[axis], min: -1e6, max: 1e6, step: 0.1 }}
      onCommit={(value) => context.change({ cursor: { ...place, [axis]: value } })}
    />
  )
  return (
    <div className="stack">
      <p className="small soft">Click a dot, or type a place.</p>
      <div className="row">
        {coordinate('x', 'z₁')}
        {coordinate('y', 'z₂')}
        <SelectField
          {...{ label: 'Feature', value: id, labels: featureLabels }}
          onChange={(next) => context.change({ feature: next })}
        />
      </div>
      {cursor && (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => context.change({ cursor: null })}
        >
          Back to the set in focus
        </button>
      )}
      <FigureFrame
        summary={summary}
        fileName="place"
        onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', 'place')}
        exports={[
          { label: 'SVG', run: save('svg') },
          { label: 'PNG', run: save('png') },
        ]}
        table={{
          caption: title,
          rows: spectrum.mean.map((mean, bin) => ({ mean, bin })),
          columns: [
            { key: 'low', label: 'from', value: ({ bin }) => edges[bin] },
            { key: 'high', label: 'to', value: ({ bin }) => edges[bin + 1] },
            { key: 'mean', label: 'mean near the place', value: ({ mean }) => mean },
            { key: 'spread', label: 'spread', value: ({ bin }) => spectrum.spread[bin] },
            { key: 'all', label: 'all sets', value: ({ bin }) => spectrum.all[bin] },
          ],
        }}
      >
        <PlotlyFigure figure={figure} height={300} alt={summary} />
      </FigureFrame>
    </div>
  )
}
