import { use, useEffect, useMemo } from 'react'
import { createSpectrumClassifier } from '../../../analysis/classification/classify.ts'
import { classifierKey } from '../../../state/wanted-classifier.ts'
import { useDrellYan, useDrellYanState } from '../../context.tsx'
import { AnswerState } from '../../../../../ui/common/AnswerState.tsx'
import type { InterpretTabProps } from '../InterpretView.tsx'
import { AnswerPanel } from './AnswerPanel.tsx'
import { BayesPanel } from './BayesPanel.tsx'
import { ClassifierControls, methodNames } from './ClassifierControls.tsx'
import { ReportPanel } from './ReportPanel.tsx'
import './classify.css'
import { classVerdict } from './verdict.ts'

/** Which universe a spectrum comes from, how sure that is, and how good the classifier is that says so. */
export function ClassifyTab({ open, subject }: InterpretTabProps) {
  const { openClassification } = useDrellYan()
  const classification = use(openClassification())
  const settings = useDrellYanState((state) => state.intent.classifier)
  const { shown, report, untrained } = useDrellYanState((state) => state.classification)
  const key = classifierKey(open, settings)

  useEffect(() => {
    classification.ensure()
  }, [classification, key])

  const classifier = shown.value?.key === key ? shown.value : null
  const ask = useMemo(
    () => classifier && createSpectrumClassifier(classifier.classifier, classifier.gallery),
    [classifier],
  )
  const answer = useMemo(() => ask?.(subject.whitened, subject.key, subject), [ask, subject])
  const measured = report.value?.key === key ? report.value : null

  return (
    <div className="stack classify" data-testid="classify" data-status={shown.status}>
      <ClassifierControls open={open} classification={classification} />
      {answer && classifier && (
        <AnswerPanel
          answer={answer}
          verdict={classVerdict(
            answer,
            subject,
            classifier.gallery,
            open.header.universeModel.prior.halfWidth,
            measured,
          )}
          noisy={subject.noisy}
        />
      )}
      {!answer && <BayesPanel open={open} subject={subject} classes={settings.classes} />}
      {untrained === key && shown.status === 'idle' && (
        <p className="small">
          {methodNames[settings.method]}: none with these settings has been trained yet. Training takes a few
          seconds per network; networks of an ensemble train side by side.
        </p>
      )}
      <AnswerState answer={report} onRetry={() => classification.retry()} />
      {measured && <ReportPanel report={measured} onMeasure={() => void classification.measureAgain()} />}
    </div>
  )
}
