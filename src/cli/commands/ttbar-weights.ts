import { weightsAtPoints } from '../../analysis/top-pair/point-weights.ts'
import { required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { dipoleOption, dipoleScale } from '../dipole-option.ts'
import { processFromOptions, processOptions, readJsonFile } from '../top-pair-options.ts'

export const ttbarWeightsCommand: Command = {
  summary: 'polynomial weights of t tbar events at given truth points',
  options: {
    points: { help: 'JSON file { events: [{ M [TeV], y, cos, np, nm }] }, np and nm unit vectors (r, n, k)' },
    ...processOptions,
    ...dipoleOption,
  },
  run: async (options) => {
    const process = processFromOptions(options)
    const { convention, factor } = dipoleScale(options, process.parameters.alphaS)
    const points = readJsonFile(required(options, 'points'), 'file of points')
    return { ...weightsAtPoints(points, process, factor), ctG: convention }
  },
}
