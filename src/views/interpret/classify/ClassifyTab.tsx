import { use, useEffect, useMemo } from 'react'
import { createSpectrumClassifier } from '../../../analysis/drell-yan/classification/classify.ts'
import { absorbedTerms } from '../../../analysis/drell-yan/measurement.ts'
import { classifierKey } from '../../../state/classification-actions.ts'
import { useApp, useAppState } from '../../app-context.tsx'
import { ErrorState } from '../../common/Panel.tsx'
import { Progress } from '../../common/Progress.tsx'
import type { InterpretTabProps } from '../InterpretView.tsx'
import { AnswerPanel } from './AnswerPanel.tsx'
import { ClassifierControls, methodNames } from './ClassifierControls.tsx'
import { ReportPanel } from './ReportPanel.tsx'
import './classify.css'

/** Which universe a spectrum comes from, how sure that is, and how good the classifier is that says so. */
export function ClassifyTab({ open, subject }: InterpretTabProps) {
  const { openClassification } = useApp()
  const classification = use(openClassification())
  const settings = useAppState((state) => state.intent.classifier)
  const { shown, report } = useAppState((state) => state.classification)
  const key = classifierKey(open, settings)

  useEffect(() => {
    classification.ensure()
  }, [classification, key])

  const classifier = shown.value?.key === key ? shown.value : null
  const ask = useMemo(
    () => classifier && createSpectrumClassifier(classifier.classifier, classifier.gallery),
    [classifier],
  )
  const answer = useMemo(
    () => ask?.(subject.whitened, subject.key, absorbedTerms(subject.kind)),
    [ask, subject],
  )
  const measured = report.value?.key === key ? report.value : null

  return (
    <div className="stack classify" data-testid="classify" data-status={shown.status}>
      <ClassifierControls open={open} classification={classification} />
      {answer && <AnswerPanel answer={answer} subject={subject.kind} />}
      {!classifier && shown.status === 'idle' && (
        <p>
          No {methodNames[settings.method].toLowerCase()} with these settings has been trained yet. Training
          takes a few seconds per network; networks of an ensemble train side by side.
        </p>
      )}
      {report.status === 'failed' && report.error && (
        <ErrorState error={report.error} onRetry={() => classification.retry()} />
      )}
      {report.status === 'running' && (
        <Progress label={report.label ?? 'Measuring'} fraction={report.fraction ?? undefined} />
      )}
      {measured && <ReportPanel report={measured} />}
    </div>
  )
}
