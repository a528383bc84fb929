import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { foldBatchNorm } from '../../../ml/encoder-parameters.ts'
import { readModelFiles } from '../../../ml/model-files.ts'
import { whitenRows } from '../../../ml/whitening.ts'
import { mlpOutputs, runMlp } from '../../../ml/mlp.ts'
import { readSpectraFile } from '../../../dataset/spectra-file.ts'
import { defineCommand } from '../../../cli/command.ts'
import { modelOption } from '../../../cli/folder-options.ts'
import { modelPath } from './open-files.ts'

export const encodeCommand = defineCommand({
  summary:
    'latent coordinates of spectra in a .npy, .csv, .parquet or .root file (pb per bin, binned as the model)',
  options: {
    model: { ...modelOption, required: true },
    spectra: { kind: 'file', what: 'file of spectra', required: true, help: 'one spectrum per row' },
    branches: {
      kind: 'words',
      most: 8000,
      help: 'columns, or branches of a ROOT tree, that hold the bins; a branch of n numbers is n bins; default: all',
    },
    tree: { kind: 'text', most: 200, help: 'the tree, where a ROOT file has several' },
  },
  run: async (options, log) => {
    const folder = modelPath(options.model)
    const path = options.spectra
    const { card, parameters, whitening } = await readModelFiles({
      card: readFileSync(join(folder, 'card.json'), 'utf8'),
      model: readFileSync(join(folder, 'model.json'), 'utf8'),
      weights: new Uint8Array(readFileSync(join(folder, 'weights.bin'))),
    })
    const table = await readSpectraFile(basename(path), new Uint8Array(readFileSync(path)), {
      bins: card.architecture.features,
      only: options.branches,
      tree: options.tree,
    })
    for (const note of table.notes) log(note)
    const mlp = foldBatchNorm(parameters)
    const z = runMlp(mlp, whitenRows(whitening, table.data, table.rows), table.rows)
    const d = mlpOutputs(mlp)
    return {
      latent: Array.from({ length: table.rows }, (_, r) => Array.from(z.subarray(r * d, (r + 1) * d))),
    }
  },
})
