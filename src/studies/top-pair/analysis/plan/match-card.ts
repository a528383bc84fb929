import type { ReadRatioCard } from '../../../../ml/ratio/ratio-card.ts'
import { ratioPresets } from '../../../../ml/ratio/ratio-presets.ts'
import { fitVersion } from '../fit/fit-version.ts'
import { compareCard, wantedNetworks, type WantedNetworks } from '../ratios/network-setup.ts'
import { networkSeed } from '../ratios/training-sample.ts'
import type { NetworkPlanFile } from './plan.ts'
import { networkTask, type PlanTask } from './plan-tasks.ts'

/** What of a plan cards are compared with, made once for all of them. */
export interface PlanMatcher {
  /**
   * The task that a card is the network of, by terms and replica.
   *
   * @returns why it is of no task, in words, otherwise
   */
  taskOf(card: ReadRatioCard): PlanTask | string
}

export function planMatcher({ setup, tasks }: Pick<NetworkPlanFile, 'setup' | 'tasks'>): PlanMatcher {
  const wanted: WantedNetworks = wantedNetworks(setup)
  const preset = ratioPresets[setup.preset]
  const points = setup.trainingPoints ?? preset.events
  const epochs = setup.epochs ?? preset.training.epochs
  return {
    taskOf(card) {
      const { made } = card
      if (!made) return 'its card has version 1, which does not say how it was made'
      const task = tasks.find(
        ({ terms, replica }) => replica === made.replica && terms.join() === card.terms.join(),
      )
      if (!task) return `no task of the plan is ${card.terms.join(', ')} of replica ${made.replica}`
      const [difference] = compareCard(card, wanted).different
      if (difference)
        return `${difference.what} ${difference.card} on the card, ${difference.wanted} in the plan`
      const numbers = made.product.split(', ').at(-1)
      const differences: [what: string, card: unknown, plan: unknown][] = [
        ['networks', made.preset, setup.preset],
        ['seed', made.seed, setup.seed],
        ['seed of the training', card.training.seed, networkSeed(setup, networkTask(task))],
        ['phase-space points', made.points, points],
        ['epochs', card.training.epochs, epochs],
        ['recalibration', recalibrated(card), setup.recalibrate && preset.method.kind === 'classifier'],
        ['numbers', numbers, fitVersion],
        ['precision', card.precision ?? 'float32', 'float32'],
      ]
      const other = differences.find(([, own, planned]) => own !== planned)
      return other ? `${other[0]} ${String(other[1])} on the card, ${String(other[2])} in the plan` : task
    },
  }
}

const recalibrated = ({ decoder }: ReadRatioCard): boolean =>
  decoder.kind === 'classifier' && decoder.recalibration !== undefined && decoder.recalibration !== null
