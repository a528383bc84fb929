import { AppError } from '../../../../errors.ts'
import { createLheReader } from '../../../../generator/lhe.ts'
import { eventAt } from '../../../../generator/left-out.ts'
import { modelProcess } from '../../../../generator/samples/model-process.ts'
import { sampleModels } from '../../../../generator/samples/models.ts'
import { loadAmplitudeKernel } from '../../../../kernels/load-kernels.ts'
import { createDefaultPdf } from '../../../../physics/pdf/default-pdf.ts'
import { createEventWeight, eventRatio, mediatorEvent, type EventRatio } from './event-ratio.ts'

export interface LheRatioRequest {
  /** Of the file, for messages. */
  name: string
  /** Of a Les Houches file. */
  text: string
  /** Models of samples; the ratio is that of the second to the first. */
  a: string
  b: string
  /** Events at most. */
  most: number
}

export interface LheRatios {
  a: string
  b: string
  /** Number of the event and its line in the file, from 1 */
  events: ({ event: number; line: number } & EventRatio)[]
}

/**
 * Exact ratios of two models at the events of a Les Houches file.
 *
 * @returns yields the events done
 * @throws AppError 'input/invalid' for models without a mediator that decays, 'data/unsupported' for other events, as
 *         createLheReader
 */
export async function* lheRatios({
  name,
  text,
  a,
  b,
  most,
}: LheRatioRequest): AsyncGenerator<number, LheRatios> {
  const kernel = await loadAmplitudeKernel()
  // Densities cancel at one event; the process is made with them.
  const settings = { pdf: createDefaultPdf({ grid: { xMin: 1e-4 }, qMax: 200 }), sqrtS: 13_000, kernel }
  const [ofA, ofB] = [a, b].map((id) => createEventWeight(id, modelProcess(modelOf(id), settings)))
  const found: LheRatios['events'] = []
  const reader = createLheReader(name)
  for (const event of reader.push(text).slice(0, most)) {
    const number = found.length + 1
    const own = mediatorEvent(event, `${name}: ${eventAt(number, event.line)}`)
    found.push({ event: number, line: event.line, ...eventRatio(own, ofA, ofB) })
    if (number % 250 === 0) yield number
  }
  return { a, b, events: found }
}

function modelOf(id: string) {
  if (!Object.hasOwn(sampleModels, id))
    throw new AppError(
      'input/invalid',
      `There is no model ${id}. Choose of ${Object.keys(sampleModels).join(', ')}.`,
    )
  return sampleModels[id]
}
