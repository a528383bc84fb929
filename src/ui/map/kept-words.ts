import { uncounted, type KeptNeighbours } from '../../numerics/kept-neighbours.ts'
import { formatCount } from '../common/format.ts'
import type { ColourLegend } from './MapLegend.tsx'
import type { MapColours } from './types.ts'

/** What is said of an answer. */
export interface KeptNumbers extends Pick<KeptNeighbours, 'k' | 'chance'> {
  sample?: KeptNeighbours['sample']
  maps: readonly { mean: number }[]
}

export interface KeptWords {
  /** "spectra": what true neighbours are near in. */
  truth: string
  /** What the maps of the answer are: "its 5-D latent space", "the plane drawn". */
  maps: readonly string[]
}

/** "Of 15 nearest spectra, 5.1 are near on this map; by chance 0.1." */
export function keptSentence({ k, chance, maps, sample }: KeptNumbers, words: KeptWords): string {
  const parts = maps.map(({ mean }, m) => `${mean.toFixed(1)} are among the ${k} nearest in ${words.maps[m]}`)
  return `of the ${k} ${words.truth} most alike, on average ${parts.join(', ')} (${chance.toFixed(1)} by chance${sampleWords(sample)})`
}

/** "of 15 true neighbours, 3.0 in the plane drawn, 6.1 in the 5-D latent space" */
export function keptShort({ k, maps, sample }: KeptNumbers, words: KeptWords): string {
  const parts = maps.map(({ mean }, m) => `${mean.toFixed(1)} in ${words.maps[m]}`)
  return `of ${k} true neighbours, ${parts.join(', ')}${sample ? ` (a sample of ${formatCount(sample.size)} dots)` : ''}`
}

const sampleWords = (sample: KeptNumbers['sample']): string =>
  sample ? `; counted on a sample of ${formatCount(sample.size)} of ${formatCount(sample.of)}` : ''

/** "6 of 15" of a point; undefined where it was not counted. */
export function keptOf({ k, maps }: KeptNeighbours, map: number, point: number): string | undefined {
  const own = maps[map].kept.at(point)
  return own === undefined || own === uncounted ? undefined : `${own} of ${k}`
}

/** Dots coloured by how many true neighbours of their point the map keeps. @param pointOf  [dots] */
export function keptColours(
  { k, maps }: KeptNeighbours,
  map: number,
  dots: number,
  pointOf: (dot: number) => number,
): { colours: MapColours; legend: ColourLegend } {
  const { kept } = maps[map]
  const value = Float32Array.from({ length: dots }, (_, dot) => {
    const point = pointOf(dot)
    return point < kept.length && kept[point] !== uncounted ? kept[point] / k : NaN
  })
  return {
    colours: { kind: 'value', value, ramp: 'viridis' },
    legend: { kind: 'ramp', ramp: 'viridis', low: '0', high: String(k), title: `neighbours kept of ${k}` },
  }
}
