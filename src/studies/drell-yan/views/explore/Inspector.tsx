import { useCallback, useLayoutEffect, useRef } from 'react'
import { absorbedTerms } from '../../analysis/measurement.ts'
import type { EftOrder } from '../../../../physics/drell-yan/spectrum-templates.ts'
import { createRng } from '../../../../numerics/rng.ts'
import { operatorNames, operators } from '../../../../physics/smeft/operators.ts'
import type { DrellYanIntent } from '../../intent.ts'
import { coefficientArray } from '../../state/actions.ts'
import type { OpenDataset } from '../../state/drell-yan-state.ts'
import type { FocusInfo, NeighbourAnswer } from '../../state/focus.ts'
import type { LiveUniverse } from '../../analysis/live-universe.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { lazyPart } from '../../../../ui/common/lazy-part.tsx'
import type { NeighbourSpace } from '../../analysis/neighbours.ts'
import { NeighbourList } from '../../../../ui/map/NeighbourList.tsx'
import { PointCard, type CardFlag } from '../common/PointCard.tsx'
import { Progress } from '../../../../ui/common/Progress.tsx'
import { Tabs } from '../../../../ui/common/Tabs.tsx'
import { binText } from '../spectra/agreement-text.ts'
import { WilsonSliders } from '../sliders/WilsonSliders.tsx'
import type { KeptNeighbours } from '../../../../numerics/kept-neighbours.ts'
import type { MapSelection } from './use-selection.ts'
import { familyColours } from './map-colours.ts'
import { neighbourSpaces, spaceNames } from './neighbour-spaces.ts'

// Plots come with a chunk of their own: the map does not wait for them.
const MeasurementCard = lazyPart(
  async () => (await import('./MeasurementCard.tsx')).MeasurementCard,
  <Progress label="Loading" />,
)

const UvPanel = lazyPart(
  async () => (await import('../uv/UvPanel.tsx')).UvPanel,
  <Progress label="Loading UV models" />,
)

const UniverseTable = lazyPart(
  async () => (await import('./UniverseTable.tsx')).UniverseTable,
  <Progress label="Loading" />,
)

interface InspectorProps {
  open: OpenDataset
  live: LiveUniverse
  focus: FocusInfo
  answer: NeighbourAnswer
  kept: KeptNeighbours | null
  selection: MapSelection | null
  /** The table points at a universe. */
  onPoint: (universe: number | null) => void
}

/** Coefficients, card and neighbours of what is in focus. */
export function Inspector({ open, live, focus, answer, kept, selection, onPoint }: InspectorProps) {
  const { actions } = useDrellYan()
  const intent = useDrellYanState((state) => state.intent)
  const { header } = open
  const wanted = intent.panels.inspector
  const tab = wanted === 'measurement' && !header.measurement ? 'coefficients' : (wanted ?? askedFor(intent))
  // Every tab begins at its top, wherever the last one was scrolled to; before it is painted, so that nobody scrolls first.
  const frame = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (frame.current) frame.current.scrollTop = 0
  }, [tab])
  const tabs = [
    { id: 'coefficients' as const, label: 'Coefficients' },
    { id: 'point' as const, label: 'Point' },
    { id: 'neighbours' as const, label: 'Neighbours' },
    { id: 'table' as const, label: 'Table' },
    { id: 'uv' as const, label: 'UV models' },
    ...(header.measurement ? [{ id: 'measurement' as const, label: 'Measurement' }] : []),
  ]
  const onInput = useCallback(
    (index: number, value: number) => actions.setCoefficient(operatorNames[index], value),
    [actions],
  )
  const onCommit = useCallback(() => actions.settle(), [actions])
  const onSelect = useCallback((id: number) => actions.change({ focus: { kind: 'universe', id } }), [actions])

  return (
    <section ref={frame} className="panel inspector" aria-label="Inspector">
      <Tabs
        label="Inspector"
        items={tabs}
        selected={tab}
        onSelect={(inspector) => actions.showIn({ inspector })}
      >
        {tab === 'coefficients' && (
          <WilsonSliders
            values={coefficientArray(intent.coefficients)}
            halfWidths={header.universeModel.prior.halfWidth}
            order={intent.order}
            negativeWarning={negativeWarning(open, live, intent.order)}
            onInput={onInput}
            onCommit={onCommit}
            onOrderChange={(order) => actions.change({ order })}
            onResetAll={() => actions.setCoefficients(new Float64Array(operatorNames.length))}
            onRandomise={() => actions.setCoefficients(drawFromPrior(open, intent.coefficients))}
          />
        )}
        {tab === 'table' && (
          <UniverseTable
            {...{ open, kept, selection, onPoint, onPick: onSelect }}
            current={focus.universe ?? null}
          />
        )}
        {tab === 'uv' && <UvPanel open={open} />}
        {tab === 'point' && <FocusCard open={open} focus={focus} answer={answer} />}
        {tab === 'neighbours' && (
          <NeighbourList
            spaces={neighbourSpaces}
            noun="universe"
            space={intent.neighbourSpace}
            onSpaceChange={(neighbourSpace) => actions.change({ neighbourSpace })}
            neighbours={answer.neighbours.map(({ universe, distance }) => ({
              id: universe,
              label: universe === 0 ? 'Standard Model' : `Universe ${universe}`,
              distance,
              colour: familyColours[header.shape.family[universe]],
            }))}
            searched={header.table.count}
            overlaps={answer.overlaps}
            current={intent.focus.kind === 'universe' ? intent.focus.id : undefined}
            onSelect={onSelect}
          />
        )}
        {tab === 'measurement' && header.measurement && (
          <MeasurementCard open={open} measurement={header.measurement} />
        )}
      </Tabs>
    </section>
  )
}

