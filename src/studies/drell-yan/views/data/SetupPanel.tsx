import { useId, useState } from 'react'
import { formalWords } from '../../analysis/qcd-order-words.ts'
import { setupSchema, type SetupIntent } from '../../intent.ts'
import { useDrellYan, useDrellYanState } from '../context.tsx'
import { AnswerState } from '../../../../ui/common/AnswerState.tsx'
import { formatCount, formatEdge } from '../../../../ui/common/format.ts'
import { NumbersField } from '../../../../ui/common/NumbersField.tsx'
import { Panel } from '../../../../ui/common/Panel.tsx'
import { SchemaNumber } from '../../../../ui/common/SchemaNumber.tsx'
import { SelectField } from '../../../../ui/common/SelectField.tsx'
import { Toggle } from '../../../../ui/common/Toggle.tsx'
import { Typeset } from '../../../../ui/common/Typeset.tsx'
import { binsComplaint, parseRapidityEdges } from './rapidity-edges.ts'
import { formatBytes } from './dataset-facts.ts'
import { setupSize } from './setup-size.ts'
import { whyNoNlo } from './why-no-nlo.ts'

type NumberKey = {
  [K in keyof SetupIntent]: SetupIntent[K] extends number ? K : never
}[keyof SetupIntent]

const schemeLabels: Record<SetupIntent['scheme'], string> = { MW: 'm_W, m_Z, G_F', alpha: 'α, m_Z, G_F' }
const muFLabels = { mll: 'm_ℓℓ', fixed: 'fixed' }
const binLabels: Record<SetupIntent['bins'], string> = {
  'mll-ptl': 'm_ℓℓ and p_T',
  'mll-fb': 'm_ℓℓ × F/B',
  'mll-y-fb': 'm_ℓℓ × |y| × F/B',
  mll: 'm_ℓℓ, full phase space',
}
const orderLabels: Record<SetupIntent['qcdOrder'], string> = { lo: 'LO', nlo: 'NLO QCD' }
const loAlone = { lo: 'LO' }
const scaleLabels: Record<SetupIntent['scale'], string> = {
  lo: 'leading-order μ_F variation',
  'nnlo-like': '1 % of every bin',
  none: 'none',
}
const nloScaleLabels: typeof scaleLabels = { ...scaleLabels, lo: 'μ_R = μ_F variation at NLO' }

/** Templates, covariance, universes and replicas from first principles, with the reader's own choices. */
export function SetupPanel() {
  const setup = useDrellYanState((state) => state.intent.setup)
  // Another set-up (undo, a link) begins the form anew; leaving one, or cancelling its build, keeps what was typed.
  const [latest, setLatest] = useState(setup)
  if (setup && setup !== latest) setLatest(setup)
  return <SetupForm key={JSON.stringify(latest)} start={latest ?? setupSchema.parse({})} />
}

function SetupForm({ start }: { start: SetupIntent }) {
  const { files } = useDrellYan()
  const [draft, setDraft] = useState(start)
  const whyId = useId()
  const dataset = useDrellYanState((state) => state.dataset)
  const inUse = useDrellYanState((state) => state.intent.setup !== null)
  const dropped = useDrellYanState((state) => (state.pdf.files ? state.pdf.summary.value : undefined))
  const set = (patch: Partial<SetupIntent>) => setDraft((now) => ({ ...now, ...patch }))
  const building = inUse && dataset.status === 'running'
  const { rows, bytes, complaint: tooLarge } = setupSize(draft)
  const noNlo = whyNoNlo(draft, dropped)
  const nlo = draft.qcdOrder === 'nlo'
  const complaint = binsComplaint(draft) ?? (nlo ? noNlo : null) ?? tooLarge

  const number = (key: NumberKey, label: string, unit?: string) => (
    <SchemaNumber
      schema={setupSchema.shape[key]}
      label={label}
      unit={unit}
      value={draft[key]}
      format={(value, integer) => (integer ? String(value) : formatEdge(value))}
      onCommit={(value) => set({ [key]: value })}
    />
  )

  return (
    <Panel title="Make a dataset">
      <p className="small">
        {nlo ? 'NLO QCD' : 'Leading-order'} templates of the Standard Model and all 17 operators, from{' '}
        <strong>{dropped?.id ?? 'ct14lo-reparametrised'}</strong>
        {dropped ? '' : ' (the default PDF; drop a grid for another)'}.
      </p>
      <fieldset className="data-fields" disabled={building}>
        <legend className="visually-hidden">Physics set-up</legend>
        {number('sqrtSGeV', '√s', 'GeV')}
        <SelectField label="bins" value={draft.bins} labels={binLabels} onChange={(bins) => set({ bins })} />
        {draft.bins === 'mll-y-fb' && (
          <NumbersField
            label="edges of |y|"
            value={draft.yEdges}
            parse={parseRapidityEdges}
            onCommit={(yEdges) => set({ yEdges })}
          />
        )}
        {noNlo && draft.qcdOrder === 'lo' ? (
          <SelectField
            label="order of QCD"
            value={draft.qcdOrder}
            labels={loAlone}
            onChange={(qcdOrder) => set({ qcdOrder })}
            describedBy={whyId}
          />
        ) : (
          <SelectField
            label="order of QCD"
            value={draft.qcdOrder}
            labels={orderLabels}
            onChange={(qcdOrder) => set({ qcdOrder })}
          />
        )}
        <SelectField
          label="electroweak scheme"
          value={draft.scheme}
          labels={schemeLabels}
          onChange={(scheme) => set({ scheme })}
        />
        <SelectField
          label="factorisation scale"
          value={draft.muF === 'mll' ? 'mll' : 'fixed'}
          labels={muFLabels}
          onChange={(choice) => set({ muF: choice === 'mll' ? 'mll' : 91.1876 })}
        />
        {draft.muF !== 'mll' && (
          <SchemaNumber
            schema={setupSchema.shape.muF.unwrap().options[1]}
            label="μ_F"
            unit="GeV"
            value={draft.muF}
            format={formatEdge}
            onCommit={(muF) => set({ muF })}
          />
        )}
        {draft.bins !== 'mll' && (
          <>
            {number('ptMinGeV', 'Smallest muon p_T', 'GeV')}
            {number('absEtaMax', 'largest |η|')}
          </>
        )}
        {number('luminosityInvFb', 'luminosity', 'fb⁻¹')}
        <SelectField
          label="scale uncertainty"
          value={draft.scale}
          labels={nlo ? nloScaleLabels : scaleLabels}
          onChange={(scale) => set({ scale })}
        />
        {number('universes', 'universes')}
        {number('replicasPerUniverse', 'replicas per universe')}
        {number('priorSigmas', 'prior half width', 'σ')}
        {number('seed', 'seed')}
        <Toggle
          label="operators shift the Z width"
          checked={draft.widthShift}
          onChange={(widthShift) => set({ widthShift })}
        />
      </fieldset>
      {noNlo && !nlo && (
        <p className="small soft" id={whyId}>
          <Typeset text={noNlo} />
        </p>
      )}
      {nlo && !noNlo && dropped?.peak?.formal && (
        <p className="small" role="note">
          {formalWords(dropped)}
        </p>
      )}
      {complaint ? (
        <p className="field-error" role="alert">
          <Typeset text={complaint} />
        </p>
      ) : (
        <p className="small soft">
          {formatCount(rows)} spectra, {formatBytes(bytes)} in memory. The first map is the closed-form PCA-2;
          train an encoder on it afterwards.
        </p>
      )}
      {inUse && (
        <div role="status">
          <AnswerState answer={dataset} label="Building templates" />
        </div>
      )}
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
