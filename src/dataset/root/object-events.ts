import { AppError } from '../../errors.ts'
import type { DarkMachinesEvent } from '../dark-machines/event-line.ts'
import type { ColumnPick } from '../picked-columns.ts'
import { maxRows } from '../table.ts'
import { chosenTree } from './chosen-tree.ts'
import { unsupported } from './faults.ts'
import { readLists, type Lists } from './read-columns.ts'
import { openRoot } from './root-file.ts'
import { checkEntries } from './root-table.ts'
import type { TreeColumn } from './tree-columns.ts'

/** Kinds of objects, and their types in an event: jets by their tag, leptons by their charge. */
const kinds = {
  jet: { types: [0, 1], tells: 'b' },
  electron: { types: [2, 3], tells: 'charge' },
  muon: { types: [4, 5], tells: 'charge' },
  photon: { types: [6, 6], tells: null },
} as const
type Kind = keyof typeof kinds
const kindNames = Object.keys(kinds) as Kind[]

/**
 * Columns of events with objects; momenta and masses in GeV. Of a kind of objects pt, eta and phi belong together, the others may
 * be lacking: masses are then 0, jets have no tag, leptons count as negative.
 */
export const objectColumns: readonly string[] = [
  ...['met', 'met_phi', 'weight'],
  ...kindNames.flatMap((kind) => {
    const { tells } = kinds[kind]
    return [...['pt', 'eta', 'phi', 'm'], ...(tells === null ? [] : [tells])].map((part) => `${kind}_${part}`)
  }),
]

/** Those that are momenta and masses. */
export const objectEnergies: readonly string[] = objectColumns.filter((name) => /^met$|_(pt|m)$/.test(name))

export interface ObjectEvents {
  entries: number
  /** An event, or what is wrong with it, in words that follow "entry 7". */
  eventAt(entry: number): DarkMachinesEvent | string
}

/**
 * The events of a tree with objects in branches of lists.
 *
 * @param pick  branches by column, where they are not called like the columns
 * @param bTag  from here on jet_b is a b-jet
 * @throws AppError 'data/mismatch' for columns that are lacking, else as readRoot
 */
export async function readObjectEvents(
  bytes: Uint8Array,
  pick: ColumnPick | undefined,
  bTag: number,
): Promise<ObjectEvents> {
  const root = await openRoot(bytes)
  const sourceOf = (name: string) => pick?.columns[name] ?? name
  const wanted = new Set(objectColumns.map(sourceOf))
  const { path, tree, columns } = await chosenTree(root, {
    tree: pick?.tree,
    needs: (name) => wanted.has(name),
  })
  const byName = new Map(columns.map((column) => [column.name, column]))
  const found = new Map<string, Lists>()
  if (tree.fEntries > maxRows)
    throw unsupported(`the tree has ${tree.fEntries} entries, at most ${maxRows} are read`, 'split the file')
  for (const name of objectColumns) {
    const column = byName.get(sourceOf(name))
    if (!column?.place) {
      if (pick && Object.hasOwn(pick.columns, name)) throw noBranch(path, name, sourceOf(name), columns)
      continue
    }
    const { place } = column
    checkEntries({ name: column.name, place }, tree.fEntries)
    found.set(
      name,
      scaled(await readLists(root, { ...column, place }, tree.fEntries), pick?.factors?.[name] ?? 1),
    )
  }
  checkComplete(found, path, columns)
  return { entries: tree.fEntries, eventAt: (entry) => eventOf(found, entry, bTag) }
}

function scaled(lists: Lists, factor: number): Lists {
  if (factor !== 1) for (let i = 0; i < lists.values.length; i++) lists.values[i] *= factor
  return lists
}

/** MET, and of each kind of objects that is there its pT, eta and phi. */
function checkComplete(
  found: ReadonlyMap<string, Lists>,
  path: string,
  columns: readonly TreeColumn[],
): void {
  const here = kindNames.filter((kind) =>
    objectColumns.some((name) => name.startsWith(`${kind}_`) && found.has(name)),
  )
  const needed = [
    'met',
    'met_phi',
    ...(here.length > 0 ? here : ['jet' as const]).flatMap((kind) => [
      `${kind}_pt`,
      `${kind}_eta`,
      `${kind}_phi`,
    ]),
  ]
  const lacking = needed.find((name) => !found.has(name))
  if (lacking !== undefined) throw noBranch(path, lacking, lacking, columns)
}

function noBranch(path: string, name: string, source: string, columns: readonly TreeColumn[]): AppError {
  const unread = columns.find((column) => column.name === source)
  const has = columns
    .slice(0, 20)
    .map((column) => column.name)
    .join(', ')
  return new AppError(
    'data/mismatch',
    `the tree ${path} has no branch of numbers ${source}${source === name ? '' : `, which is asked for as ${name}`}; ${unread ? `${source} holds ${unread.why}` : `it has ${has}`}. Say which one is ${name} (--branches ${name}=NAME).`,
  )
}

function eventOf(found: ReadonlyMap<string, Lists>, entry: number, bTag: number): DarkMachinesEvent | string {
  const one = (name: string, usual: number): number => {
    const lists = found.get(name)
    return lists ? lists.values[lists.starts[entry]] : usual
  }
  const [met, metPhi, weight] = [one('met', NaN), one('met_phi', NaN), one('weight', 1)]
  if (!(met >= 0 && met < Infinity)) return `has the MET ${met}, not a number from 0 on`
  if (!Number.isFinite(metPhi)) return `has the MET azimuth ${metPhi}, not a finite number`
  if (!(weight >= 0 && weight < Infinity)) return `has the weight ${weight}, not a number from 0 on`
  const event: DarkMachinesEvent = {
    ...{ event: String(entry), process: 'root', weight, met, metPhi, count: 0 },
    ...{ types: [], energy: [], pt: [], eta: [], phi: [] },
  }
  for (const kind of kindNames) {
    const fault = addObjects(event, found, kind, entry, bTag)
    if (fault !== undefined) return `has ${fault}`
  }
  return event.count === 0 ? 'has no object' : event
}

function addObjects(
  event: DarkMachinesEvent,
  found: ReadonlyMap<string, Lists>,
  kind: Kind,
  entry: number,
  bTag: number,
): string | undefined {
  const { types, tells } = kinds[kind]
  const pts = found.get(`${kind}_pt`)
  if (!pts) return undefined
  const count = pts.starts[entry + 1] - pts.starts[entry]
  for (let i = 0; i < count; i++) {
    const values: Record<string, number> = {}
    for (const part of ['pt', 'eta', 'phi', 'm', ...(tells === null ? [] : [tells])]) {
      const lists = found.get(`${kind}_${part}`)
      if (!lists) continue
      const [start, end] = [lists.starts[entry], lists.starts[entry + 1]]
      if (end - start !== count) return `${count} of ${kind}_pt and ${end - start} of ${kind}_${part}`
      values[part] = lists.values[start + i]
    }
    const { pt, eta, phi, m = 0, b = 0, charge = -1 } = values
    if (!(pt >= 0 && pt < Infinity && Number.isFinite(eta) && Number.isFinite(phi) && Number.isFinite(m)))
      return `pT ${pt}, eta ${eta}, phi ${phi}, mass ${m} in ${kind} ${i + 1}, not finite numbers with pT from 0 on`
    const second = tells === 'b' ? b >= bTag : charge > 0
    event.types.push(types[second ? 1 : 0])
    event.pt.push(pt)
    event.eta.push(eta)
    event.phi.push(phi)
    event.energy.push(Math.hypot(pt * Math.cosh(eta), m))
    event.count++
  }
  return undefined
}
