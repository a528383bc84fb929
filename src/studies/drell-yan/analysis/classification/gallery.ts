import { AppError } from '../../../../errors.ts'
import type { DatasetHeader } from '../dataset-types.ts'

/** The classes: universes of a dataset, by number. */
export interface Gallery {
  universes: Int32Array // [classes], numbers in the dataset's table
  means: Float32Array // [classes, bins], whitened
}

type Universes = Pick<DatasetHeader, 'table' | 'whitenedMeans' | 'universeModel'>

/**
 * The first `size` universes that are physical: universe 0 is the SM, and those with a negative linear bin are left
 * out, because no replica of theirs is a spectrum.
 */
export function galleryUniverses({ table }: Pick<Universes, 'table'>, size: number): number[] {
  const chosen: number[] = []
  for (let u = 0; u < table.count && chosen.length < size; u++) if (!table.flags[u]) chosen.push(u)
  return chosen
}

/** @throws AppError 'input/invalid' for fewer than two classes, a repeated one, or one that the dataset lacks */
export function gallery(header: Universes, universes: readonly number[]): Gallery {
  const { table, whitenedMeans, universeModel: model } = header
  if (universes.length < 2 || new Set(universes).size !== universes.length)
    throw new AppError(
      'input/invalid',
      `A classifier needs at least 2 different universes, got ${new Set(universes).size} of ${universes.length}. Choose more.`,
    )
  const bins = model.templates.bins
  const means = new Float32Array(universes.length * bins)
  universes.forEach((universe, k) => {
    if (!(universe >= 0 && universe < table.count))
      throw new AppError(
        'input/invalid',
        `There is no universe ${universe}; the dataset has ${table.count}, from 0. Choose one of them.`,
      )
    means.set(whitenedMeans.subarray(universe * bins, (universe + 1) * bins), k * bins)
  })
  return { universes: Int32Array.from(universes), means }
}
