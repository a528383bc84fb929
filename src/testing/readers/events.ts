import { AppError } from '../../errors.ts'
import { createRng } from '../../numerics/rng.ts'
import { parsePointsFile } from '../../physics/amplitudes/points-file.ts'
import { importLhe } from '../../studies/top-pair/analysis/import-lhe.ts'
import { parseBenchmarks } from '../../studies/top-pair/analysis/lhe-benchmarks.ts'
import { headerPoints } from '../../studies/top-pair/analysis/lhe-header.ts'
import { smallLhe } from '../small-lhe.ts'
import { parseJson, textOf, utf8, type Reader } from './reader.ts'

const lhe = smallLhe(3).replaceAll(
  '</event>',
  "<rwgt>\n<wgt id='sm'> 2.0 </wgt>\n<wgt id='td8=2'> 3.0 </wgt>\n<wgt id='td8=-2'> 2.5 </wgt>\n</rwgt>\n</event>",
)
const cards =
  "<slha>\nBLOCK DIM6 #\n      1 1.0e+03 # Lambda\n      5 0.0 # ctd8\n</slha>\n<initrwgt>\n<weight id='rwgt_1'>set param_card dim6 5 2.0 # orig: 0.0</weight>\n<weight id='rwgt_2'>set param_card dim6 5 -2.0</weight>\n</initrwgt>\n"
type Told = { count: number; told: readonly string[] }

export const eventReaders: Record<string, Reader> = {
  'Les Houches events': {
    file: utf8(lhe),
    read: async (bytes) => {
      const run = importLhe([textOf(bytes)], {
        ...{ name: 'f', observables: ['m_tt', 'm_ll'], rng: createRng(1) },
        ...{ benchmarks: 'by-name', skipOthers: true, negativeWeights: true },
      })
      let step = await run.next()
      while (!step.done) step = await run.next()
      const { table: read, notes } = step.value
      return {
        count: read.rows,
        told: notes,
        operators: read.operators,
        weights: read.weights,
        columns: read.columns,
      }
    },
    listed: {
      why: 'another number; whatever is left out is told',
      may: (before: Told, after: Told) => after.count === before.count || after.told.length > 0,
    },
  },
  'cards of reweighting': {
    file: utf8(cards),
    read: (bytes) => {
      const points = [...headerPoints(textOf(bytes))].map(([id, point]) => [id, [...point]])
      if (points.length < 2) throw new AppError('data/mismatch', 'a weight is not understood')
      return points
    },
    listed: { why: 'a weight whose card is not understood is told by its name', may: () => true },
  },
  benchmarks: {
    file: utf8('{"operators": ["td8"], "points": {"sm": [0], "rwgt_1": [2], "rwgt_2": [-2]}}'),
    read: (bytes) => {
      return parseBenchmarks(parseJson(bytes), 'f')
    },
    listed: { why: 'another number or name', may: (_before: never, _after: never, kind) => kind !== 'cut' },
  },
  'points of amplitudes': {
    file: utf8(
      '{"parameters":{"mt":172.5,"gs":1.2},"points":[{"process":"g g > t t~","points":[{"p":[[500,0,0,500],[500,0,0,-500],[500,0,10,460],[500,0,-10,-460]],"me2":1.5}]}]}',
    ),
    read: (bytes) => parsePointsFile(textOf(bytes)),
    listed: { why: 'another number or name', may: (_before: never, _after: never, kind) => kind !== 'cut' },
  },
}
