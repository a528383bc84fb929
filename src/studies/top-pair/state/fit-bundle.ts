import { fileOf, type Bundled, type Unbundled } from '../../../core/bundling.ts'
import { AppError, checkedBy, describeIssues } from '../../../errors.ts'
import type { ColumnPick } from '../../../dataset/picked-columns.ts'
import type { ReadBundleItem } from '../../../share/bundle/bundle-format.ts'
import type { TopPairHandle } from '../open.ts'
import { regionKey, toysKey } from './fit-keys.ts'
import { hashOfEvents } from './dropped-events.ts'
import { columnPickSchema, fitProductSchemas } from './fit-product-schemas.ts'
import type { FitProducts } from './fit-products.ts'
import { emptyFit, type FitState } from './fit-state.ts'
import { idle } from '../../../core/loadable.ts'
import {
  networkFilesKind,
  readBundledNetwork,
  trainedFilesKind,
  trainedNetworkFiles,
} from './bundled-networks.ts'
import { fitProductVersion, type FitProductTypes } from './products.ts'
import { fitKinds } from '../analysis/fit/fit-setup.ts'
import { chainTexts } from '../analysis/fit/chain-texts.ts'
import { withShortName } from '../../../core/short-named-file.ts'

type Kind = keyof typeof fitProductSchemas
type Made = { [K in Kind]: { kind: K; key: string; value: FitProductTypes[K] } }[Kind]

const isKind = (kind: string): kind is Kind => Object.hasOwn(fitProductSchemas, kind)

/** Which columns of the events are which. */
const columnsKind = 'event-columns'
/** The files of a chain of someone else. */
const chainKind = 'foreign-chain'

/** Texts for other programs: what they say stands among the results too. */
const forOthers = ['summary', 'chains', trainedFilesKind]

/** All results of the page under the keys that they are kept by. */
function madeOf(fit: FitState): Made[] {
  const { data, ratios, networks, fits, diagnostics, toys, regions, calibration } = fit.recorded
    ? { ...fit, data: idle, ratios: idle, fits: emptyFit.fits }
    : fit
  const loaded = <T>(of: Record<string, { value?: T } | undefined>): [string, T][] =>
    Object.entries(of).flatMap(([name, entry]) => (entry?.value === undefined ? [] : [[name, entry.value]]))
  return [
    ...(data.value ? [{ kind: 'data' as const, key: data.value.key, value: data.value }] : []),
    ...networks.flatMap(({ key, network, limit, epochs, from }) =>
      network && from === 'trained'
        ? [{ kind: 'network' as const, key, value: { network, limit, epochs } }]
        : [],
    ),
    ...(ratios.value ? [{ kind: 'ratios' as const, key: ratios.value.key, value: ratios.value }] : []),
    ...fitKinds.flatMap((kind) => {
      const { outcome, reports } = fits[kind]
      return outcome ? [{ kind: 'fit' as const, key: outcome.key, value: { outcome, reports } }] : []
    }),
    ...loaded(diagnostics).map(([, value]) => ({ kind: 'diagnostics' as const, key: value.key, value })),
    ...loaded(toys).map(([name, value]) => ({ kind: 'toys' as const, key: toysKey(name, value.key), value })),
    ...fitKinds.flatMap((kind) => {
      const value = regions[kind]?.value
      return value ? [{ kind: 'region' as const, key: regionKey(kind, value.key), value }] : []
    }),
    ...loaded(calibration).map(([, value]) => ({ kind: 'calibration' as const, key: value.key, value })),
  ]
}

/** Dropped events as they are, networks and results as plain data. */
export function bundledFit(fit: FitState): Bundled {
  const { dropped } = fit
  return {
    items: [
      ...(dropped
        ? [
            {
              kind: 'events',
              holds: { files: [{ name: dropped.name, content: Uint8Array.from(dropped.bytes) }] },
            },
            ...(dropped.pick ? [{ kind: columnsKind, holds: { value: dropped.pick } }] : []),
          ]
        : []),
      ...(fit.chain
        ? [
            {
              kind: chainKind,
              holds: {
                files: fit.chain.files.map(({ name, bytes }) => ({ name, content: Uint8Array.from(bytes) })),
              },
            },
          ]
        : []),
      ...madeOf(fit).map(({ kind, key, value }) => ({
        kind,
        key,
        version: fitProductVersion,
        holds: { value },
      })),
      ...filesForOthers(fit),
    ],
    lacks: [],
  }
}

