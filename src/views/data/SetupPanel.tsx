import { useState } from 'react'
import { setupSchema, type SetupIntent } from '../../share/schema.ts'
import { useApp, useAppState } from '../app-context.tsx'
import { fieldLimits } from '../common/field-limits.ts'
import { formatCount, formatEdge } from '../common/format.ts'
import { NumberField } from '../common/NumberField.tsx'
import { ErrorState, Panel } from '../common/Panel.tsx'
import { Progress } from '../common/Progress.tsx'
import { formatBytes } from './dataset-facts.ts'
import { setupSize } from './setup-size.ts'

type NumberKey = {
  [K in keyof SetupIntent]: SetupIntent[K] extends number ? K : never
}[keyof SetupIntent]

const scaleLabels: Record<SetupIntent['scale'], string> = {
  lo: 'leading-order μ_F variation',
  'nnlo-like': '1 % of every bin',
  none: 'none',
}

/** Templates, covariance, universes and replicas from first principles, with the reader's own choices. */
export function SetupPanel() {
  const setup = useAppState((state) => state.intent.setup)
  // Another set-up (undo, a link) begins the form anew; leaving one, or cancelling its build, keeps what was typed.
  const [latest, setLatest] = useState(setup)
  if (setup && setup !== latest) setLatest(setup)
  return <SetupForm key={JSON.stringify(latest)} start={latest ?? setupSchema.parse({})} />
}

function SetupForm({ start }: { start: SetupIntent }) {
  const { files } = useApp()
  const [draft, setDraft] = useState(start)
  const dataset = useAppState((state) => state.dataset)
  const inUse = useAppState((state) => state.intent.setup !== null)
  const pdf = useAppState((state) => (state.pdf.files ? state.pdf.summary.value?.id : undefined))
  const set = (patch: Partial<SetupIntent>) => setDraft((now) => ({ ...now, ...patch }))
  const building = inUse && dataset.status === 'running'
  const { rows, bytes, complaint } = setupSize(draft)

  const number = (key: NumberKey, label: string, unit?: string) => {
    const { min, max, integer } = fieldLimits(setupSchema.shape[key])
    return (
      <NumberField
        label={label}
        unit={unit}
        value={draft[key]}
        min={min}
        max={max}
        integer={integer}
        format={integer ? String : formatEdge}
        onCommit={(value) => set({ [key]: value })}
      />
    )
  }

  return (
    <Panel title="Make a dataset">
      <p className="small">
        Leading-order templates of the Standard Model and all 17 operators on the default bins, from{' '}
        <strong>{pdf ?? 'ct14lo-reparametrised'}</strong>
        {pdf ? '' : ' (the default PDF; drop a grid for another)'}.
      </p>
      <fieldset className="data-fields" disabled={building}>
        <legend className="visually-hidden">Physics set-up</legend>
        {number('sqrtSGeV', '√s', 'GeV')}
        <label className="field">
          <span className="field-label">electroweak scheme</span>
          <select
            className="select"
            value={draft.scheme}
            onChange={(event) => set({ scheme: event.target.value as SetupIntent['scheme'] })}
          >
            <option value="MW">m_W, m_Z, G_F</option>
            <option value="alpha">α, m_Z, G_F</option>
          </select>
        </label>
        <label className="field">
          <span className="field-label">factorisation scale</span>
          <select
            className="select"
            value={draft.muF === 'mll' ? 'mll' : 'fixed'}
            onChange={(event) => set({ muF: event.target.value === 'mll' ? 'mll' : 91.1876 })}
          >
            <option value="mll">m_ℓℓ</option>
            <option value="fixed">fixed</option>
          </select>
        </label>
        {draft.muF !== 'mll' && (
          <NumberField
            label="μ_F"
            unit="GeV"
            value={draft.muF}
            {...muFLimits}
            format={formatEdge}
            onCommit={(muF) => set({ muF })}
          />
        )}
        {number('ptMinGeV', 'smallest muon p_T', 'GeV')}
        {number('absEtaMax', 'largest |η|')}
        {number('luminosityInvFb', 'luminosity', 'fb⁻¹')}
        <label className="field">
          <span className="field-label">scale uncertainty</span>
          <select
            className="select"
            value={draft.scale}
            onChange={(event) => set({ scale: event.target.value as SetupIntent['scale'] })}
          >
            {Object.entries(scaleLabels).map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {number('universes', 'universes')}
        {number('replicasPerUniverse', 'replicas per universe')}
        {number('priorSigmas', 'prior half width', 'σ')}
        {number('seed', 'seed')}
        <label className="toggle small">
          <input
            type="checkbox"
            checked={draft.widthShift}
            onChange={(event) => set({ widthShift: event.target.checked })}
          />
          operators shift the Z width
        </label>
      </fieldset>
      {complaint ? (
        <p className="field-error" role="alert">
          {complaint}
        </p>
      ) : (
        <p className="small soft">
          {formatCount(rows)} spectra, {formatBytes(bytes)} in memory. The first map is the closed-form PCA-2;
          train an encoder on it afterwards.
        </p>
      )}
      {building && (
        <div role="status">
          <Progress label={dataset.label ?? 'Building templates'} fraction={dataset.fraction ?? undefined} />
        </div>
      )}
      {inUse && dataset.status === 'failed' && dataset.error && <ErrorState error={dataset.error} />}
      <div className="row data-actions">
        {building ? (
          <button type="button" className="button" onClick={() => files.cancelBuild()}>
            Cancel
          </button>
        ) : (
          <button
            type="button"
            className="button button-primary"
            disabled={complaint !== null}
            onClick={() => files.build(draft)}
          >
            Build templates
          </button>
        )}
        {inUse && !building && (
          <button type="button" className="button" onClick={() => files.backToShipped()}>
            Back to the shipped dataset
          </button>
        )}
      </div>
    </Panel>
  )
}

/** The number branch of the schema's choice between "mll" and a fixed scale. */
const muFLimits = fieldLimits(setupSchema.shape.muF.unwrap().options[1])
