import type { TFile } from 'jsroot/io'
import { z } from 'zod'
import { AppError, checkedBy, describeIssues } from '../../errors.ts'
import { bytesAt, corrupt, unsupported } from './faults.ts'
import { quietly } from './quietly.ts'
import { checkHeader } from './root-header.ts'
import { histogramSchema, type StoredHistogram } from './stored-histogram.ts'
import { treeSchema, type StoredTree } from './stored-tree.ts'
import { provideZstd, unpack } from './unpack.ts'

z.config({ jitless: true })

const mostKeys = 10_000
const deepestFolder = 16
/** Of a fixed array in a class. */
const longestArray = 1_000_000

const keySchema = z.object({
  fName: z.string(),
  fClassName: z.string(),
  fCycle: z.number(),
  fNbytes: z.number(),
  fObjlen: z.number(),
  fKeylen: z.number(),
  fSeekKey: z.number(),
})
type Key = z.infer<typeof keySchema>
const keysSchema = z.array(keySchema).max(mostKeys)
const folderSchema = z.object({ fKeys: keysSchema })

const memberSchema = z
  .object({
    fArrayLength: z.number().max(longestArray).optional(),
    fArrayDim: z.number().max(5).optional(),
    fMaxIndex: z.instanceof(Uint32Array).optional(),
  })
  // Without dimensions there stands something else, as the checksum of a base.
  .refine(({ fArrayDim = 0, fMaxIndex = [] }) => {
    const lengths = Array.from(fMaxIndex).slice(0, fArrayDim)
    return lengths.reduce((product, n) => product * n, 1) <= longestArray
  }, `an array of more than ${longestArray}`)

/** Classes as JSROOT takes them from the file: what it makes room for by them must stay small. */
const classesSchema = z.object({
  arr: z.array(z.object({ fElements: z.object({ arr: z.array(memberSchema) }).nullish() })).max(mostKeys),
})

const treeClasses = ['TTree', 'TNtuple', 'TNtupleD']

/** An object of a file, told apart by its class. */
export interface RootObject {
  /** With its folders, as in "analysis/events". */
  path: string
  className: string
}

/** A ROOT file whose trees and histograms can be read. */
export interface RootFile {
  bytes: Uint8Array
  trees: readonly RootObject[]
  /** What it holds beside trees. */
  others: readonly RootObject[]
  readTree(path: string): Promise<StoredTree>
  readHistogram(path: string): Promise<StoredHistogram>
  /** An object that JSROOT knows by itself, such as a basket, at the beginning of some bytes. */
  readDirect(bytes: DataView, className: string): object
}

/**
 * Opens a ROOT file through JSROOT's input module, which knows nothing of drawing: formulas in the file stay the data that they
 * are. Of an object that was written several times the last cycle counts.
 *
 * @throws AppError 'data/corrupt', or 'data/unsupported' for what is too large
 */
export async function openRoot(bytes: Uint8Array): Promise<RootFile> {
  await checkHeader(bytes)
  await provideZstd()
  const { FileProxy, TBuffer, openFile } = await import('jsroot/io')
  /** Everything is read from these bytes: whatever a damaged file asks for, no address is called. */
  class Bytes extends FileProxy {
    override openFile = () => Promise.resolve(true)
    override getFileName = () => 'file'
    override getFileSize = () => bytes.length
    override readBuffer = (at: number, length: number) =>
      // JSROOT asks for more than the header has.
      Promise.resolve(bytesAt(bytes, at, Math.min(length, bytes.length - at), 'what is read'))
  }
  const file = await guarded('its list of objects', () => openFile(new Bytes()))
  if (!file) throw corrupt('it cannot be opened')
  parsed(classesSchema, file.fStreamerInfos, 'the description of classes')
  const objects = new Map<string, { key: Key; path: string }>()
  await guarded('its list of objects', () => list(file, file.fKeys, '', objects))
  const readObject = <T>(path: string, what: string, schema: z.ZodType<T>): Promise<T> =>
    guarded(what, async () => {
      const key = objects.get(path)?.key
      if (!key) throw corrupt(`it has no object ${path}`)
      const packed = bytesAt(bytes, key.fSeekKey + key.fKeylen, key.fNbytes - key.fKeylen, what)
      const buffer = new TBuffer(await unpack(packed, key.fObjlen, what), 0, file)
      buffer.fTagOffset = key.fKeylen
      const object = {}
      buffer.mapObject(1, object)
      return parsed(schema, buffer.classStreamer(object, key.fClassName), what)
    })
  const all = [...objects.values()].map(({ key, path }) => ({ path, className: key.fClassName }))
  return {
    bytes,
    trees: all.filter(({ className }) => treeClasses.includes(className)),
    others: all.filter(({ className }) => !treeClasses.includes(className)),
    readTree: (path) => readObject(path, `the tree ${path}`, treeSchema),
    readHistogram: (path) => readObject(path, `the histogram ${path}`, histogramSchema),
    readDirect(view, className) {
      try {
        return new TBuffer(view, 0, file).classStreamer({}, className)
      } catch (thrown) {
        throw corruptBy(thrown, `an object of the class ${className}`)
      }
    },
  }
}

/** Objects of a folder and of those in it, by path. */
async function list(
  file: TFile,
  keys: unknown,
  folder: string,
  into: Map<string, { key: Key; path: string }>,
  depth = 0,
): Promise<void> {
  if (depth > deepestFolder) throw corrupt(`its folders lie ${depth} deep`)
  for (const key of parsed(keysSchema, keys, 'the list of objects')) {
    if (key.fName === 'StreamerInfo' && depth === 0) continue
    const path = folder + key.fName
    const there = into.get(path)
    if (there && there.key.fCycle >= key.fCycle) continue
    if (into.size === mostKeys)
      throw unsupported(`the ROOT file has more than ${mostKeys} objects`, 'keep the trees that are needed')
    if (!/^TDirectory(File)?$/.test(key.fClassName)) into.set(path, { key, path })
    else {
      const read = parsed(folderSchema, await file.readObject(path, key.fCycle), `the folder ${path}`)
      await list(file, read.fKeys, `${path}/`, into, depth + 1)
    }
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const checked = checkedBy(schema, value)
  if (!checked.success) throw corrupt(`${what} does not fit (${describeIssues(checked.error.issues)})`)
  return checked.data
}

/** JSROOT throws plain errors of many kinds at damaged files. */
async function guarded<T>(what: string, read: () => Promise<T>): Promise<T> {
  try {
    return await quietly(read)
  } catch (thrown) {
    throw corruptBy(thrown, what)
  }
}

function corruptBy(thrown: unknown, what: string): AppError {
  if (thrown instanceof AppError) return thrown
  return corrupt(`${what} cannot be read (${thrown instanceof Error ? thrown.message : String(thrown)})`)
}
