import type { BundleItem } from '../../share/bundle/bundle-format.ts'
import { packBundle } from '../../share/bundle/pack-bundle.ts'
import { product } from '../../product.ts'
import type {
  DroppedEvents,
  FitData,
  FitOutcome,
  FitProgress,
  PredictedRatios,
} from './analysis/fit/fit-jobs.ts'
import type { NetworkTask } from './analysis/fit/fit-setup.ts'
import type { NetworkFiles } from './analysis/ratios/network-files.ts'
import { fitLink } from './fit-link.ts'
import type { FitIntent } from './intent.ts'
import { bundledNetwork } from './state/bundled-networks.ts'
import { hashOfEvents } from './state/dropped-events.ts'
import { dataKey, fitKey, networkKey, ratiosKey } from './state/fit-keys.ts'
import { fitProductVersion } from './state/products.ts'

/** A fit that a command made, with what it rests on. */
export interface FitRun {
  setup: FitIntent
  dropped: DroppedEvents | null
  data: FitData
  networks: { task: NetworkTask; files: NetworkFiles }[]
  ratios: PredictedRatios | null
  outcome: FitOutcome
  reports: FitProgress['report'][]
  /** Texts beside the results, for other programs. */
  chains: { name: string; text: string }[]
  summary: string
}

/** Most reports that a page draws. */
const mostReports = 1000

/** The bundle of a fit, which opens on the page: results under the keys that the page gives its own. */
export async function packFitRun(run: FitRun): Promise<Uint8Array<ArrayBuffer>> {
  const { setup, dropped, networks } = run
  const data = dataKey(setup, dropped ? await hashOfEvents(dropped) : '')
  const learned = ratiosKey(
    setup,
    data,
    networks.map(({ task }) => networkKey(setup, task)),
  )
  const fit = fitKey(setup, run.outcome.kind, data, learned)
  const keyed = <T>(key: string, value: T) => ({ key, setup, value })
  const result = (kind: string, key: string, value: object): Omit<BundleItem, 'study'> => ({
    ...{ kind, key, version: fitProductVersion, holds: { value } },
  })
  const texts = (kind: string, files: { name: string; text: string }[]): Omit<BundleItem, 'study'> => ({
    kind,
    holds: { files: files.map(({ name, text }) => ({ name, content: text })) },
  })
  const step = Math.ceil(run.reports.length / mostReports)
  const reports = run.reports.filter((_, i) => i % step === 0)
  const items: Omit<BundleItem, 'study'>[] = [
    texts('summary', [{ name: 'summary.json', text: run.summary }]),
    texts('chains', run.chains),
    ...networks.map(({ task, files }) => bundledNetwork(networkKey(setup, task), files)),
    ...(dropped
      ? [
          {
            kind: 'events',
            holds: { files: [{ name: dropped.name, content: Uint8Array.from(dropped.bytes) }] },
          },
          ...(dropped.pick ? [{ kind: 'event-columns', holds: { value: dropped.pick } }] : []),
        ]
      : []),
    result('data', data, keyed(data, run.data)),
    ...(run.ratios ? [result('ratios', learned, keyed(learned, run.ratios))] : []),
    result('fit', fit, { outcome: keyed(fit, run.outcome), reports }),
  ]
  return packBundle({
    link: await fitLink(setup),
    made: product,
    items: items.map((item) => ({ ...item, study: 'top-pair' })),
  })
}
