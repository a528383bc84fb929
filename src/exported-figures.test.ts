import { expect, it } from 'vitest'
import { afterEvent } from './core/training/training-events.ts'
import { emptyTraining, type TrainingRun } from './core/training/training-run.ts'
import { binCount } from './physics/drell-yan/spectrum-templates.ts'
import { defaultObservables } from './physics/drell-yan/default-binning.ts'
import { fitKinds } from './studies/top-pair/analysis/fit/fit-setup.ts'
import { covarianceFigure } from './studies/drell-yan/views/data/covariance-figure.ts'
import { cornerFigure } from './studies/top-pair/views/corner-figure.ts'
import { smallOutcome } from './testing/small-fit.ts'
import { paperTheme } from './ui/plots/figure-theme.ts'
import { lossFigure } from './ui/training/loss-figure.ts'

/** Numbers of a figure that are drawn: coordinates, errors, cells. */
function drawnNumbers(value: unknown): number {
  if (typeof value === 'number') return 1
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, part) => sum + drawnNumbers(part), 0)
}

/** The longest training that the page allows, an evaluation at every 100th step. */
function longTraining(): TrainingRun {
  let run: TrainingRun = { ...emptyTraining, steps: 50_000 }
  for (let step = 1; step <= 50_000; step++) {
    run = { ...run, ...afterEvent(run, { kind: 'step', step, steps: 50_000, loss: 4, msPerStep: 1 }) }
    if (step % 100) continue
    const latent = new Float32Array(0)
    const checkpoint = new Uint8Array(0)
    const seen = { step, loss: 4, heldOutLoss: 4, effectiveRank: 2, collapsed: false }
    run = { ...run, ...afterEvent(run, { kind: 'evaluation', ...seen, latent, checkpoint }) }
  }
  return run
}

const centre = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
const bins = binCount(defaultObservables)
const matrix = new Float64Array(bins * bins)

// A picture of ever so many points freezes the page while it is written.
it.each([
  [
    'the loss of 50,000 steps',
    () => {
      const { losses, moments, steps } = longTraining()
      return lossFigure({
        ...{ losses, moments, steps, latentDim: 2, heldOut: 'x', shownStep: 100, theme: paperTheme },
      })
    },
  ],
  [
    'eight coefficients, fitted in three ways',
    () => {
      const outcome = smallOutcome('exact', centre, 0.1, 0, 128)
      return cornerFigure({
        outcomes: fitKinds.map((kind) => ({ ...outcome, kind })),
        ...{ front: 'exact', truth: null, halfWidth: 2, facts: [], theme: paperTheme },
      })
    },
  ],
  [
    'a covariance on the default bins',
    () =>
      covarianceFigure({
        report: { bins, correlation: matrix, relative: matrix },
        ...{ show: 'correlation', observables: defaultObservables, theme: paperTheme, ground: 'light' },
      }),
  ],
] as const)('%s is a picture of at most 200,000 numbers', (_, figure) => {
  const drawn = drawnNumbers(figure().data)
  expect(drawn).toBeGreaterThan(1000)
  expect(drawn).toBeLessThan(200_000)
})
