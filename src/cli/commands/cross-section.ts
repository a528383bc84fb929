import { integrate, type IntegrationPlan, type WindowResult } from '../../generator/hard-process/integrate.ts'
import { pointsPerBlock } from '../../generator/hard-process/block.ts'
import type { HardProcess } from '../../generator/hard-process/hard-process.ts'
import { defineCommand } from '../command.ts'
import { runnerFromOptions } from '../cross-section/block-runner.ts'
import { densityHash } from '../cross-section/density-hash.ts'
import { collisionOptions, ptRange, type CollisionOptions } from '../cross-section/options.ts'
import { hardProcessFromOptions } from '../cross-section/set-up.ts'
import { stateFromSections, stateToSections } from '../cross-section/stored-state.ts'
import { countRange } from '../options/ranges.ts'
import { resumable, resumeOptions, type ResumableRun } from '../resumable-run.ts'

export const crossSectionCommand = defineCommand({
  summary: 'leading-order cross-section of a hard process, also in bins of pT [pb]',
  options: {
    ...collisionOptions,
    'pt-bins': {
      kind: 'numbers',
      least: 2,
      most: 101,
      ...ptRange,
      help: 'rising edges; each bin is integrated by itself to --error',
    },
    error: { kind: 'number', min: 1e-4, max: 0.5, default: '0.005', help: 'relative error to reach' },
    'max-points': {
      kind: 'number',
      ...countRange(10_000, 1e11),
      default: '1e8',
      help: 'give up (exit code 3) after this many phase-space points',
    },
    workers: { kind: 'number', ...countRange(1, 64), default: '1', help: 'threads that share the points' },
    ...resumeOptions,
  },
  run: async (options, log, texts) => {
    const { hard, set } = await hardProcessFromOptions(options, log)
    if (hard.leftOut.length > 0)
      log(`left out, as their amplitudes are not known here: ${hard.leftOut.join(', ')}`)
    const plan: IntegrationPlan = {
      dimensions: hard.dimensions,
      beamDimensions: hard.beamDimensions,
      windows: hard.windows.length,
      error: options.error,
      maxPoints: options['max-points'],
    }
    const request = {
      command: 'cross-section',
      options,
      texts: { ...texts, workers: undefined },
      rests: { 'the PDF': await densityHash(options.pdf) },
    }
    const { windows, points } = await resumable(request, log, (run) => work(options, hard, plan, run))
    const [total, ...bins] = windows
    log(`clipped share ${total.clippedShare.toExponential(2)}: weights below 0 were taken as 0`)
    return {
      ...shown(total),
      ...(bins.length > 0 && {
        bins: bins.map((bin, i) => ({
          ptGeV: [hard.windows[i + 1].min, hard.windows[i + 1].max],
          ...shown(bin),
        })),
      }),
      parameters: set.named,
      ...(set.mediator && { mediator: set.mediator }),
      processes: hard.groups.flatMap(({ names }) => names),
      ...(hard.leftOut.length > 0 && { leftOut: hard.leftOut }),
      points,
      converged: windows.every(({ converged }) => converged),
    }
  },
})

const shown = ({ value, error, clippedShare }: WindowResult) => ({
  sigma_pb: value,
  error_pb: error,
  clippedShare,
})

async function work(
  options: CollisionOptions & { workers: number },
  hard: HardProcess,
  plan: IntegrationPlan,
  run: ResumableRun,
): Promise<{ windows: WindowResult[]; points: number }> {
  const runner = runnerFromOptions(options, hard)
  try {
    const integration = integrate(plan, stateFromSections(run.stored, plan))
    let step = integration.next()
    while (!step.done) {
      const { tasks, state, points, expected } = step.value
      let done = points
      const sums = await runner.run(tasks, () => {
        done += pointsPerBlock
        const total = Math.max(done, expected)
        return run.step({ done, total, unit: 'point' }, () => stateToSections(state))
      })
      step = integration.next(sums)
    }
    return step.value
  } finally {
    await runner.close()
  }
}