/** The part that a heavy field or the focus needs, where no one has chosen. */
function askedFor({ uv, focus }: Pick<DrellYanIntent, 'uv' | 'focus'>) {
  if (uv) return 'uv'
  return focus.kind === 'live' ? 'coefficients' : 'point'
}

function FocusCard({
  open,
  focus,
  answer,
}: {
  open: OpenDataset
  focus: FocusInfo
  answer: NeighbourAnswer
}) {
  const { actions } = useDrellYan()
  const space = useDrellYanState((state) => state.intent.neighbourSpace)
  const { header } = open
  const flags: CardFlag[] = focus.flagged
    ? [
        {
          label: 'linear < 0',
          tone: 'warn',
          title: 'Some bin of the linear spectrum is negative: outside the validity of O(1/Λ²)',
        },
      ]
    : []
  const { coefficients } = focus
  return (
    <PointCard
      kind={focus.kind}
      title={focus.title}
      subtitle={agreement(answer, space)}
      colour={focus.universe === undefined ? undefined : familyColours[header.shape.family[focus.universe]]}
      coefficients={
        coefficients &&
        operators.map(({ name }, i) => ({
          name,
          value: coefficients[i],
          halfWidth: header.universeModel.prior.halfWidth[i],
        }))
      }
      distanceToSm={focus.distance}
      noise={
        focus.error
          ? Math.sqrt(focus.whitened.length - absorbedTerms(focus.kind, header.manifest))
          : undefined // points have noise
      }
      latent={Array.from(focus.latent)}
      flags={flags}
      actions={
        <>
          {coefficients && focus.kind !== 'live' && (
            <button type="button" className="button" onClick={() => actions.setCoefficients(coefficients)}>
              Take to the sliders
            </button>
          )}
          {focus.kind !== 'live' && (
            <button
              type="button"
              className="button button-quiet"
              onClick={() => actions.change({ focus: { kind: 'live' } })}
            >
              Back to live
            </button>
          )}
          {focus.universe !== undefined && (
            <button
              type="button"
              className="button button-quiet"
              onClick={() =>
                actions.change({
                  selection: { kind: 'universes', ids: [focus.universe ?? 0] },
                  showReplicas: true,
                })
              }
            >
              Select its replicas
            </button>
          )}
        </>
      }
    />
  )
}

function negativeWarning(open: OpenDataset, live: LiveUniverse, order: EftOrder): string | undefined {
  if (live.negativeBin < 0) return undefined
  const where = binText(open.header.universeModel.templates.observables, live.negativeBin)
  return order === 'linear'
    ? `The linear spectrum is negative at ${where}: outside the validity of O(1/Λ²). Use smaller coefficients or linear + quadratic.`
    : `Without its quadratic terms the spectrum would be negative at ${where}: O(1/Λ⁴) decides there.`
}

/** How far the map can be trusted around the focus, in a sentence. */
function agreement({ neighbours, overlaps }: NeighbourAnswer, space: NeighbourSpace): string | undefined {
  const other = overlaps[0]
  if (!other) return undefined
  return `${other.shared} of its ${neighbours.length} neighbours in ${spaceNames[space]} are neighbours in ${spaceNames[other.space]} too.`
}

/** A new draw at every press: the stream is named by the coefficients that it replaces. */
function drawFromPrior(open: OpenDataset, coefficients: object): Float64Array {
  const rng = createRng(1).split(`randomise/${JSON.stringify(coefficients)}`)
  return open.header.universeModel.prior.halfWidth.map((h) => h * (2 * rng.uniform() - 1))
}
