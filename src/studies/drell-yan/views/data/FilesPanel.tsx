import { useMemo } from 'react'
import type { PeakRate } from '../../../../physics/drell-yan/peak-rate.ts'
import type { InspectedPdf } from '../../analysis/inspected-pdf.ts'
import type { DroppedSpectra } from '../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { DataTable, type Column } from '../../../../ui/common/DataTable.tsx'
import { DropZone } from '../../../../ui/common/DropZone.tsx'
import { formatCount, formatNumber } from '../../../../ui/common/format.ts'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { Typeset } from '../../../../ui/common/Typeset.tsx'
import { describeRows, type DroppedRow } from './dropped-rows.ts'
import { saveTemplate } from './save-template.ts'

/** PDF grids, spectra and models of the reader's own. Nothing leaves the page. */
export function FilesPanel() {
  const { actions, files } = useDrellYan()
  const summary = useDrellYanState((state) => state.pdf.summary)
  const query = useDrellYanState((state) => state.query)
  const measured = useDrellYanState((state) => state.measured)
  const imported = useDrellYanState((state) => state.imported)
  const bins = useDrellYanState((state) => state.dataset.value?.header.universeModel.templates.bins)
  const band = useDrellYanState((state) => state.pdf.band)
  const busy = [summary, band, query, measured, imported].find(({ status }) => status === 'running')
  return (
    <Panel title="Your files">
      <div className="stack">
        <DropZone
          label="Drop a PDF grid, spectra or a model here, or anywhere on the page"
          hint={
            <>
              PDF: an LHAPDF member (.dat) with its .info if you have it, or a whole set with its error
              members (folder, .tar, .tar.gz). Spectra: CSV, npy, npz, Parquet, HDF5 or a ROOT tree or
              histogram
              {bins ? ` with the ${bins} bins of the open dataset` : ''}, in pb per bin. Model: card.json,
              model.json and weights.bin together. Files are read here; nothing is uploaded.
            </>
          }
          onFiles={(dropped) => void files.drop(dropped)}
          progress={busy && { label: busy.label ?? 'Reading' }}
        />
        <p className="small">
          A measured spectrum of <Typeset text="m_ℓℓ" /> on bins of its own (a HEPData table in YAML, JSON or
          CSV, with its covariance as a second table) becomes a dataset.{' '}
          <button type="button" className="button button-quiet" onClick={saveTemplate}>
            Template to fill in
          </button>
        </p>
        {measured.status === 'failed' && <AnswerState answer={measured} />}
        {summary.status === 'failed' && <AnswerState answer={summary} />}
        {band.status === 'failed' && <AnswerState answer={band} />}
        {summary.value && <PdfCard summary={summary.value} onForget={() => files.forgetPdf()} />}
        {query.status === 'failed' && <AnswerState answer={query} />}
        {query.value && (
          <SpectraCard
            file={query.value}
            onShow={() => actions.change({ view: 'explore' })}
            onForget={() => files.forgetQuery()}
          />
        )}
      </div>
    </Panel>
  )
}

function PdfCard({ summary, onForget }: { summary: InspectedPdf; onForget: () => void }) {
  const sum = (value: number, exact: number) => `${value.toFixed(4)} (${exact} for a proton)`
  return (
    <article className="data-card" aria-label={`PDF ${summary.id}`}>
      <div className="card-title">
        <h3>PDF {summary.id}</h3>
        <button type="button" className="button button-quiet spread" onClick={onForget}>
          Back to the default PDF
        </button>
      </div>
      <p className="small">{summary.description}</p>
      {summary.notes.map((note) => (
        <p key={note} className="small" role="note">
          {note}
        </p>
      ))}
      <dl className="facts small">
        <dt>x</dt>
        <dd>
          {formatNumber(summary.xMin, 2)} to {formatNumber(summary.xMax, 2)}
        </dd>
        <dt>Q</dt>
        <dd>
          {formatNumber(summary.qMinGeV, 3)} to {formatNumber(summary.qMaxGeV, 3)} GeV
        </dd>
        <dt>momentum of all partons at the Z mass</dt>
        <dd>{sum(summary.momentumSum, 1)}</dd>
        <dt>u − ū</dt>
        <dd>{sum(summary.upValence, 2)}</dd>
        <dt>d − d̄</dt>
        <dd>{sum(summary.downValence, 1)}</dd>
        <dt>α_s</dt>
        <dd>
          {summary.alphaS ??
            'none: no .info file names one. Top-pair commands then take CT14lo’s and say so.'}
        </dd>
        {summary.peak && <PeakRows peak={summary.peak} />}
      </dl>
      <p className="small soft">
        Read, not yet used: build templates below to see its map. A link does not carry the grid.
      </p>
    </article>
  )
}

