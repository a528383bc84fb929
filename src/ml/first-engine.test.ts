import { expect, it } from 'vitest'
import { createRng } from '../numerics/rng.ts'
import { encoderJob, type EncoderEvent } from './encoder-job.ts'
import { firstEngine, measureBetweenSteps } from './first-engine.ts'
import { usualTraining, type TrainingConfig } from './training-config.ts'

const features = 5
const config: TrainingConfig = {
  ...usualTraining,
  ...{ widths: [8], universesPerBatch: 4, replicasPerUniverse: 2, steps: 40, patience: 99, backend: 'auto' },
}
const batch = (of: string) => {
  const rng = createRng(of.length).split(of)
  return {
    x: Float32Array.from({ length: 8 * features }, () => rng.normal()),
    labels: Int32Array.from({ length: 8 }, (_, i) => i >> 1),
    rows: 8,
  }
}

async function train(options: object): Promise<EncoderEvent[]> {
  const source = { features, next: (step: number) => batch(`step ${step}`) }
  const data = { source, heldOut: batch('held out') }
  const events: EncoderEvent[] = []
  for await (const event of encoderJob({ config, preview: new Float32Array(0) }, data, options))
    events.push(event)
  return events
}

it('a training begins on our kernels, and has made its first steps before any engine was measured', async () => {
  const options = { budgetMs: 1 }
  const events = await train(options)
  expect(events[0]).toMatchObject({ kind: 'backend', chosen: 'kernels' })
  const [first] = events
  if (first.kind !== 'backend') throw new Error('the first report names no engine')
  expect(first.report.map(({ name, msPerStep }) => [name, msPerStep])).toEqual([['kernels', undefined]])
  expect(events[1]).toMatchObject({ kind: 'step', step: 1 })

  const told = events.flatMap((event) => (event.kind === 'step' && event.measured ? [event] : []))
  expect(told).toHaveLength(1)
  expect(told[0].step).toBeGreaterThanOrEqual(10)
  const { chosen, report } = told[0].measured!
  expect(report.find(({ name }) => name === 'kernels')?.msPerStep).toBeGreaterThan(0)
  expect(report.find((each) => each.chosen)?.name).toBe(chosen)
})

it('what a thread found of the kernels is not measured in its next training', async () => {
  const options = { budgetMs: 1, enoughMs: 1e6 }
  const [, ...before] = await train(options)
  const measured = before.flatMap((event) => (event.kind === 'step' ? (event.measured ?? []) : []))
  expect(measured[0].chosen).toBe('kernels')
  const [begun, ...steps] = await train(options)
  expect(begun).toEqual({ kind: 'backend', chosen: 'kernels', report: measured[0].report })
  expect(steps.some((event) => event.kind === 'step' && event.measured)).toBe(false)
})

it('a batch that has no room as tensors stays with the kernels, whatever is faster', async () => {
  const large = { ...config, universesPerBatch: 5000 }
  const measure = measureBetweenSteps(large, { budgetMs: 1, enoughMs: 0 })
  let choice
  for (let i = 0; i < 100 && !choice; i++) choice = await measure()
  expect(choice?.chosen).toBe('kernels')
  expect(choice?.report.filter(({ chosen }) => chosen)).toHaveLength(1)
})

it('an engine that is named is checked before it is taken', async () => {
  const { chosen, report } = await firstEngine('kernels', {})
  expect(chosen).toBe('kernels')
  expect(report[0].maxDeviation).toBeLessThan(1e-3)
})
