import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AppError } from '../../errors.ts'
import { foldBatchNorm } from '../../ml/encoder-parameters.ts'
import { readModelFiles } from '../../ml/model-files.ts'
import { whitenRows } from '../../ml/whitening.ts'
import { mlpOutputs, runMlp } from '../../ml/mlp.ts'
import { readSpectraFile } from '../../dataset/spectra-file.ts'
import { required } from '../arguments.ts'
import type { Command } from '../command.ts'
import { modelPath } from '../open-files.ts'

export const encodeCommand: Command = {
  summary: 'latent coordinates of spectra in a .npy, .csv or .parquet file (pb per bin, binned as the model)',
  options: {
    model: { help: 'shipped model id, or a folder with card.json' },
    spectra: { help: 'file with one spectrum per row' },
  },
  run: async (options, log) => {
    const folder = modelPath(required(options, 'model'))
    const path = required(options, 'spectra')
    if (!existsSync(path))
      throw new AppError(
        'data/not-found',
        `There is no file ${path}. Give the path of a .npy, .csv or .parquet file.`,
      )
    const { card, parameters, whitening } = await readModelFiles({
      card: readFileSync(join(folder, 'card.json'), 'utf8'),
      model: readFileSync(join(folder, 'model.json'), 'utf8'),
      weights: new Uint8Array(readFileSync(join(folder, 'weights.bin'))),
    })
    const table = await readSpectraFile(basename(path), new Uint8Array(readFileSync(path)), {
      bins: card.architecture.features,
    })
    for (const note of table.notes) log(note)
    const mlp = foldBatchNorm(parameters)
    const z = runMlp(mlp, whitenRows(whitening, table.data, table.rows), table.rows)
    const d = mlpOutputs(mlp)
    return {
      latent: Array.from({ length: table.rows }, (_, r) => Array.from(z.subarray(r * d, (r + 1) * d))),
    }
  },
}
