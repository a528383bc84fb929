import { useState } from 'react'
import { AppError, type PlainError } from '../../errors.ts'
import { toCsv, type Cell } from '../common/csv.ts'
import type { Exported, ExportFormat } from '../common/download-with-lines.ts'
import { Menu } from '../common/Menu.tsx'
import { ErrorState } from '../common/Panel.tsx'
import type { MapPictureSource } from './map-picture.ts'
import type { ColourLegend } from './MapLegend.tsx'

/** What a table of dots says of each, beside its place. */
export interface DotColumns {
  headings: readonly string[]
  cells: (row: number) => readonly Cell[]
}

export interface MapExport {
  /** Saves a file, with its provenance. */
  save: (file: Exported, format: ExportFormat, what: string) => void | Promise<void>
  columns?: DotColumns
}

interface MapExportsProps extends MapExport {
  take: () => MapPictureSource | null
  legend: ColourLegend
  titles: readonly [string, string]
}

const scales = [1, 2, 3, 4]

/** The map as a picture, and its dots, or those selected, as a table. */
export function MapExports({ save, columns, take, legend, titles }: MapExportsProps) {
  const [failure, setFailure] = useState<PlainError>()
  const guarded = (run: (source: MapPictureSource) => void | Promise<void>) => async () => {
    setFailure(undefined)
    try {
      const source = take()
      if (source) await run(source)
    } catch (thrown) {
      setFailure(AppError.from(thrown).toPlain())
    }
  }
  const draw = async (source: MapPictureSource) => {
    const { mapPicture, pngOf } = await import('./map-picture.ts')
    return { picture: mapPicture(source, legend), pngOf }
  }
  const tableOf = ({ points, colours, selected }: MapPictureSource, only: boolean) => {
    const named = legend.kind === 'classes' ? legend.entries : null
    const rows = Array.from({ length: points.count }, (_, row) => row).filter(
      (row) => !only || selected?.[row],
    )
    return {
      headings: ['dot', ...titles, ...(named ? ['class'] : []), ...(columns?.headings ?? [])],
      rows: rows.map((row): readonly Cell[] => [
        ...[row, points.x[row], points.y[row]],
        ...(named ? [named[colours.index[row]]?.label ?? ''] : []),
        ...(columns?.cells(row) ?? []),
      ]),
    }
  }
  const csv = (only: boolean) => (source: MapPictureSource) => {
    const { headings, rows } = tableOf(source, only)
    return save(toCsv(headings, rows), 'csv', only ? 'selection' : 'map')
  }
  const archive = (format: 'npz' | 'hepdata.zip') => async (source: MapPictureSource) => {
    const files = await import('./dot-files.ts')
    const table = tableOf(source, true)
    files.refuseNone(table)
    await save(
      async (lines) => new Blob([await (format === 'npz' ? files.dotsNpz : files.dotsHepData)(table, lines)]),
      format,
      'selection',
    )
  }
  return (
    <>
      <Menu
        label="Export map"
        items={[
          {
            label: 'SVG',
            run: guarded(async (source) => save((await draw(source)).picture.svg, 'svg', 'map')),
          },
          ...scales.map((scale) => ({
            label: `PNG ${scale}×`,
            run: guarded(async (source) => {
              const { picture, pngOf } = await draw(source)
              await save(await pngOf(picture, scale), 'png', 'map')
            }),
          })),
          { label: 'CSV of the dots', run: guarded(csv(false)) },
          { label: 'CSV of the selection', run: guarded(csv(true)) },
          { label: 'npz of the selection', run: guarded(archive('npz')) },
          { label: 'HEPData of the selection', run: guarded(archive('hepdata.zip')) },
        ]}
      />
      {failure && <ErrorState error={failure} />}
    </>
  )
}
