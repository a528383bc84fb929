import { dirname, basename, join } from 'node:path'
import { readFileSync } from 'node:fs'
import { defineCommand } from '../../../cli/command.ts'
import { modelFolder, writeFiles } from '../../../cli/files.ts'
import { product } from '../../../product.ts'
import { createFitHandlers } from '../analysis/fit/create-fit-handlers.ts'
import type { FitJobs } from '../analysis/fit/fit-jobs.ts'
import { fitVersion } from '../analysis/fit/fit-version.ts'
import { fitKinds, type FitKind } from '../analysis/fit/fit-setup.ts'
import { topPairDefaults } from '../default-intent.ts'
import { writeRecordedFit, type RecordedFit } from '../recorded-fit.ts'
import { shippedFor } from '../shipped-networks.ts'
import { pump } from './fit-options.ts'

export const recordFitCommand = defineCommand({
  summary: 'the three fits that the page begins with, with its shipped networks, into models/recorded',
  options: {
    out: {
      ...{ kind: 'output', what: 'file', default: join(modelFolder, 'recorded', 'fit.json') },
      help: 'the recorded fit, as the page reads it',
    },
  },
  run: async ({ out }, log) => {
    const setup = topPairDefaults.fit
    const handlers = createFitHandlers({})
    const quiet = (): null => null
    log('events and prediction')
    const data = await pump(handlers['prepare-fit']({ setup, dropped: null }), quiet, log)
    const files = shippedFor(setup).map(({ id }) => {
      const folder = join(modelFolder, 'ratios', id)
      const read = (name: string) => readFileSync(join(folder, name))
      return {
        ...{ name: id, card: read('card.json').toString('utf8') },
        ...{ weights: new Uint8Array(read('weights.bin')), run: null },
      }
    })
    const networks = await handlers['load-networks']({ setup, files })
    log('learned ratios')
    const { features } = data
    const { ratios, calibration } = await pump(
      handlers['predict-ratios']({ setup, networks, features }),
      quiet,
      log,
    )
    const fits = {} as RecordedFit['fits']
    for (const kind of fitKinds) {
      log(kind)
      fits[kind] = await sampled(
        handlers.fit({ setup, data, kind, ratios: kind === 'unbinned' ? ratios : null }),
      )
    }
    const today = new Date().toISOString().slice(0, 10)
    const text = writeRecordedFit({
      ...{ date: today, made: product, version: fitVersion, setup, data, calibration, fits },
    })
    writeFiles(dirname(out), [{ name: basename(out), bytes: text }])
    return { out, bytes: text.length, seconds: fitKinds.map((kind) => fits[kind].outcome.seconds) }
  },
})

/** A posterior with the reports of its run. */
async function sampled(
  run:
    | AsyncGenerator<FitJobs['fit']['progress'] | undefined, FitJobs['fit']['result'], void>
    | Generator<FitJobs['fit']['progress'] | undefined, FitJobs['fit']['result'], void>,
): Promise<RecordedFit['fits'][FitKind]> {
  const reports: RecordedFit['fits'][FitKind]['reports'] = []
  for (;;) {
    const step = await run.next()
    if (step.done) return { outcome: step.value, reports }
    if (step.value) reports.push(step.value.report)
  }
}
