import { useMemo } from 'react'
import {
  contourChi2,
  contourSigmas,
  smContours,
  universesInside,
} from '../../../analysis/retrieval/sm-contours.ts'
import { mostSelectedUniverses } from '../../../intent.ts'
import type { OpenDataset } from '../../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../../context.tsx'
import { DataTable, type Column } from '../../../../../ui/common/DataTable.tsx'
import { formatCount, formatNumber } from '../../../../../ui/common/format.ts'
import { Segmented } from '../../../../../ui/common/Segmented.tsx'

interface ContourRow {
  sigmas: number
  mapChi2: number
  onMap: number[]
  spectrumChi2: number
  inSpectra: number
  both: number
}

const conventions = [
  { id: 'probability', label: 'By enclosed probability' },
  { id: 'ellipse', label: 'By distance' },
] as const

/** Universes within 1, 3 and 6 sigma of the SM, on the map and in truth. @param rank directions of the theory */
export function ContoursPanel({ open, rank }: { open: OpenDataset; rank: number }) {
  const { actions } = useDrellYan()
  const convention = useDrellYanState((state) => state.intent.panels.sigmas)
  const { whitenedMeans, universeModel: model } = open.header
  const contours = useMemo(
    () => smContours(open.encoder.mlp, whitenedMeans, open.embedding.universes, model.templates.bins),
    [open.encoder, open.embedding, whitenedMeans, model],
  )
  const rows = contourSigmas.map((sigmas): ContourRow => {
    const mapChi2 = contourChi2(sigmas, contours.dimensions, convention)
    const spectrumChi2 = contourChi2(sigmas, rank, convention)
    const onMap = universesInside(contours.latentChi2, mapChi2)
    const truly = new Set(universesInside(contours.fisherChi2, spectrumChi2))
    return {
      ...{ sigmas, mapChi2, onMap, spectrumChi2 },
      inSpectra: truly.size,
      both: onMap.filter((universe) => truly.has(universe)).length,
    }
  })
  const columns: Column<ContourRow>[] = [
    {
      key: 'sigmas',
      label: 'contour',
      unit: 'σ',
      value: ({ sigmas }) => sigmas,
      format: ({ sigmas }) => formatCount(sigmas),
    },
    {
      key: 'mapChi2',
      label: `χ² on the map, ${contours.dimensions} axes`,
      value: ({ mapChi2 }) => mapChi2,
      format: ({ mapChi2 }) => formatNumber(mapChi2, 4),
    },
    {
      key: 'onMap',
      label: 'universes inside, map',
      value: ({ onMap }) => onMap.length,
      format: ({ onMap }) => formatCount(onMap.length),
    },
    {
      key: 'spectrumChi2',
      label: `χ² in spectra, ${rank} directions`,
      value: ({ spectrumChi2 }) => spectrumChi2,
      format: ({ spectrumChi2 }) => formatNumber(spectrumChi2, 4),
    },
    {
      key: 'inSpectra',
      label: 'universes inside, truly',
      value: ({ inSpectra }) => inSpectra,
      format: ({ inSpectra }) => formatCount(inSpectra),
    },
    { key: 'both', label: 'in both', value: ({ both }) => both, format: ({ both }) => formatCount(both) },
    {
      key: 'show',
      label: 'show on the map',
      value: () => '',
      format: ({ onMap, sigmas }) => (
        <button
          type="button"
          className="button button-quiet"
          disabled={onMap.length === 0}
          aria-label={`Show the universes within ${sigmas} sigma on the map`}
          onClick={() => {
            const ids = onMap.slice(0, mostSelectedUniverses)
            if (ids.length < onMap.length)
              actions.notify(
                'info',
                `A selection holds ${formatCount(mostSelectedUniverses)} universes: the nearest of the ${formatCount(onMap.length)} are shown.`,
              )
            actions.change({ view: 'explore', selection: { kind: 'universes', ids } })
          }}
        >
          Show
        </button>
      ),
    },
  ]
  return (
    <section className="stack" aria-label="Contours of the SM">
      <h3>Universes near the Standard Model</h3>
      <Segmented
        label="Meaning of n sigma"
        choices={conventions}
        value={convention}
        onChange={(sigmas) => actions.showIn({ sigmas })}
      />
      <DataTable
        caption="Universes within the contours of the SM"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.sigmas}
      />
      <p className="small soft">
        {convention === 'probability'
          ? 'n σ encloses as much probability as n standard deviations of one normal variable: χ² = 2.30, 11.83, 40.1 in two dimensions, larger in more.'
          : 'n σ is where the distance is n standard deviations, χ² = n²: in two dimensions 39 %, 98.9 % and all but 1.5 × 10⁻⁸.'}{' '}
        On the map the unit is the covariance of SM replicas under the encoder; in spectra it is the noise
        itself.
      </p>
    </section>
  )
}
