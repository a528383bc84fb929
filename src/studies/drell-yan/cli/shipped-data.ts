import type { DatasetFile } from '../../../dataset/dataset-writer.ts'
import type { DatasetManifest } from '../../../dataset/manifest.ts'
import { makeCorpus } from '../analysis/corpus.ts'
import { defaultMeasurementSetup, makeMeasurementCorpus } from '../analysis/measurement-corpus.ts'
import cmsDrellYan from '../analysis/measurements/cms-dy-13tev.json' with { type: 'json' }
import { above106, allBins } from '../analysis/measurement-model.ts'
import { parseMeasurement } from '../analysis/measurement-file.ts'
import { defaultSetup } from '../analysis/setup.ts'
import { openPdf } from '../../../physics/pdf/open-pdf.ts'

/** Id of the dataset that the page opens with. */
export const defaultDatasetId = 'dy-nc-13tev'

/** Every dataset under public/data, made from nothing but this repository. */
export async function makeShippedData(): Promise<{ manifest: DatasetManifest; files: DatasetFile[] }[]> {
  const pdf = openPdf(null)
  const cms = parseMeasurement(cmsDrellYan)
  return [
    await makeCorpus(defaultSetup, pdf, defaultDatasetId),
    ...(await Promise.all(
      [above106, allBins].map((treatment) =>
        makeMeasurementCorpus(cms, defaultMeasurementSetup, pdf, treatment),
      ),
    )),
  ]
}
