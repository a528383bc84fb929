import { fileOf, type Bundled, type Unbundled } from '../../../core/bundling.ts'
import { freeModelId, tellUnstored } from '../../../core/own-models.ts'
import { withShortName } from '../../../core/short-named-file.ts'
import { AppError, checkedBy, describeIssues } from '../../../errors.ts'
import { modelCardSchema } from '../../../ml/model-card.ts'
import type { ModelFiles } from '../../../ml/model-files.ts'
import { sha256Hex } from '../../../numerics/sha256.ts'
import type { ReadBundleItem } from '../../../share/bundle/bundle-format.ts'
import { sortModelFiles } from '../../../ml/sort-model-files.ts'
import type { DrellYanIntent } from '../intent.ts'
import type { Actions } from './actions.ts'
import type { AnomalyActions } from './anomaly-actions.ts'
import { bundledDrellYan } from './bundled.ts'
import type { ClassificationActions } from './classification-actions.ts'
import { datasetOpened } from './dataset-opened.ts'
import type { DrellYanStore } from './drell-yan-state.ts'
import type { FileActions } from './file-actions.ts'
import { measuredId } from './own-measured.ts'
import type { OwnEncoder } from './own-encoders.ts'
import { productSchemas } from './product-schemas.ts'
import { drellYanProductVersion, type DrellYanProducts } from './products.ts'
import type { Services } from './services.ts'
import type { TrainingActions } from './training-actions.ts'

type Kind = keyof typeof productSchemas

const isScore = (kind: string): kind is Kind => Object.hasOwn(productSchemas, kind)

function corrupt(what: string): AppError {
  return new AppError('share/invalid', `${what} Save the bundle again.`)
}

/** An encoder with what a list shows of it; its weights are read in full when it is put on the map. */
async function readEncoder(item: ReadBundleItem): Promise<{ entry: OwnEncoder; files: ModelFiles }> {
  const files = sortModelFiles(item.files)
  let json: unknown
  try {
    json = JSON.parse(files.card)
  } catch {
    throw corrupt('card.json of an encoder in the bundle is not JSON.')
  }
  const card = checkedBy(modelCardSchema, json)
  if (!card.success)
    throw corrupt(
      `card.json of an encoder in the bundle cannot be read: ${describeIssues(card.error.issues)}.`,
    )
  const { id, weightsSha256 } = card.data
  const hash = await sha256Hex(files.weights)
  if (hash !== weightsSha256)
    throw corrupt(
      `The weights of ${id} in the bundle have the sha256 ${hash.slice(0, 12)}…, its card says ${weightsSha256.slice(0, 12)}….`,
    )
  return { entry: { id, hash, card: card.data, origin: 'file' }, files }
}

/** What lays a score out where it is looked for. */
function readScore({ kind, key, value }: ReadBundleItem): (products: Services['products']) => void {
  if (!isScore(kind) || key === undefined)
    throw new AppError(
      'share/invalid',
      `The bundle holds "${kind}" of Drell-Yan, which this app does not know.`,
    )
  const checked = checkedBy<DrellYanProducts[Kind]>(productSchemas[kind], value)
  if (!checked.success)
    throw corrupt(
      `The scores (${kind}) of the bundle cannot be read: ${describeIssues(checked.error.issues)}.`,
    )
  return (products) => products.lend(kind, key, checked.data)
}

/** What travels as its files. */
const asFiles: readonly string[] = ['pdf', 'spectra', 'measured', 'encoder', 'classifier']

/** Who takes what a bundle holds. */
interface Takers {
  files: Pick<FileActions, 'drop' | 'layOut'>
  actions: Pick<Actions, 'notSaved'>
  openClassification: () => Promise<Pick<ClassificationActions, 'adopt' | 'exportFiles'>>
  openAnomaly: () => Promise<Pick<AnomalyActions, 'recall'>>
  openTraining: () => Promise<Pick<TrainingActions, 'recallLimits'>>
}

/** What bundles take of this study and give back. */
export function createBundling(store: DrellYanStore, services: Services) {
  const { encoders, products } = services

  return {
    bundled: ({ openClassification }: Takers): Promise<Bundled> =>
      bundledDrellYan(store.getState(), services, openClassification),
    async unbundle(items: readonly ReadBundleItem[], takers: Takers): Promise<Unbundled> {
      const { files, actions, openClassification, openAnomaly, openTraining } = takers
      const of = (kind: string) => items.filter((item) => item.kind === kind)
      const models = await Promise.all(of('encoder').map(readEncoder))
      const dropped = (kind: string) => of(kind).flatMap((item) => item.files.map(fileOf).map(withShortName))
      const [pdf, spectra] = [dropped('pdf'), dropped('spectra')]
      const classifiers = of('classifier').map((item) => item.files)
      for (const each of classifiers) sortModelFiles(each) // complete
      const measured = await Promise.all(
        dropped('measured').map(async (file) => ({ name: file.name, text: await file.text() })),
      )
      const scores = items.filter(({ kind }) => !asFiles.includes(kind))
      const other = scores.find(({ version }) => version !== drellYanProductVersion)
      const lay = other ? [] : scores.map(readScore)
      const renamed = new Map<string, string>()
      for (const { entry } of models)
        renamed.set(entry.id, await freeModelId(entry, encoders, store.getState().catalogue.models))
      const idOf = (id: string): string => renamed.get(id) ?? id

      return {
        async lay() {
          for (const { entry, files: parts } of models) {
            const own = { ...entry, id: idOf(entry.id) }
            if (!encoders.has(own.id))
              await tellUnstored(actions, encoders, own, encoders.keep(own, null, parts))
          }
          for (const lend of lay) lend(products)
          if (measured.length === 0) return
          const own = { files: measured }
          await products
            .put('measured', await measuredId(own), own)
            .catch(() =>
              actions.notSaved('The measured spectrum of the bundle is not stored in this browser.'),
            )
        },
        intent(intent) {
          const { model, compare } = intent as DrellYanIntent // of a link, which the schema has checked
          return { ...intent, model: idOf(model), compare: { ...compare, maps: compare.maps.map(idOf) } }
        },
        async finish() {
          if (pdf.length > 0) await files.drop(pdf)
          if (!(await datasetOpened(store))) return // the page says why
          for (const file of spectra) await files.layOut(file)
          for (const parts of classifiers) await (await openClassification()).adopt(parts, false)
          if (lay.length === 0) return
          const anomaly = await openAnomaly()
          await Promise.all([anomaly.recall('evaluation'), anomaly.recall('retrieval')])
          await (await openTraining()).recallLimits()
        },
        notes: other
          ? [
              `Its scores were measured by version ${other.version ?? 'unknown'} of the code, this page has ${drellYanProductVersion}: they are left out. Measure them again.`,
            ]
          : [],
      }
    },
  }
}
