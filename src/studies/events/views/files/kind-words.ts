import type { OwnFile } from '../../state/own-files.ts'

/** What a file of events is, in words. */
export const kindWords: Record<OwnFile['kind'], string> = {
  'dark-machines': 'Dark Machines',
  lhe: 'Les Houches',
  objects: 'Parquet, objects',
  particles: 'Parquet, particles',
  'root-objects': 'ROOT, objects',
  features: 'table of features',
}
