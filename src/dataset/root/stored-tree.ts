import { z } from 'zod'

z.config({ jitless: true })

// What JSROOT makes of a TTree: members by their names in ROOT, of which these are looked at.

const numbers = z.custom<ArrayLike<number>>((value) => Array.isArray(value) || ArrayBuffer.isView(value))
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

const leafSchema = z.object({
  /** Class of the leaf, which is the type of its numbers. */
  _typename: z.string(),
  fName: z.string(),
  /** Numbers of a fixed array, 1 of a single number. */
  fLen: count,
  fIsUnsigned: z.boolean(),
  /** The leaf that says how many numbers an entry has. */
  fLeafCount: z.object({ fName: z.string() }).nullish(),
})
export type StoredLeaf = z.infer<typeof leafSchema>

/** A basket that was written with the tree and not by itself. */
const innerBasketSchema = z.object({
  fNevBuf: count,
  fKeylen: count,
  fLast: count,
  fEntryOffset: numbers.optional(),
  fBufferRef: z.object({ arr: z.instanceof(DataView) }).optional(),
})

const branchSchema = z.object({
  _typename: z.string(),
  fName: z.string(),
  fEntries: count,
  fEntryOffsetLen: z.number(),
  /** Baskets that are written. */
  fWriteBasket: count,
  fBasketBytes: numbers,
  fBasketEntry: numbers,
  fBasketSeek: numbers,
  /** Another file that has the baskets. */
  fFileName: z.string(),
  fBranches: z.object({ arr: z.array(z.unknown()) }),
  fLeaves: z.object({ arr: z.array(leafSchema) }),
  fBaskets: z.object({ arr: z.array(innerBasketSchema.nullish()) }),
  /** Of branches of objects: their class. */
  fClassName: z.string().optional(),
})
export type StoredBranch = z.infer<typeof branchSchema>

export const treeSchema = z.object({
  fName: z.string(),
  fEntries: count,
  fBranches: z.object({ arr: z.array(branchSchema) }),
})
export type StoredTree = z.infer<typeof treeSchema>

export const basketSchema = z.object({
  fNbytes: count,
  fObjlen: count,
  fKeylen: count,
  fNevBuf: count,
  /** End of the numbers, counted from the beginning of the key. */
  fLast: count,
})
