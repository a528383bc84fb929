import { AppError } from '../../errors.ts'
import type { ReconstructedEvent } from '../../generator/detector/reconstructed.ts'
import { eventsPerBlock } from '../../generator/parton-events/event-block.ts'
import type { SampleModel } from '../../generator/samples/models.ts'
import { passes, type EventSelection } from '../../generator/samples/selection.ts'
import { hardProcessFromOptions } from '../cross-section/set-up.ts'
import { createEventMaker, type EventAnswer, type EventTask } from '../generate/event-maker.ts'
import { eventsInOrder } from '../generate/event-runner.ts'
import { samplingFromOptions } from '../generate/sampling.ts'
import type { ResumableRun } from '../resumable-run.ts'
import { partOptions } from './part-options.ts'

export interface SelectedEvent {
  event: ReconstructedEvent
  weight: number
}

/** What whole blocks of a process came to, those included whose events were not all asked for. */
export interface PartTally {
  generated: number
  selected: number
  /** Σ of weights before and after the selection */
  weights: number
  selectedWeights: number
  /** See EventBlock. */
  trials: number
  sum: number
  sum2: number
}

/** Events of one process that pass a selection, as many as are asked for. */
export interface PartStream {
  /** Id of the parton densities. */
  readonly pdf: string
  readonly tally: Readonly<PartTally>
  /** The next ones. */
  take(count: number): Promise<SelectedEvent[]>
  close(): Promise<void>
}

/** Where so few of so many events pass a selection, none ever will be enough. */
const enough = 100_000
const leastShare = 1e-4

/** @param run  told of the preparation and of each block */
export async function openPartStream(
  model: SampleModel,
  selection: EventSelection,
  { seed, workers }: { seed: number; workers: number },
  run: Pick<ResumableRun, 'step'>,
): Promise<PartStream> {
  const options = partOptions(model, seed, workers)
  const process = await hardProcessFromOptions(options, () => undefined)
  const sampling = await samplingFromOptions(options, process.hard, run)
  const maker = createEventMaker(options, sampling, process)
  const blocks = eventsInOrder(endlessTasks(), maker, options, sampling)
  const waiting: SelectedEvent[] = []
  const tally = { generated: 0, selected: 0, weights: 0, selectedWeights: 0, trials: 0, sum: 0, sum2: 0 }

  function receive({ content, trials, sum, sum2, weights }: EventAnswer): void {
    if (content.kind !== 'objects') return
    tally.generated += content.events.length
    tally.weights += weights
    tally.trials += trials
    tally.sum += sum
    tally.sum2 += sum2
    content.events.forEach((event, i) => {
      if (!passes(selection, event)) return
      tally.selected++
      tally.selectedWeights += content.weight[i]
      waiting.push({ event, weight: content.weight[i] })
    })
  }
  return {
    pdf: process.hard.collision.pdf.id,
    tally,
    async take(count) {
      while (waiting.length < count) {
        const { value } = await blocks.next()
        if (value) receive(value)
        if (tally.generated >= enough && tally.selected < leastShare * tally.generated)
          throw new AppError(
            'physics/out-of-range',
            `Only ${tally.selected} of ${tally.generated} events of ${model.process} pass the selection (MET ≥ ${selection.met} GeV, ${selection.jets.count} jets above ${selection.jets.pt} GeV). Loosen it, or raise ptMin.`,
          )
      }
      return waiting.splice(0, count)
    },
    close: async () => void (await blocks.return(undefined)),
  }
}

function* endlessTasks(): Generator<EventTask> {
  for (let number = 0; ; number++) yield { number, count: eventsPerBlock }
}
