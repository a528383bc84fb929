import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { defineCommand } from '../../../cli/command.ts'
import { countRange } from '../../../cli/options/ranges.ts'
import { sampleModels } from '../../../generator/samples/models.ts'
import { lheRatios } from '../analysis/distances/lhe-ratios.ts'

const mediated = Object.keys(sampleModels).filter((id) => sampleModels[id].mediator !== undefined)

export const eventRatioCommand = defineCommand({
  summary: 'exact |M|^2 ratio of two models of dark matter at the events of a Les Houches file',
  options: {
    events: {
      kind: 'file',
      what: 'Les Houches file',
      required: true,
      help: 'parton-level events with a mediator or its dark matter, such as generate --model vector-m500 writes',
    },
    a: { kind: 'choice', choices: mediated, required: true, help: 'model in the denominator' },
    b: { kind: 'choice', choices: mediated, required: true, help: 'model in the numerator' },
    most: { kind: 'number', ...countRange(1, 1_000_000), default: '1000', help: 'events at most' },
  },
  run: async ({ events: path, a, b, most }) => {
    const bytes = await readFile(path)
    const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
    const steps = lheRatios({ name: path, text, a, b, most })
    let step = await steps.next()
    while (!step.done) step = await steps.next()
    const { events } = step.value
    const mean = events.reduce((sum, { ratio }) => sum + ratio, 0) / events.length
    // A constant ratio is one of couplings and widths; what tells models apart is how it varies.
    const square = events.reduce((sum, { ratio }) => sum + (ratio - mean) ** 2, 0)
    return {
      ...{ a, b, meanRatio: mean },
      meanRatioError: Math.sqrt(square / (events.length - 1) / events.length),
      events: events.map(({ event, line, massGeV, ratio }) => ({ event, line, massGeV, ratio })),
    }
  },
})
