import { sha256Hex } from '../../../numerics/sha256.ts'
import { AppError } from '../../../errors.ts'
import type { NetworkFiles } from './ratios/network-files.ts'

/** A card is small. */
const largestCardBytes = 256 * 1024

/** The text of a card of a ratio network; null for any other file. */
async function cardText(file: File): Promise<string | null> {
  if (file.size > largestCardBytes) return null
  const text = await file.text()
  return /^\uFEFF?\s*\{/.test(text) && /"kind"\s*:\s*"ratio"/.test(text) ? text : null
}

/** SHA-256 of the weights, as a card names it: whether the card is whole is told when it is read. */
const weightsNamed = (card: string): string | undefined =>
  /"weightsSha256"\s*:\s*"([0-9a-f]{64})"/.exec(card)?.[1]

interface Sorted {
  pairs: { card: string; name: string; weights: File; bytes: Uint8Array<ArrayBuffer>; cardFile: File }[]
  /** Cards whose weights are not there. */
  alone: File[]
}

/** Cards with their weights, found by hash: browsers rename second copies. */
async function sortNetworks(files: readonly File[]): Promise<Sorted> {
  const sorted: Sorted = { pairs: [], alone: [] }
  const texts = await Promise.all(files.map(cardText))
  if (texts.every((text) => text === null)) return sorted
  const others = await Promise.all(
    files
      .filter((_, i) => texts[i] === null)
      .map(async (file) => {
        const bytes = new Uint8Array(await file.arrayBuffer())
        return { file, bytes, sha256: await sha256Hex(bytes) }
      }),
  )
  texts.forEach((card, i) => {
    if (card === null) return
    const weights = others.find(({ sha256 }) => sha256 === weightsNamed(card))
    if (!weights) sorted.alone.push(files[i])
    else
      sorted.pairs.push({
        ...{ card, cardFile: files[i], weights: weights.file, bytes: weights.bytes },
        name: files[i].name,
      })
  })
  return sorted
}

/** The files that are ratio networks: cards, and the weights that they name. */
export async function chooseNetworks(files: readonly File[]): Promise<File[]> {
  const { pairs, alone } = await sortNetworks(files)
  return [...pairs.flatMap(({ cardFile, weights }) => [cardFile, weights]), ...alone]
}

/**
 * Ratio networks as they were dropped.
 *
 * @throws AppError 'input/invalid' naming cards whose weights are not there
 */
export async function readNetworkFiles(files: readonly File[]): Promise<NetworkFiles[]> {
  const { pairs, alone } = await sortNetworks(files)
  if (alone.length > 0 || pairs.length === 0)
    throw new AppError(
      'input/invalid',
      `A ratio network has two files, card.json and weights.bin. ${alone.length > 0 ? `The weights that ${alone.map(({ name }) => name).join(', ')} names by their SHA-256 are not among the ${files.length} files` : `None of the ${files.length} files is such a card`}. Drop both files of each network together.`,
    )
  return pairs.map(({ name, card, bytes }) => ({ name, card, weights: bytes, run: null }))
}
