import type { FitIntent } from '../intent.ts'
import { fitKinds } from '../analysis/fit/fit-setup.ts'
import { topPairDefaults } from '../default-intent.ts'
import { ready } from '../../../core/loadable.ts'
import { readAsset } from '../../../numerics/read-asset.ts'
import type { RecordedFit } from '../recorded-fit.ts'
import type { FitRunner } from './fit-runner.ts'
import { emptyTrack, type FitState } from './fit-state.ts'
import { fitVersion } from '../analysis/fit/fit-version.ts'

const [recordedUrl] = Object.values(
  import.meta.glob<string>('../../../../models/recorded/fit.json', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
)

/**
 * The fit of the set-up that the page begins with, made before and shipped: shown where a browser has made none of its own, and gone
 * with the first thing that is asked for.
 */
export function createFitRecorded(runner: FitRunner) {
  const { fit, update, page } = runner

  const nothingThere = ({ status, dropped, own, data, fits }: FitState): boolean =>
    status === 'idle' && !dropped && !own && !data.value && fitKinds.every((kind) => !fits[kind].outcome)

  /** The same events and fits: names of networks and engines aside. */
  const isRecorded = (setup: FitIntent): boolean =>
    fitKinds.every((kind) => runner.fitKeyOf(setup, kind) === runner.fitKeyOf(topPairDefaults.fit, kind))

  function show({ date, made, setup, data, calibration, fits }: RecordedFit): void {
    const keyed = <T>(key: string, value: T) => ({ key, setup, value })
    const none = { ratios: new Float64Array(0), spread: new Float64Array(0) }
    update({
      recorded: { date, made },
      data: ready(keyed(runner.dataKeyOf(setup), data)),
      ratios: ready(keyed(runner.learnedKeyOf(setup), { ...none, calibration })),
      fits: {
        binned: trackOf('binned'),
        unbinned: trackOf('unbinned'),
        exact: trackOf('exact'),
      },
    })

    function trackOf(kind: keyof RecordedFit['fits']): FitState['fits'][typeof kind] {
      const { outcome, reports } = fits[kind]
      return { ...emptyTrack, status: 'done', outcome: keyed(runner.fitKeyOf(setup, kind), outcome), reports }
    }
  }

  return {
    async look(setup: FitIntent): Promise<void> {
      if (!recordedUrl || !nothingThere(fit()) || !isRecorded(setup)) return
      const { readRecordedFit } = await import('../recorded-fit.ts')
      const bytes = await readAsset(new URL(recordedUrl, page)).catch(() => null)
      const recorded = bytes && readRecordedFit(new TextDecoder().decode(bytes))
      // Numbers of another version are not those that Run would find.
      if (recorded?.version === fitVersion && nothingThere(fit()) && isRecorded(runner.setup()))
        show(recorded)
    },
  }
}
