import { readAsset } from '../../../numerics/read-asset.ts'
import { readFeatureStudy, type FeatureStudy } from '../feature-study.ts'
import { AppError } from '../../../errors.ts'

const [studyUrl] = Object.values(
  import.meta.glob<string>('../../../../models/recorded/features.json', {
    query: '?url',
    import: 'default',
    eager: true,
  }),
)

/**
 * The shipped study of features.
 *
 * @param page  its address, of which that of the file is relative
 * @throws AppError 'data/not-found' or 'data/corrupt'
 */
export async function loadFeatureStudy(page: string): Promise<FeatureStudy> {
  if (!studyUrl)
    throw new AppError(
      'data/not-found',
      'This copy of the page has no study of features. Open one that was built with it.',
    )
  return readFeatureStudy(new TextDecoder().decode(await readAsset(new URL(studyUrl, page))))
}
