import { notCarried, type NotCarried } from '../../../core/not-carried.ts'
import { calibrationTests, toyHypotheses } from '../intent.ts'
import { fitKinds, type FitKind } from '../analysis/fit/fit-setup.ts'
import type { TopPairContext } from '../model.ts'
import { rememberedEvents } from './dropped-events.ts'
import { calibrationKey, dataKey, fitKey, ratiosKey, regionKey, toysKey } from './fit-keys.ts'
import { toyName } from './fit-state.ts'
import { networkPlan } from './network-plan.ts'
import { fitProductVersion, type FitProductTypes } from './products.ts'

/** Of what a link of a fit does not carry: without what this browser keeps of the set-up, which comes back by itself. */
export async function topPairLacking(
  lacks: readonly NotCarried[],
  { store, platform }: Pick<TopPairContext, 'store' | 'platform'>,
): Promise<NotCarried[]> {
  const { intent, fit } = store.getState()
  const setup = intent.fit
  const remembered = rememberedEvents(platform.tab)
  const { hash, name: file } = fit.dropped ?? remembered ?? { hash: '', name: '' }
  const plan = networkPlan(setup, fit.own)
  const networks = plan.map(({ key }) => key)
  const data = dataKey(setup, hash)
  const fitKeyOf = (kind: FitKind) => fitKey(setup, kind, data, ratiosKey(setup, data, networks))
  const products = platform.products<FitProductTypes>(fitProductVersion)
  const kept = (kind: keyof FitProductTypes, key: string): Promise<boolean> =>
    products.get(kind, key).then(
      (found) => found !== null,
      () => false,
    )
  const all = async (found: readonly Promise<boolean>[]) => (await Promise.all(found)).every(Boolean)
  const some = async (found: readonly Promise<boolean>[]) => (await Promise.all(found)).some(Boolean)

  async function isHere({ kind, name }: NotCarried): Promise<boolean> {
    if (kind === 'events')
      return notCarried('events', file).name === name && (fit.dropped !== null || kept('dropped', hash))
    if (kind === 'chain') return notCarried('chain', fit.chain?.posterior.label).name === name
    // Those that are shipped are wherever the app is.
    if (kind === 'networks')
      return all(plan.map(async ({ key, from }) => from === 'shipped' || kept('network', key)))
    if (kind === 'fits') {
      const wanted = fitKinds.filter((each) => name?.split('+').includes(each))
      if (wanted.length > 0) return all(wanted.map((each) => kept('fit', fitKeyOf(each))))
      return some(fitKinds.map((each) => kept('fit', fitKeyOf(each))))
    }
    if (kind !== 'toys') return false
    return some(
      fitKinds.flatMap((each) => [
        ...toyHypotheses.map((hypothesis) =>
          kept('toys', toysKey(toyName(each, hypothesis), fitKeyOf(each))),
        ),
        ...calibrationTests.map((test) => kept('calibration', calibrationKey(each, test, setup))),
        kept('region', regionKey(each, fitKeyOf(each))),
      ]),
    )
  }

  const here = await Promise.all(lacks.map(isHere))
  return lacks.filter((_, i) => !here[i])
}
