import type { FiducialCuts } from './luminosity.ts'
import type { ObservableBins } from './spectrum-templates.ts'

/** The app's own default: 42 bins in m_ll (50-3000 GeV), 29 in muon p_T (25-1000 GeV); the paper's are not public. */
export const defaultObservables: ObservableBins[] = [
  {
    name: 'mll',
    edges: [
      50, 55, 60, 65, 70, 75, 78, 81, 83, 85, 87, 88, 89, 90, 91, 92, 93, 94, 95, 97, 99, 102, 106, 110, 116,
      125, 135, 150, 165, 185, 210, 240, 280, 330, 400, 480, 600, 750, 950, 1200, 1600, 2200, 3000,
    ],
  },
  {
    name: 'ptl',
    edges: [
      25, 27.5, 30, 32.5, 35, 37.5, 40, 41.5, 43, 44, 45, 46, 47, 48.5, 50, 55, 60, 70, 80, 95, 115, 140, 170,
      210, 260, 330, 420, 540, 700, 1000,
    ],
  },
]

/** Both muons with p_T > 25 GeV and |eta| < 2.4, as CMS and ATLAS Run 2 dilepton analyses. */
export const defaultCuts: FiducialCuts = { ptMin: 25, absEtaMax: 2.4 }

/** GeV */
export const defaultSqrtS = 13_000
