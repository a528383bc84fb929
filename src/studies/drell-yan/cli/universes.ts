import { basename, dirname } from 'node:path'
import { AppError } from '../../../errors.ts'
import { mlpOutputs, runMlp } from '../../../ml/mlp.ts'
import { hepDataZip } from '../../../numerics/tables/hepdata-submission.ts'
import { writeNpz } from '../../../numerics/tables/npz-file.ts'
import { rangesOf, ruleMask } from '../../../numerics/tables/rules.ts'
import { defineCommand } from '../../../cli/command.ts'
import { writeFiles } from '../../../cli/files.ts'
import { datasetOption, modelOption } from '../../../cli/folder-options.ts'
import { universeColumns } from '../analysis/universe-columns.ts'
import { defaultModelOf, openDatasetFolder, openModelFolder } from './open-files.ts'

export const universesCommand = defineCommand({
  summary:
    'universes for which a rule holds, with their places on the map and coefficients: listed, npz, HEPData',
  options: {
    data: datasetOption,
    model: { ...modelOption, help: `${modelOption.help}; by default the one of the dataset` },
    where: {
      kind: 'text',
      most: 1000,
      help: 'a rule as the map takes it: "clq3 > 0.004 and not D < 2", D the distance to the SM in sigma; absent: all',
    },
    npz: { kind: 'output', what: 'file', help: 'file.npz: an array per column, for numpy.load' },
    hepdata: { kind: 'output', what: 'file', help: 'file.zip for a submission to HEPData' },
  },
  run: async (options, log) => {
    const header = await openDatasetFolder(options.data)
    const encoder = await openModelFolder(options.model ?? defaultModelOf(header), header, log)
    const { count } = header.table
    const columns = universeColumns({ header })
    const mask = options.where
      ? ruleMask(options.where, { count, columns, named: () => null })
      : new Uint8Array(count).fill(1)
    const universes = Array.from(mask.keys()).filter((universe) => mask[universe])
    if (universes.length === 0)
      throw new AppError(
        'input/invalid',
        `--where "${options.where}" holds for none of ${count} universes. ${rangesOf(options.where ?? '', { count, columns }, (value) => String(Number(value.toPrecision(3))))}`,
      )
    const latent = runMlp(encoder.mlp, header.whitenedMeans, count)
    const d = mlpOutputs(encoder.mlp)
    const places = Array.from({ length: d }, (_, axis) => ({
      ...{ name: `z${axis + 1}`, title: `z${axis + 1}` },
      values: universes.map((u) => latent[u * d + axis]),
    }))
    const [universe, ...others] = columns.map(({ name, title, value }) => ({
      ...{ name, title },
      values: universes.map(value),
    }))
    const table = [universe, ...places, ...others]
    const provenance = [
      `dataset: ${header.manifest.id} sha256 ${header.manifestHash}`,
      `model: ${encoder.id}`,
      `rule: ${options.where ?? 'all universes'}`,
    ]
    const write = (path: string, bytes: Uint8Array) =>
      writeFiles(dirname(path), [{ name: basename(path), bytes }])
    if (options.npz !== undefined) {
      const titles = new Map(table.map((column) => [column.name, column.title]))
      write(options.npz, await writeNpz(table, provenance, ({ name }) => `, ${titles.get(name)}`))
    }
    if (options.hepdata !== undefined) {
      const [independent, ...dependent] = table.map(({ title, values }) => ({ name: title, values }))
      const description = `${universes.length} universes of a map: ${provenance[2]}`
      write(
        options.hepdata,
        await hepDataZip({ description, independent: [independent], dependent }, provenance),
      )
    }
    return { data: header.manifest.id, model: encoder.id, of: count, count: universes.length, universes }
  },
})
