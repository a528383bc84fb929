import { cloudsOf } from '../encoder/map-quality.ts'
import { exactLimit } from './exact-limits.ts'
import { jetModels, type Stage } from './jet-models.ts'
import { latentAuc } from './latent-clouds.ts'
import { encoderOfSize, type SetSizePoint, type SetSizeRequest } from './set-size-curve.ts'

/** Two models whose limit leaves room to rise: neither one model nor told apart by every set. */
export interface PairCurve {
  a: string
  b: string
  points: Omit<SetSizePoint, 'aucSupervised'>[]
  /** Whether the area on the map is larger at every next size. */
  rises: boolean
}

/** The sets whose limit says which pairs these are, and between what. */
const judgedBy = { perSet: 10, least: 0.55, most: 0.9 }

/**
 * Areas on the map against the size of sets of all pairs of models with a limit between .55 and .9 for ten events. Sizes
 * that no encoder takes are left out.
 */
export async function* sizeCurves(
  request: Pick<SetSizeRequest, 'models' | 'sizes' | 'encoders' | 'seed'>,
): AsyncGenerator<Stage, PairCurve[]> {
  const { models, seed } = request
  const jets = yield* jetModels(models)
  const sizes = request.sizes.filter((perSet) => encoderOfSize(request, perSet) !== undefined)
  const open = models.flatMap((b, j) =>
    models.slice(0, j).flatMap((a, i) => {
      const [jetA, jetB] = [jets.get(a.id), jets.get(b.id)]
      if (!jetA || !jetB) return []
      const [judged, ...exact] = exactLimit(jetA, jetB, [judgedBy.perSet, ...sizes]).auc
      return judged.value > judgedBy.least && judged.value < judgedBy.most ? [{ i, j, exact }] : []
    }),
  )
  const curves = open.map(({ i, j }): PairCurve => ({
    ...{ a: models[i].id, b: models[j].id, points: [], rises: false },
  }))
  for (const [s, perSet] of sizes.entries()) {
    yield { kind: 'stage', label: `Sets of ${perSet}`, fraction: s / sizes.length }
    const clouds = await cloudsOf(models, encoderOfSize(request, perSet)!, seed)
    open.forEach(({ i, j, exact }, k) =>
      curves[k].points.push({
        perSet,
        aucLatent: latentAuc(clouds[i], clouds[j]),
        aucExact: exact[s],
      }),
    )
  }
  return curves.map((curve) => ({ ...curve, rises: rising(curve.points) }))
}

const rising = (points: PairCurve['points']): boolean =>
  points.every(
    ({ aucLatent }, k) => k === 0 || (aucLatent?.value ?? 0) > (points[k - 1].aucLatent?.value ?? 0),
  )
