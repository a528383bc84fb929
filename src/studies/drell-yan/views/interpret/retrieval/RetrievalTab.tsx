import { use, useMemo } from 'react'
import { theoryOf } from '../../../analysis/anomaly/theory.ts'
import { neighbourSpaces, type NeighbourSpace } from '../../../analysis/neighbours.ts'
import { rankUniverses, type RankedUniverse } from '../../../analysis/retrieval/ranking.ts'
import { shapeTitle } from '../../../state/shape-words.ts'
import { useDrellYan, useDrellYanState } from '../../context.tsx'
import { DataTable, type Column } from '../../../../../ui/common/DataTable.tsx'
import { formatCount, formatNumber } from '../../../../../ui/common/format.ts'
import { NumberField } from '../../../../../ui/common/NumberField.tsx'
import { Segmented } from '../../../../../ui/common/Segmented.tsx'
import type { InterpretTabProps } from '../InterpretView.tsx'
import { inSentence } from '../subject-words.ts'
import { ContoursPanel } from './ContoursPanel.tsx'
import { RetrievalScoresPanel } from './RetrievalScoresPanel.tsx'

const spaceLabels: Record<NeighbourSpace, string> = {
  latent: 'map',
  spectrum: 'spectrum',
  wilson: 'coefficients',
}

/** Which known universes is the spectrum most like? By the map, and by whitened spectra themselves. */
export function RetrievalTab({ open, subject }: InterpretTabProps) {
  const { actions, openAnomaly } = useDrellYan()
  const anomaly = use(openAnomaly())
  const space = useDrellYanState((state) => state.intent.neighbourSpace)
  const k = useDrellYanState((state) => state.intent.neighbourCount)
  const order = useDrellYanState((state) => state.intent.order)
  const { table, whitenedMeans, universeModel: model } = open.header
  const ranked = useMemo(
    () =>
      rankUniverses(
        {
          count: table.count,
          latent: open.embedding.universes,
          whitened: whitenedMeans,
          coefficients: table.coefficients,
          halfWidth: model.prior.halfWidth,
        },
        {
          latent: subject.latent,
          whitened: subject.whitened,
          coefficients: subject.coefficients ?? undefined,
          // With a shape or noise it is no longer the universe itself.
          exclude:
            subject.kind === 'universe' && !subject.noisy && !subject.shape ? subject.universe : undefined,
        },
        space,
        k,
      ),
    [table, open.embedding, whitenedMeans, model, subject, space, k],
  )
  const columns = useMemo(
    () =>
      columnsOf(subject.coefficients !== null, (id) => actions.change({ focus: { kind: 'universe', id } })),
    [subject.coefficients, actions],
  )
  const rank = useMemo(() => theoryOf(model, order).span.rank, [model, order])
  const right = ranked.filter(({ places }) => (places.spectrum?.rank ?? Infinity) <= k).length

  return (
    <div className="stack" data-testid="retrieval">
      <div className="row">
        <Segmented
          label="Order by distance in"
          choices={neighbourSpaces
            .filter((name) => name !== 'wilson' || subject.coefficients)
            .map((id) => ({ id, label: spaceLabels[id] }))}
          value={space}
          onChange={(neighbourSpace) => actions.change({ neighbourSpace })}
        />
        <div>
          <NumberField
            label="Universes listed"
            value={k}
            min={1}
            max={100}
            step={1}
            integer
            format={formatCount}
            onCommit={(neighbourCount) => actions.change({ neighbourCount })}
          />
        </div>
        <button
          type="button"
          className="button"
          disabled={ranked.length === 0}
          onClick={() =>
            actions.change({
              view: 'explore',
              selection: { kind: 'universes', ids: ranked.map(({ universe }) => universe) },
            })
          }
        >
          Show these on the map
        </button>
      </div>
      <p className="small" role="status">
        {ranked.length === 0
          ? 'The coefficients of this spectrum are not known: choose another space.'
          : `${ranked.length} nearest of ${formatCount(table.count)} universes by ${spaceLabels[space]}; ${right} of them are among the ${k} nearest in whitened spectra, the true answer.`}
        {subject.noisy
          ? ` The spectrum carries noise: about √${subject.whitened.length} of every distance in spectra is that, in quadrature.`
          : ''}
      </p>
      <DataTable
        caption={`Universes like ${subject.kind === 'live' && !subject.shape && !subject.noisy ? 'the live one' : inSentence(subject)}`}
        columns={columns}
        rows={ranked}
        rowKey={(row) => row.universe}
      />
      <p className="small soft">
        Map: Euclidean in {open.embedding.latentDim} latent axes. Spectrum: Euclidean after whitening, the
        Fisher distance in units of the noise. Coefficients: Euclidean in units of the prior&rsquo;s half
        widths. All exact, by brute force.
        {subject.shape &&
          subject.coefficients &&
          ` Coefficients leave out ${shapeTitle(subject.shape)}, which no coefficient makes.`}
      </p>
      <ContoursPanel open={open} rank={rank} />
      <RetrievalScoresPanel open={open} anomaly={anomaly} />
    </div>
  )
}

function columnsOf(withWilson: boolean, onFocus: (universe: number) => void): Column<RankedUniverse>[] {
  const spaces = withWilson ? neighbourSpaces : neighbourSpaces.filter((name) => name !== 'wilson')
  return [
    {
      key: 'universe',
      label: 'universe',
      value: ({ universe }) => universe,
      format: ({ universe }) => (
        <button type="button" className="button button-quiet" onClick={() => onFocus(universe)}>
          {universe === 0 ? 'SM' : universe}
        </button>
      ),
    },
    ...spaces.flatMap((space): Column<RankedUniverse>[] => [
      {
        key: `${space} rank`,
        label: `rank by ${spaceLabels[space]}`,
        value: ({ places }) => places[space]?.rank ?? null,
        format: ({ places }) => formatCount(places[space]?.rank ?? NaN),
      },
      {
        key: `${space} distance`,
        label: `distance, ${spaceLabels[space]}`,
        value: ({ places }) => places[space]?.distance ?? null,
        format: ({ places }) => formatNumber(places[space]?.distance ?? NaN, 3),
      },
    ]),
  ]
}
