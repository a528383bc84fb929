import { loadArray } from '../../../dataset/load-array.ts'
import type { HttpOptions } from '../../../dataset/http.ts'
import type { ArrayEntry, DatasetManifest } from '../../../dataset/manifest.ts'
import { AppError } from '../../../errors.ts'
import { binCount, spectrumTemplates } from '../../../physics/drell-yan/spectrum-templates.ts'
import { operatorNames, quadraticCount } from '../../../physics/smeft/operators.ts'
import type { UniverseModel, UniverseTable } from './universes.ts'
import { createWhitening } from './whitening.ts'

/** An array of a manifest by name. @throws AppError 'data/corrupt' where it is missing or has another shape */
export function arrayEntry(manifest: DatasetManifest, name: string, shape: number[]): ArrayEntry {
  const entry = Object.hasOwn(manifest.arrays, name) ? manifest.arrays[name] : undefined
  if (!entry)
    throw new AppError(
      'data/corrupt',
      `Dataset ${manifest.id} has no array "${name}"; it has ${Object.keys(manifest.arrays).join(', ')}. Reload the page; if that does not help, the copy of the app is incomplete: tell whoever hosts it, or open another dataset.`,
    )
  if (entry.shape.join() !== shape.join())
    throw new AppError(
      'data/corrupt',
      `Array "${name}" of dataset ${manifest.id} is ${entry.shape.join(' x ')}, must be ${shape.join(' x ')}. Reload the page; if that does not help, the copy of the app is incomplete: tell whoever hosts it, or open another dataset.`,
    )
  return entry
}

/** Reads named arrays of a manifest, whole, with the shape that is asked for. */
export function arrayReader(manifest: DatasetManifest, manifestUrl: string, options: HttpOptions) {
  return async (name: string, shape: number[]): Promise<Float64Array> =>
    Float64Array.from((await loadArray(arrayEntry(manifest, name, shape), manifestUrl, options)).data)
}

/** The universe model and table of a shipped dataset, every array verified by hash and shape. */
export async function loadUniverseModel(
  manifest: DatasetManifest,
  manifestUrl: string,
  options: HttpOptions,
): Promise<{ model: UniverseModel; table: UniverseTable }> {
  if (manifest.operators.join() !== operatorNames.join())
    throw new AppError(
      'data/mismatch',
      `Dataset ${manifest.id} lists ${manifest.operators.length} operators (${manifest.operators.join(', ')}); this app needs ${operatorNames.length} in the order ${operatorNames.join(', ')}. Reload the page; if that does not help, the copy of the app is incomplete: tell whoever hosts it, or open another dataset.`,
    )
  const n = operatorNames.length
  const { halfWidth } = manifest.prior
  if (halfWidth.length !== n)
    throw new AppError(
      'data/corrupt',
      `The prior of dataset ${manifest.id} has ${halfWidth.length} half widths, must have ${n}, one per operator. Reload the page; if that does not help, the copy of the app is incomplete: tell whoever hosts it, or open another dataset.`,
    )
  const observables = manifest.observables.map(({ name, edges, absY }) => ({
    name,
    edges,
    ...(absY && { absY }),
  }))
  const bins = binCount(observables)
  const read = arrayReader(manifest, manifestUrl, options)
  const [sm, linear, quadratic, covariance, coefficients, flags] = await Promise.all([
    read('sm', [bins]),
    read('linear', [n, bins]),
    read('quadratic', [quadraticCount, bins]),
    read('covariance', [bins, bins]),
    read('coefficients', [manifest.universes, n]),
    read('flags', [manifest.universes]),
  ])
  return {
    model: {
      templates: spectrumTemplates({ observables, sm, linear, quadratic }),
      covariance,
      whitening: createWhitening(sm, covariance),
      prior: {
        name: manifest.prior.name,
        description: manifest.prior.description,
        halfWidth: Float64Array.from(halfWidth),
      },
    },
    table: { count: manifest.universes, coefficients, flags: Uint8Array.from(flags) },
  }
}
