import { NumberField } from '../../../ui/common/NumberField.tsx'
import { SelectField } from '../../../ui/common/SelectField.tsx'
import { Toggle } from '../../../ui/common/Toggle.tsx'
import { perClassLimits, perplexityLimits } from '../limits.ts'
import { ModelChoice } from './common/ModelChoice.tsx'
import { useMultiTop, useMultiTopState } from './context.tsx'
import { tourAxes } from './tour-axes.ts'
import { metricLabels } from './PurityWords.tsx'

const colourings = { class: 'class', kept: 'neighbours kept' } as const
const layoutLabels = { pca: 'components', tsne: 't-SNE' } as const
const spaceLabels = { input: 'input', learned: 'learned' } as const

/** In which space the map stands, how it is laid out, and what its dots are. */
export function MapLayout() {
  const { context } = useMultiTop()
  const intent = useMultiTopState((state) => state.intent)
  const { layout, space, metric, perplexity, perClass, colourBy, classContours } = intent
  return (
    <>
      <SelectField
        {...{ label: 'space', value: space, labels: spaceLabels }}
        onChange={(value) =>
          context.change({ space: value, neighbourSpace: value, camera: null, selection: null })
        }
      />
      {space === 'learned' && <ModelChoice />}
      <SelectField
        {...{ label: 'layout', value: layout, labels: layoutLabels }}
        onChange={(value) => context.change({ layout: value, camera: null, selection: null })}
      />
      {layout === 'tsne' && (
        <>
          <SelectField
            {...{ label: 'metric', value: metric, labels: metricLabels }}
            onChange={(value) => context.change({ metric: value, camera: null })}
          />
          <NumberField
            {...{ label: 'perplexity', value: perplexity }}
            {...{ min: perplexityLimits.least, max: perplexityLimits.most }}
            onCommit={(value) => context.change({ perplexity: value, camera: null })}
          />
        </>
      )}
      <NumberField
        {...{ label: 'events per class', value: perClass, integer: true }}
        {...{ min: perClassLimits.least, max: perClassLimits.most }}
        onCommit={(value) => context.change({ perClass: value, selection: null, focus: null })}
      />
      <SelectField
        {...{ label: 'colour by', value: colourBy, labels: colourings }}
        onChange={(value) => context.change({ colourBy: value })}
      />
      {layout === 'pca' && (
        <button
          type="button"
          className="button"
          title="Turn the leading components through planes, with the neighbours that the map loses"
          onClick={() => context.change({ tour: { plane: null } })}
        >
          Tour in {tourAxes}-D
        </button>
      )}
      <Toggle
        {...{ label: 'contours', checked: classContours }}
        title="Contours of each class by itself"
        onChange={(wanted) => context.change({ classContours: wanted })}
      />
    </>
  )
}
