import { readFile } from 'node:fs/promises'
import { loadAmplitudeKernel } from '../../kernels/load-kernels.ts'
import { amplitudeMethods } from '../../physics/amplitudes/create-process.ts'
import { evaluatePoints } from '../../physics/amplitudes/evaluate-points.ts'
import { defineCommand } from '../command.ts'

const fastest = 'fastest'

export const amplitudeCommand = defineCommand({
  summary: "|M|^2 of tree processes at phase-space points, over another program's",
  options: {
    points: {
      required: true,
      kind: 'file',
      what: 'file of points',
      help: '{parameters, points: [{process, note, points: [{p: [[E, px, py, pz], ...], me2}]}]} as JSON, GeV, incoming legs first',
    },
    method: {
      kind: 'choice',
      choices: [fastest, ...amplitudeMethods],
      default: fastest,
      help: 'closed forms, the WebAssembly kernel or the recursion it runs; each knows other processes',
    },
  },
  run: async (options) => {
    const text = await readFile(options.points, 'utf8')
    const { method } = options
    const kernel = await loadAmplitudeKernel()
    return { points: evaluatePoints(text, { kernel, method: method === fastest ? undefined : method }) }
  },
})
