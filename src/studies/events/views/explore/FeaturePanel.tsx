import { useMemo } from 'react'
import { formatPercent } from '../../../../ui/common/format.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { FigureFrame } from '../../../../ui/plots/FigureFrame.tsx'
import { paperTheme } from '../../../../ui/plots/figure-theme.ts'
import { exportFigure } from '../../../../ui/plots/plotly.ts'
import { PlotlyFigure } from '../../../../ui/plots/PlotlyFigure.tsx'
import { useFigureTheme } from '../../../../ui/plots/use-figure-theme.ts'
import type { EventsMap } from '../../state/events-state.ts'
import { comparedSpectra } from '../../state/feature-spectrum.ts'
import { comparedModels } from '../../state/shown-models.ts'
import { useEvents, useEventsState } from '../context.tsx'
import { featureLabels, featurePlace, featureTitle } from '../feature-words.ts'
import type { ModelMark } from '../model-marks.ts'
import { exportWithProvenance } from '../provenance.ts'
import { featureFigure } from './feature-figure.ts'

const exportSize = { width: 720, height: 560 }

/** How the events of one model differ from those of another in one feature. */
export function FeaturePanel({ map, marks }: { map: EventsMap; marks: readonly ModelMark[] }) {
  const { context } = useEvents()
  const intent = useEventsState((state) => state.intent)
  const theme = useFigureTheme()
  const { focused, reference } = comparedModels(map, intent)
  const feature = featurePlace(intent.feature)
  const models = [map.models[focused], map.models[reference]]
  const spectra = useMemo(
    () => (models[0] && models[1] ? comparedSpectra(models[0], models[1], feature) : null),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the pair, not the list made of it
    [models[0], models[1], feature],
  )
  const input = useMemo(
    () =>
      spectra && {
        ...spectra,
        title: featureTitle(feature),
        names: { focused: marks[focused].label, reference: `${marks[reference].label} (reference)` },
        colours: { focused: marks[focused].colour, reference: theme.inkSoft },
      },
    [spectra, feature, marks, focused, reference, theme],
  )
  const figure = useMemo(() => input && featureFigure({ ...input, theme }), [input, theme])
  const names = Object.fromEntries(marks.map(({ id, label }) => [id, label]))
  const save = (format: 'svg' | 'png') => async () => {
    if (!input) return
    const paper = featureFigure({
      ...{ ...input, theme: paperTheme },
      colours: { ...input.colours, reference: paperTheme.inkSoft },
    })
    const file = await exportFigure(paper, format, exportSize)
    await exportWithProvenance(context, file, format, `${intent.feature}`)
  }
  const summary = input
    ? `${input.title} of ${input.names.focused}, ${map.models[focused].events} events, over that of ${input.names.reference}.` +
      ` Beyond the frame: ${formatPercent(input.focused.above)} and ${formatPercent(input.reference.above)}` +
      (input.focused.missing + input.reference.missing > 0
        ? `; without that jet ${formatPercent(input.focused.missing)} and ${formatPercent(input.reference.missing)}.`
        : '.')
    : ''
  return (
    <Panel title="Features">
      <div className="row">
        <SelectField
          {...{ label: 'Feature', value: intent.feature, labels: featureLabels }}
          onChange={(id) => context.change({ feature: id })}
        />
        <SelectField
          {...{ label: 'Model', value: marks[focused].id, labels: names }}
          onChange={(id) => context.change({ focused: id })}
        />
        <SelectField
          {...{ label: 'Reference', value: marks[reference].id, labels: names }}
          onChange={(id) => context.change({ reference: id })}
        />
      </div>
      {input && figure && (
        <FigureFrame
          summary={summary}
          fileName={`events-${intent.feature}`}
          onExportCsv={(csv) => exportWithProvenance(context, csv, 'csv', intent.feature)}
          exports={[
            { label: 'SVG', run: save('svg') },
            { label: 'PNG', run: save('png') },
          ]}
          table={{
            caption: input.title,
            rows: input.ratio.map((ratio, bin) => ({ ratio, bin })),
            columns: [
              { key: 'low', label: 'from', value: ({ bin }) => input.edges[bin] },
              { key: 'high', label: 'to', value: ({ bin }) => input.edges[bin + 1] },
              { key: 'focused', label: input.names.focused, value: ({ bin }) => input.focused.share[bin] },
              { key: 'ef', label: 'error', value: ({ bin }) => input.focused.error[bin] },
              {
                key: 'reference',
                label: input.names.reference,
                value: ({ bin }) => input.reference.share[bin],
              },
              { key: 'er', label: 'its error', value: ({ bin }) => input.reference.error[bin] },
              { key: 'ratio', label: 'ratio', value: ({ ratio }) => ratio?.value ?? null },
              { key: 'error', label: 'error of the ratio', value: ({ ratio }) => ratio?.error ?? null },
            ],
          }}
        >
          <PlotlyFigure figure={figure} height={340} alt={summary} />
        </FigureFrame>
      )}
    </Panel>
  )
}
