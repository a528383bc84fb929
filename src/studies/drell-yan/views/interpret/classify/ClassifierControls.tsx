import type { ClassifierMethod } from '../../../../../ml/classifier/classifier-config.ts'
import { classifierSchema, type ClassifierIntent } from '../../../intent.ts'
import type { ClassificationActions } from '../../../state/classification-actions.ts'
import type { OpenDataset } from '../../../state/drell-yan-state.ts'
import { useDrellYan, useDrellYanState } from '../../context.tsx'
import { Badge } from '../../../../../ui/common/Badge.tsx'
import { fieldLimits } from '../../../../../ui/common/field-limits.ts'
import { formatNumber } from '../../../../../ui/common/format.ts'
import { downloadModel } from '../../../../../ui/common/download-model.ts'
import { NumberField } from '../../../../../ui/common/NumberField.tsx'
import { AnswerState } from '../../../../../ui/common/AnswerState.tsx'

export const methodNames: Record<ClassifierMethod, string> = {
  dpn: 'Dirichlet prior network',
  evidential: 'Evidential network',
  ensemble: 'Deep ensemble of 5',
  softmax: 'Softmax network',
}

const methods = Object.keys(methodNames) as ClassifierMethod[]

interface ControlsProps {
  open: OpenDataset
  classification: ClassificationActions
}

/** Which classifier answers; what is neither shipped nor trained yet can be trained here. */
export function ClassifierControls({ open, classification }: ControlsProps) {
  const { actions } = useDrellYan()
  const settings = useDrellYanState((state) => state.intent.classifier)
  const { shown, members } = useDrellYanState((state) => state.classification)
  const training = members.length > 0 && shown.status === 'running'
  const set = (patch: Partial<ClassifierIntent>) => actions.change({ classifier: { ...settings, ...patch } })
  const exportFiles = async () => {
    const made = await classification.exportFiles()
    if (made) downloadModel(made.files)
  }
  return (
    <section className="stack" aria-label="Classifier">
      <div className="row classifier-row">
        <label className="field">
          <span className="field-label">Classifier</span>
          <select
            className="select"
            value={settings.method}
            disabled={training}
            onChange={(event) => set({ method: event.target.value as ClassifierMethod })}
          >
            {methods.map((method) => (
              <option key={method} value={method}>
                {methodNames[method]}
              </option>
            ))}
          </select>
        </label>
        <NumberField
          label="Classes"
          value={settings.classes}
          {...fieldLimits(classifierSchema.shape.classes)}
          step={10}
          format={String}
          disabled={training}
          onCommit={(classes) => set({ classes })}
        />
        <div className="row">
          {training ? (
            <button type="button" className="button" onClick={() => classification.cancel()}>
              Cancel
            </button>
          ) : (
            <button
              type="button"
              className={shown.value ? 'button' : 'button button-primary'}
              disabled={shown.status === 'running'}
              onClick={() => void classification.train()}
            >
              {shown.value ? 'Train again' : 'Train'}
            </button>
          )}
          {shown.value && shown.status === 'ready' && (
            <button
              type="button"
              className="button"
              title="card.json, model.json and weights.bin: drop them on the page to read them again"
              onClick={() => void exportFiles()}
            >
              Export model
            </button>
          )}
          {shown.value && (
            <Badge
              title={
                shown.value.card
                  ? `${shown.value.card.id}, weights sha256 ${shown.value.card.weightsSha256.slice(0, 12)}${shown.value.card.date ? `, trained ${shown.value.card.date}` : ''}`
                  : 'Trained in this browser, which keeps it; export it to take it elsewhere'
              }
            >
              {shown.value.origin === 'file' ? 'from files' : shown.value.origin}
            </Badge>
          )}
        </div>
      </div>
      <details className="subject-sliders small">
        <summary>Expert settings</summary>
        <div className="row classifier-row">
          <label className="field">
            <span className="field-label">Input</span>
            <select
              className="select"
              value={settings.input}
              disabled={training}
              onChange={(event) => set({ input: event.target.value as ClassifierIntent['input'] })}
            >
              <option value="spectrum">
                whitened spectrum, {open.header.universeModel.templates.bins} bins
              </option>
              <option value="latent">
                latent point of {open.encoder.id}, {open.embedding.latentDim}-D
              </option>
            </select>
          </label>
          <NumberField
            label="Steps"
            value={settings.steps}
            {...fieldLimits(classifierSchema.shape.steps)}
            step={500}
            format={String}
            disabled={training}
            onCommit={(steps) => set({ steps })}
          />
          <NumberField
            label="Seed"
            value={settings.seed}
            {...fieldLimits(classifierSchema.shape.seed)}
            step={1}
            format={String}
            disabled={training}
            onCommit={(seed) => set({ seed })}
          />
        </div>
      </details>
      <AnswerState answer={shown} onRetry={() => classification.retry()} />
      {training && members.length > 1 && (
        <p className="small soft">
          {members.map(({ step, steps, loss }, m) => (
            <span key={m}>
              {m > 0 && ' · '}network {m + 1}: {step} of {steps}
              {Number.isFinite(loss) && `, loss ${formatNumber(loss)}`}
            </span>
          ))}
        </p>
      )}
    </section>
  )
}
