import type { ClassificationJobs } from './classification-jobs.ts'
import { evaluateClassifier } from '../classification/evaluate.ts'
import { trainMember } from '../classification/train-member.ts'
import { exportClassifier, importClassifier } from '../datasets/classifier-bundle.ts'
import { loadClassifier } from '../datasets/load-classifier.ts'

type Request<K extends keyof ClassificationJobs> = ClassificationJobs[K]['request']

/** What a classification worker does. */
export const classificationHandlers = {
  'train-class-member': (request: Request<'train-class-member'>) => trainMember(request),
  *'evaluate-classifier'({
    model,
    gallery,
    networks,
    options,
  }: Request<'evaluate-classifier'>): Generator<number, ClassificationJobs['evaluate-classifier']['result']> {
    const { calibration, report } = yield* evaluateClassifier(model, gallery, networks, options)
    return { classifier: { ...networks, calibration }, report }
  },
  'load-classifier': (
    { location, header }: Request<'load-classifier'>,
    { signal }: { signal: AbortSignal },
  ) => loadClassifier(location, header, { signal }),
  'export-classifier': (request: Request<'export-classifier'>) => exportClassifier(request),
  'import-classifier': ({ files, header }: Request<'import-classifier'>) => importClassifier(files, header),
}
