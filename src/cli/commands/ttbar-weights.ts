import { weightsAtPoints } from '../../analysis/top-pair/point-weights.ts'
import { required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { processFromOptions, processOptions, readJsonFile } from '../top-pair-options.ts'

export const ttbarWeightsCommand: Command = {
  summary: 'polynomial weights of t tbar events at given truth points',
  options: {
    points: { help: 'JSON file { events: [{ M [TeV], y, cos, np, nm }] }' },
    ...processOptions,
  },
  run: async (options) =>
    weightsAtPoints(readJsonFile(required(options, 'points'), 'file of points'), processFromOptions(options)),
}