/** Z peak at both orders: what tells a set from another at a glance. */
function PeakRows({ peak: { lo, nlo, formal, note } }: { peak: PeakRate }) {
  const percent = (bound: number) => (nlo ? formatNumber(100 * Math.abs(bound / nlo.value - 1), 2) : '')
  return (
    <>
      <dt>pp → ℓ⁺ℓ⁻, 66–116 GeV, 13 TeV, leading order</dt>
      <dd>{formatNumber(lo, 4)} pb</dd>
      <dt>next-to-leading order of QCD, seven scales</dt>
      <dd>
        {nlo
          ? `${formatNumber(nlo.value, 4)} pb (+${percent(nlo.highest)} −${percent(nlo.lowest)} %), K = ${formatNumber(nlo.kFactor, 4)}${formal ? '; formal, the set is of leading order' : ''}`
          : (note ?? 'none')}
      </dd>
    </>
  )
}

const shownRows = 10

const columns: Column<DroppedRow>[] = [
  { key: 'row', label: 'row', value: ({ row }) => row, format: ({ row }) => String(row) },
  { key: 'z1', label: 'z₁', value: ({ z }) => z[0] },
  { key: 'z2', label: 'z₂', value: ({ z }) => z[1] },
  { key: 'distance', label: 'D to the SM', unit: 'σ', value: ({ distance }) => distance },
]

function SpectraCard({
  file,
  onShow,
  onForget,
}: {
  file: DroppedSpectra
  onShow: () => void
  onForget: () => void
}) {
  const open = useDrellYanState((state) => state.dataset.value)
  const current = open?.header.manifestHash === file.manifestHash
  const encoder = open?.encoder.mlp
  const rows = useMemo(
    () => (encoder && current ? describeRows(file, encoder, shownRows) : []),
    [file, encoder, current],
  )
  const bins = file.rows ? file.whitened.length / file.rows : 0
  return (
    <article className="data-card" aria-label={`Spectra ${file.name}`}>
      <div className="card-title">
        <h3>{file.name}</h3>
        <span className="row spread">
          <button type="button" className="button" onClick={onShow}>
            Show on Explore
          </button>
          <button type="button" className="button button-quiet" onClick={onForget}>
            Forget
          </button>
        </span>
      </div>
      <p className="small">
        {formatCount(file.rows)} {file.rows === 1 ? 'spectrum' : 'spectra'} of {bins} bins.
        {current && rows.length < file.rows && ` The first ${rows.length} are listed.`}
      </p>
      {file.notes.length > 0 && (
        <ul className="small data-notes">
          {file.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {current ? (
        <>
          <DataTable
            caption={`Place of ${file.name} on the map`}
            columns={columns}
            rows={rows}
            rowKey={(r) => r.row}
          />
          <p className="small soft">
            D is the length of the whitened difference from the SM spectrum. A spectrum with the dataset’s
            noise has D ≈ {formatNumber(Math.sqrt(bins), 2)} even in the SM.
          </p>
        </>
      ) : (
        <p className="small">
          Whitened for another dataset than the one on the map: drop the file again to place it here.
        </p>
      )}
    </article>
  )
}
