import { AppError } from '../../errors.ts'
import { symbols, type DarkMachinesEvent } from '../../dataset/dark-machines/event-line.ts'
import type { ParquetLists, ParquetRow } from '../../dataset/parquet-lists.ts'
import { eventOfLhe } from './lhe-objects.ts'

const objectLists = ['object', 'energy', 'pt', 'eta', 'phi']
const particleLists = ['pdg_id', 'status', 'energy', 'px', 'py', 'pz']

/** Columns of events with objects, as `generate --format parquet` writes them: GeV. @throws AppError 'data/mismatch' */
export const objectListColumns = (file: ParquetLists): string[] =>
  withWeight(file, ['met', 'met_phi', ...objectLists], objectLists)

/** Columns of particles of the hard process, as it writes them: GeV. @throws AppError 'data/mismatch' */
export const particleListColumns = (file: ParquetLists): string[] =>
  withWeight(file, particleLists, particleLists)

function withWeight(
  { columns }: ParquetLists,
  needed: readonly string[],
  lists: readonly string[],
): string[] {
  for (const name of needed) {
    const found = columns.get(name)
    if (!found || found.list !== lists.includes(name))
      throw new AppError(
        'data/mismatch',
        `the Parquet file has ${found ? `a column ${name} of ${found.list ? 'lists' : 'single values'}` : `no column ${name}`}; events need ${needed.join(', ')}, of which ${lists.join(', ')} are lists. Write them so (GeV).`,
      )
  }
  return columns.has('weight') ? [...needed, 'weight'] : [...needed]
}

const listOf = (row: ParquetRow, name: string): (number | string)[] => {
  const cell = row[name]
  return Array.isArray(cell) ? cell : []
}
const isMomentum = (x: number): boolean => x >= 0 && x < Infinity

/** Lists of one row have one length. @returns what is wrong, or the length */
function commonLength(row: ParquetRow, names: readonly string[]): number | string {
  const [first, ...rest] = names
  const count = listOf(row, first).length
  const other = rest.find((name) => listOf(row, name).length !== count)
  return other === undefined ? count : `has ${count} of ${first} and ${listOf(row, other).length} of ${other}`
}

/** The event of a row, or what is wrong with it, in words that follow "row 7". */
export function objectsOfRow(row: ParquetRow, number: number): DarkMachinesEvent | string {
  const [met, metPhi, weight] = [Number(row.met), Number(row.met_phi), Number(row.weight ?? 1)]
  if (!isMomentum(met)) return `has the MET ${met}, not a number from 0 on`
  if (!Number.isFinite(metPhi)) return `has the MET azimuth ${metPhi}, not a finite number`
  if (!Number.isFinite(weight)) return `has the weight ${weight}, not a finite number`
  const count = commonLength(row, objectLists)
  if (typeof count === 'string') return count
  if (count === 0) return 'has no object'
  const names = listOf(row, 'object')
  const types = names.map((name) => symbols.indexOf(name as (typeof symbols)[number]))
  const strange = types.indexOf(-1)
  if (strange >= 0) return `has the unknown object "${names[strange]}" (known: ${symbols.join(' ')})`
  const [energy, pt, eta, phi] = ['energy', 'pt', 'eta', 'phi'].map((name) => listOf(row, name).map(Number))
  for (let i = 0; i < count; i++)
    if (![energy[i], eta[i], phi[i]].every(Number.isFinite) || !isMomentum(pt[i]))
      return `has object ${i + 1} with energy ${energy[i]}, pT ${pt[i]}, eta ${eta[i]}, phi ${phi[i]}, not finite numbers with pT from 0 on`
  return {
    ...{ event: String(number), process: 'parquet', weight, met, metPhi, count },
    ...{ types, energy, pt, eta, phi },
  }
}

/**
 * The same of particles: partons stand for jets, what is not seen for MET.
 *
 * @throws AppError as eventOfLhe
 */
export function particlesOfRow(row: ParquetRow, number: number): DarkMachinesEvent | string {
  const weight = Number(row.weight ?? 1)
  if (!Number.isFinite(weight)) return `has the weight ${weight}, not a finite number`
  const count = commonLength(row, particleLists)
  if (typeof count === 'string') return count
  const [ids, status, ...components] = particleLists.map((name) => listOf(row, name).map(Number))
  const momenta = new Float64Array(4 * count)
  for (let i = 0; i < count; i++)
    for (const [k, component] of components.entries()) {
      if (!Number.isFinite(component[i])) return `has a momentum ${component[i]} of particle ${i + 1}`
      momenta[4 * i + k] = component[i]
    }
  const event = { ids: Int32Array.from(ids), status: Int32Array.from(status), momenta, weight }
  const seen = eventOfLhe(event, number)
  return seen.count === 0 ? 'has no object' : seen
}
