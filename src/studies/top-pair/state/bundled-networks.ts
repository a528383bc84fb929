import { AppError } from '../../../errors.ts'
import { parseRatioCard } from '../../../ml/ratio/ratio-card.ts'
import { ratioWeights, readRatioModelFiles } from '../../../ml/ratio/ratio-model-files.ts'
import type { BundleItem, ReadBundleItem } from '../../../share/bundle/bundle-format.ts'
import type { TrainedNetwork } from '../analysis/fit/fit-jobs.ts'
import { networkOfModel } from '../analysis/ratios/load-networks.ts'
import type { NetworkFiles } from '../analysis/ratios/network-files.ts'
import type { FitProductTypes } from './products.ts'
import { fitProductVersion } from './products.ts'

type BundledItem = Omit<BundleItem, 'study'>

/** A network as its files, which any program opens; the key says which network of the page it is. */
export const networkFilesKind = 'network'
export const trainedFilesKind = 'trained-network'

export function bundledNetwork(key: string, { card, weights, run }: NetworkFiles): BundledItem {
  return {
    ...{ kind: networkFilesKind, key, version: fitProductVersion },
    holds: {
      files: [
        { name: 'card.json', content: card },
        { name: 'weights.bin', content: weights },
        ...(run === null ? [] : [{ name: 'run.json', content: run }]),
      ],
    },
  }
}

/** Files of a network that was trained here, beside its result, for other programs; null where its card was not kept. */
export function trainedNetworkFiles({ card, parameters }: TrainedNetwork): BundledItem | null {
  if (card === undefined) return null
  return {
    kind: trainedFilesKind,
    holds: {
      files: [
        { name: 'card.json', content: card },
        { name: 'weights.bin', content: ratioWeights(parseRatioCard(card), parameters) },
      ],
    },
  }
}

/**
 * @throws AppError of readRatioModelFiles, 'share/invalid' where a file is missing or the key is that of other terms
 */
export async function readBundledNetwork(
  { key = '', files }: ReadBundleItem,
  from: string,
): Promise<FitProductTypes['network']> {
  const text = (name: string): string | null => {
    const file = files.find((each) => each.name === name)
    return file ? new TextDecoder().decode(file.bytes) : null
  }
  const card = text('card.json')
  const weights = files.find(({ name }) => name === 'weights.bin')?.bytes
  if (card === null || !weights)
    throw new AppError(
      'share/invalid',
      'A network of the bundle lacks its card.json or weights.bin. Save the bundle again.',
    )
  const model = await readRatioModelFiles({ card, weights })
  const network = networkOfModel(from, model, text('run.json'))
  const named = `#${network.task.terms.join()}/${network.task.replica}`
  if (!key.endsWith(named))
    throw new AppError(
      'share/invalid',
      `A network of the bundle is kept as ${key.slice(key.lastIndexOf('#'))}, its card says ${named}. Save the bundle again.`,
    )
  return { network, limit: null, epochs: network.origin?.epochs ?? 0 }
}
