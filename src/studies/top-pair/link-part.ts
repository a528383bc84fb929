import type { LinkPart } from '../../share/link-format.ts'
import { topPairDefaults } from './default-intent.ts'
import { topPairSchema } from './intent.ts'

/** How links keep a fit: packed, but for what equals its default. */
export const topPairLinkPart: LinkPart = {
  shape: topPairSchema.shape,
  keys: [],
  records: [],
  nested: {
    fit: topPairDefaults.fit,
    'fit.binning': topPairDefaults.fit.binning,
    'fit.luminosity': topPairDefaults.fit.luminosity,
    fitPanels: topPairDefaults.fitPanels,
    'fitPanels.calibration': topPairDefaults.fitPanels.calibration,
    'fitPanels.toys': topPairDefaults.fitPanels.toys,
  },
}
