import { writeWcxf } from '../../../../physics/smeft/wcxf.ts'
import type { WcxfRow, WcxfUse } from '../../../../physics/smeft/wcxf-universal.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { DataTable, type Column } from '../../../../ui/common/DataTable.tsx'
import { download } from '../../../../ui/common/download.ts'
import { DropZone } from '../../../../ui/common/DropZone.tsx'
import { formatCoefficient, formatNumber } from '../../../../ui/common/format.ts'
import { standsWithModel } from './uv-change.ts'

const uses: Record<WcxfUse, string> = {
  used: 'used',
  'real part': 'real part used',
  'not seen': 'not seen by Drell-Yan',
  'not universal': 'left out: not U(3)⁵',
  unknown: 'left out: unknown name',
}

const columns: readonly Column<WcxfRow>[] = [
  { key: 'name', label: 'entry', value: (row) => row.name },
  {
    key: 'gev',
    label: 'C',
    unit: 'GeV⁻²',
    value: (row) => row.gev,
    format: (row) => formatCoefficient(row.gev),
  },
  {
    key: 'tev',
    label: 'C',
    unit: 'TeV⁻²',
    value: (row) => row.tev,
    format: (row) => formatCoefficient(row.tev),
  },
  {
    key: 'use',
    label: 'use',
    value: (row) => (row.operator ? `${uses[row.use]}: ${row.operator}` : uses[row.use]),
  },
]

/** The sliders as a file of the Wilson coefficient exchange format, and such a file on the sliders. */
export function WcxfPanel() {
  const { files } = useDrellYan()
  const coefficients = useDrellYanState((state) => state.intent.coefficients)
  const uv = useDrellYanState((state) => state.intent.uv)
  const wcxf = useDrellYanState((state) => state.wcxf)
  const manifest = useDrellYanState((state) => state.dataset.value?.header.manifest)
  const save = (format: 'json' | 'yaml') => {
    const text = writeWcxf(coefficients, format, {
      // Coefficients are used as they stand: at the scale of matching where a model gives them, else at Λ = 1 TeV.
      scaleGeV: uv && standsWithModel(uv, coefficients) ? 1000 * uv.massTeV : 1000,
      generator: `Theoryscape, ${manifest?.generator ?? ''}`,
      description: 'U(3)^5-symmetric coefficients that enter pp to l l at tree level; no running',
    })
    const type = format === 'json' ? 'application/json' : 'application/yaml'
    download(text, `theoryscape.wcxf.${format === 'json' ? 'json' : 'yml'}`, type)
  }
  const imported = wcxf.value
  return (
    <section className="stack" aria-label="WCxf">
      <h3>WCxf files</h3>
      <DropZone
        label="Drop a WCxf file (JSON or YAML)"
        hint="EFT SMEFT, basis Warsaw or Warsaw up, values in GeV⁻²; 1 GeV⁻² = 10⁶ TeV⁻². Or basis SMEFTsim_U35, names like clq3, values in TeV⁻². Families are expected to be alike; what is not is told."
        accept=".json,.yml,.yaml"
        multiple={false}
        onFiles={(dropped) => void files.drop(dropped)}
        progress={wcxf.status === 'running' ? { label: wcxf.label ?? 'Reading' } : undefined}
      />
      <div className="row">
        <button type="button" className="button" onClick={() => save('json')}>
          Save sliders as WCxf JSON
        </button>
        <button type="button" className="button" onClick={() => save('yaml')}>
          YAML
        </button>
      </div>
      <AnswerState answer={wcxf} />
      {imported && (
        <>
          <p className="small">
            {imported.name}: basis {imported.basis}, at {formatNumber(imported.scaleGeV, 4)} GeV; taken as it
            stands, without running.
          </p>
          {imported.messages.map((message) => (
            <p key={message} className="small" role="note">
              {message}
            </p>
          ))}
          <DataTable
            caption={`Entries of ${imported.name}`}
            columns={columns}
            rows={imported.rows}
            rowKey={({ name }) => name}
            limit={60}
          />
        </>
      )}
    </section>
  )
}
