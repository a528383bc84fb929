import {
  unusualResidual,
  usualOnMap,
  type SpectrumScores,
} from '../../../analysis/anomaly/spectrum-scores.ts'
import { formatNumber } from '../../../../../ui/common/format.ts'

export interface FoldVerdict {
  tone: 'warn' | 'bad' | 'plain'
  title: string
  text: string
}

const nameOf = (universe: number): string => (universe === 0 ? 'the Standard Model' : `universe ${universe}`)

/** What the map makes of the spectrum, beside the truth. */
export function foldVerdict({ fold, residual, empirical }: SpectrumScores, latentDim: number): FoldVerdict {
  const onMap = empirical['kth-neighbour'].pValue
  const place = `On the map it lies ${formatNumber(fold.latentDistance, 2)} from ${nameOf(fold.universe)}, its true distance to that universe is D = ${formatNumber(fold.noiseFree, 3)} in units of the noise`
  const p = (value: number) => formatNumber(value, 2)
  if (fold.folded)
    return {
      tone: 'bad',
      title: `The map hides this: it is folded onto ${nameOf(fold.universe)}`,
      text: `${place}. ${latentDim} latent axes show nothing unusual (p = ${p(onMap)}), yet no universe of the theory explains the spectrum (p = ${p(residual.pValue)}).`,
    }
  if (residual.pValue < unusualResidual)
    return {
      tone: 'warn',
      title: 'Map and spectrum agree that this is unusual',
      text: `${place}. Map p = ${p(onMap)}, residual p = ${p(residual.pValue)}.`,
    }
  if (onMap < usualOnMap)
    return {
      tone: 'warn',
      title: 'Unusual on the map, though some universe explains it',
      text: `${place}. Residual p = ${p(residual.pValue)}: the shape is one of the theory, its size or place on the map is rare (p = ${p(onMap)}).`,
    }
  return {
    tone: 'plain',
    title: 'No test notices anything',
    text: `${place}. Some universe of the theory fits the spectrum (residual p = ${p(residual.pValue)}), and its place on the map is common (p = ${p(onMap)}). How often a deviation of this size would be noticed stands below the table of scores.`,
  }
}
