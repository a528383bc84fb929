import { join } from 'node:path'
import { readSample } from '../../../cli/read-sample.ts'
import { samplesFolder, sha256OfFile } from '../../../cli/files.ts'
import type { OptionTable } from '../../../cli/options/option.ts'
import { joinEvents, multiTopClasses } from '../analysis/tokens/class-samples.ts'
import { tokenCorpus, type TokenCorpus } from '../analysis/tokens/corpus.ts'
import type { TokenScaling } from '../analysis/tokens/token-scaling.ts'
import { tokenInfos } from '../analysis/tokens/token-layout.ts'

/** Where the events of each class lie. */
export const sampleOptions = {
  samples: {
    kind: 'text',
    most: 500,
    default: samplesFolder,
    help: 'folder of samples, as make-samples writes them',
  },
  classes: {
    kind: 'words',
    most: 2000,
    default: multiTopClasses.map(({ id }) => id).join(','),
    help: 'samples, one a class',
  },
  events: {
    kind: 'number',
    min: 100,
    max: 10_000_000,
    integer: true,
    help: 'of each class at most; default: all',
  },
} as const satisfies OptionTable

export interface CorpusOfSamples {
  corpus: TokenCorpus
  /** Manifests, which name the bytes of the events. */
  samples: { id: string; sha256: string }[]
}

/** Tokens of samples of a folder, split by the seed; standardised by their training part, or as asked. */
export async function corpusOfSamples(
  folder: string,
  classes: readonly string[],
  splitSeed: number,
  most: number | undefined,
  scaling?: TokenScaling,
): Promise<CorpusOfSamples> {
  const own = []
  const samples = []
  for (const id of classes) {
    const { blocks } = await readSample(folder, id, most)
    own.push({ id, sample: joinEvents(blocks) })
    samples.push({ id, sha256: await sha256OfFile(join(folder, `${id}.json`)) })
  }
  return { corpus: tokenCorpus(own, splitSeed, scaling), samples }
}

export const tokenNames = (tokens: number): string[] => tokenInfos.slice(0, tokens).map(({ id }) => id)
