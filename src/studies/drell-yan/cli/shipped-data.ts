import type { DatasetFile } from '../../../dataset/dataset-writer.ts'
import type { DatasetManifest } from '../../../dataset/manifest.ts'
import { buildUniverseModel } from '../analysis/build-model.ts'
import { finish, makeCorpus } from '../analysis/corpus.ts'
import { defaultMeasurementSetup, makeMeasurementCorpus } from '../analysis/measurement-corpus.ts'
import cmsDrellYan from '../analysis/measurements/cms-dy-13tev.json' with { type: 'json' }
import { above106, allBins } from '../analysis/measurement-model.ts'
import { parseMeasurement } from '../analysis/measurement-file.ts'
import { defaultSetup, forwardBackwardSetup } from '../analysis/setup.ts'
import { openPdf } from '../../../physics/pdf/open-pdf.ts'

/** Id of the dataset that the page opens with. */
export const defaultDatasetId = 'dy-nc-13tev'

/** The same universes where forward and backward pairs are counted apart. */
export const forwardBackwardId = 'dy-fb-13tev'

/** Every dataset under public/data, made from nothing but this repository. */
export async function makeShippedData(): Promise<{ manifest: DatasetManifest; files: DatasetFile[] }[]> {
  const pdf = openPdf(null)
  const cms = parseMeasurement(cmsDrellYan)
  const { prior } = finish(buildUniverseModel(defaultSetup, pdf)).model
  // Equal prior and seed: universe n is the same theory in both.
  const same = {
    name: `${prior.name}-of-${defaultDatasetId}`,
    description: `Universes of ${defaultDatasetId}, one by one: C_i uniform in +-${defaultSetup.priorSigmas} times its one-at-a-time standard deviation from m_ll and p_T`,
    halfWidth: prior.halfWidth,
  }
  return [
    await makeCorpus(defaultSetup, pdf, defaultDatasetId),
    await makeCorpus(forwardBackwardSetup, pdf, forwardBackwardId, { prior: same }),
    ...(await Promise.all(
      [above106, allBins].map((treatment) =>
        makeMeasurementCorpus(cms, defaultMeasurementSetup, pdf, treatment),
      ),
    )),
  ]
}
