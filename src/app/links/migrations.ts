import type { LinkDocument, Migration } from '../../share/migrations.ts'
import { isPlainObject } from '../../share/untrusted-json.ts'

/** What the packed part of version 1 held, by study; the fields of both stood beside each other. Frozen. */
const fieldsOfVersion1: Readonly<Record<string, readonly string[]>> = {
  'drell-yan': [
    'model',
    'order',
    'coefficients',
    'colourBy',
    'showReplicas',
    'showContours',
    'showFlagged',
    'showMeasurement',
    'camera',
    'selection',
    'focus',
    'neighbourSpace',
    'neighbourCount',
    'observable',
    'ratioTo',
    'extraReplicas',
    'replicaSeed',
    'interpretTab',
    'shape',
    'noise',
    'classifier',
    'training',
    'uv',
    'compare',
    'setup',
  ],
  'top-pair': ['fit', 'fitKinds', 'fitFront'],
}

/** Each study gets a key of its own; what no study had stays where it was, to be told. */
function parted({ pairs, state }: LinkDocument): LinkDocument {
  const rest = new Map(Object.entries(state))
  const studies = Object.entries(fieldsOfVersion1).flatMap(([study, names]) => {
    const own = names.filter((name) => rest.has(name)).map((name) => [name, rest.get(name)] as const)
    for (const name of names) rest.delete(name)
    // Later studies had one already.
    const before = rest.get(study)
    rest.delete(study)
    const all = [...(isPlainObject(before) ? Object.entries(before) : []), ...own]
    return all.length > 0 ? [[study, Object.fromEntries(all)] as const] : []
  })
  return {
    // Generations came with version 2: before, there was one.
    pairs: [['g', '1'], ...pairs.filter(([key]) => key !== 'g')],
    state: Object.fromEntries([...rest, ...studies]),
  }
}

/** The steps of the app's links. */
export const linkMigrations: readonly Migration[] = [{ from: 1, what: null, apply: parted }]
