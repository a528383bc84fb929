import type { BundleItem, ReadBundleItem } from '../share/bundle/bundle-format.ts'
import type { NotCarried } from './not-carried.ts'

/** What a study puts into a bundle. */
export interface Bundled {
  items: readonly Omit<BundleItem, 'study'>[]
  /** What a bundle does not carry either. */
  lacks: readonly NotCarried[]
}

/** What a study makes of its part of a bundle: read and checked, and nothing of it done yet. */
export interface Unbundled {
  /** Before the intent of the bundle is set: models that it names, results that it asks for. */
  lay(): Promise<void>
  /** The study's intent of the bundle's link, where names in it had to change. */
  intent?(intent: object): object
  /** Once it is set: what is about the dataset that it opened. Failures are told where they belong. */
  finish(): Promise<void>
  /** What cannot be taken over, in sentences. */
  notes: readonly string[]
}

/** A file of a bundle as if it were dropped. */
export function fileOf({ name, bytes }: ReadBundleItem['files'][number]): File {
  return new File([bytes], name)
}
