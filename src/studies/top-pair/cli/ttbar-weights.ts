import { weightsAtPoints } from '../analysis/point-weights.ts'
import { defineCommand } from '../../../cli/command.ts'
import { dipoleOption, dipoleScale } from './dipole-option.ts'
import { noteCoupling, processFromOptions, processOptions, readJsonFile } from './top-pair-options.ts'

export const ttbarWeightsCommand = defineCommand({
  summary: 'polynomial weights of t tbar events at given truth points',
  options: {
    points: {
      required: true,
      kind: 'file',
      what: 'file of points',
      help: 'JSON { events: [{ M [TeV], y, cos, np, nm }] }, np and nm unit vectors (r, n, k)',
    },
    ...processOptions,
    ...dipoleOption,
  },
  run: async (options, log) => {
    const process = processFromOptions(options)
    noteCoupling(process, log)
    const { convention, factor } = dipoleScale(options, process.parameters.alphaS)
    const points = readJsonFile(options.points)
    return { ...weightsAtPoints(points, process, factor), ctG: convention }
  },
})
