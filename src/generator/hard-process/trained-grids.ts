import * as z from 'zod'
import { AppError, checkedBy } from '../../errors.ts'
import { readAsset } from '../../numerics/read-asset.ts'
import { sha256Hex } from '../../numerics/sha256.ts'
import { gridBins } from './block.ts'
import type { HardProcess } from './hard-process.ts'
import type { TrainedPart } from './unweighting.ts'

/** To be raised with every change of the coordinates of phase space, which old grids would not fit. */
export const gridVersion = 1

z.config({ jitless: true })

const share = z.number().min(0).max(1)
const headSchema = z.object({
  version: z.number().int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  parts: z.array(
    z.object({
      key: z.string().max(200),
      beams: z.number().int().min(2).max(3),
      final: z.number().int().min(0).max(12),
      efficiency: share,
      overweightShare: share,
      effectiveShare: share,
    }),
  ),
})

/** Head of the file of edges: what lies where, [dimensions, gridBins + 1] numbers each, beams first. */
export type TrainedHead = z.infer<typeof headSchema>

export type TrainedGrids = ReadonlyMap<string, TrainedPart>

/**
 * Which grids suit a part: those of the same partonic process, with a cut of pT or without, with a mediator that decays
 * or without. Energy, masses, densities and cuts may be others; the pilot tells whether the grids still serve.
 */
export function gridKeys({ groups, windows, resonances }: HardProcess): string[] {
  const cut = windows[0].min > 0 ? ', pT above' : ''
  return groups.map(({ names }, g) => `${names[0]}${resonances[g] ? ', chi chi~' : ''}${cut}`)
}

/** The grids for each part of a process, undefined where there are none. */
export function trainedFor(hard: HardProcess, grids: TrainedGrids): (TrainedPart | undefined)[] {
  return gridKeys(hard).map((key, g) => {
    const found = grids.get(key)
    const fits =
      found &&
      found.beams.length === hard.beamDimensions * (gridBins + 1) &&
      found.final.length === hard.dimensions[g] * (gridBins + 1)
    return fits ? found : undefined
  })
}

/** The shipped grids in two files. */
export async function encodeGrids(
  parts: ReadonlyMap<string, TrainedPart>,
): Promise<{ head: TrainedHead; edges: Uint8Array }> {
  const list = [...parts]
  const numbers = Float32Array.from(list.flatMap(([, { beams, final }]) => [...beams, ...final]))
  // Little-endian, whatever the machine.
  const edges = new Uint8Array(4 * numbers.length)
  const view = new DataView(edges.buffer)
  numbers.forEach((value, i) => view.setFloat32(4 * i, value, true))
  const head: TrainedHead = {
    version: gridVersion,
    sha256: await sha256Hex(edges),
    parts: list.map(([key, { beams, final, efficiency, overweightShare, effectiveShare }]) => ({
      ...{ key, beams: beams.length / (gridBins + 1), final: final.length / (gridBins + 1) },
      ...{ efficiency, overweightShare, effectiveShare },
    })),
  }
  return { head, edges }
}

/** @throws AppError 'data/corrupt' for another version, hash or length */
export async function decodeGrids(json: unknown, edges: Uint8Array): Promise<TrainedGrids> {
  const parsed = checkedBy(headSchema, json)
  if (!parsed.success)
    throw new AppError(
      'data/corrupt',
      `The trained grids have no readable head: ${parsed.error.issues[0].message}. Reload the page.`,
    )
  const { version, sha256, parts } = parsed.data
  const hash = await sha256Hex(edges)
  const length = 4 * (gridBins + 1) * parts.reduce((sum, { beams, final }) => sum + beams + final, 0)
  if (version !== gridVersion || hash !== sha256 || edges.length !== length)
    throw new AppError(
      'data/corrupt',
      `The trained grids are of version ${version} with ${edges.length} bytes and hash ${hash.slice(0, 8)}, expected version ${gridVersion} with ${length} and ${sha256.slice(0, 8)}. Reload the page; where the code was changed, the grids are to be trained again.`,
    )
  const view = new DataView(edges.buffer, edges.byteOffset, edges.byteLength)
  let at = 0
  const take = (dimensions: number): Float64Array =>
    Float64Array.from({ length: dimensions * (gridBins + 1) }, () => view.getFloat32(4 * at++, true))
  return new Map(
    parts.map(({ key, beams, final, ...shares }) => [
      key,
      { beams: take(beams), final: take(final), ...shares },
    ]),
  )
}

/** Where the two files lie; `new URL` is what Vite turns into files of the built site. */
export const gridHeadUrl = new URL('./trained/grids.json', import.meta.url)
export const gridEdgesUrl = new URL('./trained/grids.bin', import.meta.url)

/** @throws AppError, see readAsset and decodeGrids */
export async function loadTrainedGrids(): Promise<TrainedGrids> {
  const [head, edges] = await Promise.all([readAsset(gridHeadUrl), readAsset(gridEdgesUrl)])
  return await decodeGrids(JSON.parse(new TextDecoder().decode(head)), new Uint8Array(edges))
}
