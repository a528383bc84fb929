import type { KeptNeighbours } from '../../numerics/kept-neighbours.ts'
import type { ColourLegend } from './MapLegend.tsx'
import type { MapColours } from './types.ts'

/** What is said of an answer. */
export interface KeptNumbers extends Pick<KeptNeighbours, 'k' | 'chance'> {
  maps: readonly { mean: number }[]
}

export interface KeptWords {
  /** "spectra": what true neighbours are near in. */
  truth: string
  /** What the maps of the answer are: "its 5-D latent space", "the plane drawn". */
  maps: readonly string[]
}

/** "Of 15 nearest spectra, 5.1 are near on this map; by chance 0.1." */
export function keptSentence({ k, chance, maps }: KeptNumbers, words: KeptWords): string {
  const parts = maps.map(({ mean }, m) => `${mean.toFixed(1)} are among the ${k} nearest in ${words.maps[m]}`)
  return `of the ${k} ${words.truth} most alike, on average ${parts.join(', ')} (${chance.toFixed(1)} by chance)`
}

/** "of 15 true neighbours, 3.0 in the plane drawn, 6.1 in the 5-D latent space" */
export function keptShort({ k, maps }: KeptNumbers, words: KeptWords): string {
  const parts = maps.map(({ mean }, m) => `${mean.toFixed(1)} in ${words.maps[m]}`)
  return `of ${k} true neighbours, ${parts.join(', ')}`
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
    return point < kept.length ? kept[point] / k : NaN
  })
  return {
    colours: { kind: 'value', value, ramp: 'viridis' },
    legend: { kind: 'ramp', ramp: 'viridis', low: '0', high: String(k), title: `neighbours kept of ${k}` },
  }
}
