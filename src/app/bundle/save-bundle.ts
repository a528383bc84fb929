import { inBundleWorker } from '../../core/bundle-worker.ts'
import { frontOf } from '../../core/front.ts'
import { heldWords, type NotCarried } from '../../core/not-carried.ts'
import { AppError } from '../../errors.ts'
import { product } from '../../product.ts'
import type { BundleItem } from '../../share/bundle/bundle-format.ts'
import { download } from '../../ui/common/download.ts'
import type { BundlePorts } from './bundle-ports.ts'

export interface SavedBundle {
  name: string
  content: Blob
  /** What is not in it either. */
  lacks: readonly NotCarried[]
}

/** What the page shows of all studies, with what no link carries of it, as one file. */
export async function packPage(ports: BundlePorts): Promise<SavedBundle> {
  const { studies, store, open, links, platform } = ports
  const { intent, parts } = store.getState()
  const items: BundleItem[] = []
  const lacks: NotCarried[] = []
  for (const study of studies) {
    const beside = (await study.notCarried?.(parts[study.id], intent.studies[study.id])) ?? []
    if (beside.length === 0) continue
    if (!study.bundled) {
      lacks.push(...beside)
      continue
    }
    const bundled = await study.bundled((await open.open(study.id)).handle)
    items.push(...bundled.items.map((item) => ({ ...item, study: study.id })))
    lacks.push(...bundled.lacks)
  }
  const { study } = frontOf(intent, studies)
  const link = await links.write(intent, study.hashes?.(parts[study.id]), lacks)
  const request = { link, made: product, items }
  const bytes = await inBundleWorker(platform, (jobs) => jobs.run('pack', request).promise)
  return {
    name: `theoryscape-${study.id}.zip`,
    content: new Blob([bytes], { type: 'application/zip' }),
    lacks,
  }
}

/** Megabytes as people read them. */
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)} MB`

function savedSentence({ name, content, lacks }: SavedBundle): string {
  const without = lacks.length > 0 ? ` without ${heldWords(lacks)}` : ''
  return `${name} (${megabytes(content.size)}) holds this analysis${without}. Drop it on the page, here or in another browser, to open it.`
}

/** Hands the bundle of the page to the reader; how it went is told. */
export async function saveBundle(ports: BundlePorts): Promise<void> {
  const { actions } = ports
  try {
    const saved = await packPage(ports)
    download(saved.content, saved.name)
    actions.notify(saved.lacks.length > 0 ? 'warning' : 'info', savedSentence(saved))
  } catch (thrown) {
    actions.notify('error', AppError.from(thrown).message)
  }
}