/** Networks that were trained here and posteriors, as files that other programs read. */
function filesForOthers(fit: FitState): Bundled['items'] {
  const networks = fit.networks.flatMap(({ network, from }) => {
    const item = network && from === 'trained' ? trainedNetworkFiles(network) : null
    return item ? [item] : []
  })
  const chains = fit.recorded
    ? []
    : fitKinds.flatMap((kind) => {
        const outcome = fit.fits[kind].outcome
        return outcome ? chainTexts(kind, outcome.value, outcome.setup.priorHalfWidth) : []
      })
  if (chains.length === 0) return networks
  const files = chains.map(({ name, text }) => ({ name, content: text }))
  return [...networks, { kind: 'chains', holds: { files } }]
}

function checked<K extends Kind>(kind: K, value: unknown): FitProductTypes[K] {
  const result = checkedBy<FitProductTypes[K]>(fitProductSchemas[kind], value)
  if (result.success) return result.data
  throw new AppError(
    'share/invalid',
    `The ${kind} of the bundle is not what a fit makes: ${describeIssues(result.error.issues)}. Save the bundle again.`,
  )
}

/**
 * Of an item with a key, what lays it out.
 *
 * @throws AppError 'share/invalid' for what no fit makes
 */
async function readResult(item: ReadBundleItem) {
  const { kind, key, value } = item
  if (!isKind(kind) || key === undefined)
    throw new AppError('share/invalid', `The bundle holds "${kind}" of a fit, which this app does not know.`)
  const isFiles = kind === networkFilesKind && item.files.length > 0
  const product = isFiles ? await readBundledNetwork(item, 'bundle') : checked(kind, value)
  return ({ lend }: Pick<FitProducts, 'lend'>) => lend(kind, key, product)
}

/** @throws AppError 'share/invalid' */
function readPick(value: unknown): ColumnPick {
  const result = checkedBy<ColumnPick>(columnPickSchema, value)
  if (result.success) return result.data
  throw new AppError(
    'share/invalid',
    `The bundle does not say which columns of its events are which: ${describeIssues(result.error.issues)}. Save the bundle again.`,
  )
}

/**
 * @throws AppError 'input/invalid' while a run is under way, 'share/invalid' for results that are none
 */
export async function unbundledFit(
  items: readonly ReadBundleItem[],
  { store, fit }: TopPairHandle,
): Promise<Unbundled> {
  if (store.getState().fit.status !== 'idle')
    throw new AppError(
      'input/invalid',
      'A run of the fit is under way. Cancel it, then drop the bundle again.',
    )
  const files = items.filter(({ kind }) => kind === 'events').flatMap((item) => item.files)
  const picked = items.find(({ kind }) => kind === columnsKind)
  const results = items.filter(({ kind }) => !['events', columnsKind, chainKind, ...forOthers].includes(kind))
  const chain = items
    .filter(({ kind }) => kind === chainKind)
    .flatMap((item) =>
      item.files.map((each) => ({ name: withShortName(fileOf(each)).name, bytes: each.bytes })),
    )
  const other = results.find(({ version }) => version !== fitProductVersion)
  const lay = other ? [] : await Promise.all(results.map(readResult))
  const [first] = files
  const file = first && withShortName(fileOf(first))
  const dropped = first && { name: file.name, bytes: first.bytes, pick: picked && readPick(picked.value) }
  const events = dropped && { ...dropped, hash: await hashOfEvents(dropped) }
  return {
    async lay() {
      fit.forgetChain()
      fit.layOut(events ?? null, (products) => lay.forEach((lend) => lend(products)))
    },
    async finish() {
      if (chain.length > 0) await fit.readChain(chain)
      await fit.look()
      const { dropped, data } = store.getState().fit
      if (dropped && !data.value) await fit.prepare()
    },
    notes: other
      ? [
          `Results of its fit were made by version ${other.version ?? 'unknown'} of the code, this page computes with ${fitProductVersion}: they are left out. Run the fit again.`,
        ]
      : [],
  }
}
