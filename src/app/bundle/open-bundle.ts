import { inBundleWorker } from '../../core/bundle-worker.ts'
import type { AppIntent } from '../../core/app-state.ts'
import type { Unbundled } from '../../core/bundling.ts'
import { AppError, shortName } from '../../errors.ts'
import type { BundlePorts } from './bundle-ports.ts'

/**
 * Opens a bundle: the intent of its link, files as if they were dropped, models and results. All of it is read and checked before
 * anything changes.
 *
 * @returns resolves once the analysis stands; `finished` once everything about its dataset is there too
 * @throws  AppError for a bundle that cannot be read, or not now; what was on the page is still there
 */
export async function openBundle(file: File, ports: BundlePorts): Promise<{ finished: Promise<void> }> {
  const { studies, actions, open, links, platform, opened } = ports
  const bundle = await inBundleWorker(platform, (jobs) => jobs.run('unpack', { file }).promise)
  const notes: string[] = []
  const unbundled: { id: string; part: Unbundled }[] = []
  for (const study of studies) {
    const own = bundle.items.filter((item) => item.study === study.id)
    if (own.length === 0 || !study.unbundle) continue
    const part = await study.unbundle(own, (await open.open(study.id)).handle)
    unbundled.push({ id: study.id, part })
    notes.push(...part.notes)
  }
  const strange = bundle.items.filter(
    ({ study }) => !studies.some(({ id, unbundle }) => id === study && unbundle),
  )
  if (strange.length > 0)
    notes.push(
      `${strange.length} of its ${bundle.items.length} parts belong to studies that this page has not.`,
    )
  if (bundle.strangers.length > 0)
    notes.push(`Left out is what no bundle has: ${shortName(bundle.strangers.join(', '))}.`)
  const { readable, messages } = await links.read(bundle.link)
  if (!readable)
    throw new AppError('share/invalid', `The link in the bundle cannot be opened. ${messages.join(' ')}`)

  for (const { part } of unbundled) await part.lay()
  const link = await links.read(bundle.link) // once more: the models that it names are here now
  let intent: AppIntent = link.intent
  for (const { id, part } of unbundled)
    if (part.intent)
      intent = { ...intent, studies: { ...intent.studies, [id]: part.intent(intent.studies[id]) } }
  actions.replace(intent)
  opened({ ...link, intent })
  for (const message of [...link.messages, ...notes]) actions.notify('warning', message)
  const results = bundle.items.some(({ value }) => value !== undefined)
  const said = results ? ' Results in it were computed by whoever saved it.' : ''
  actions.notify('info', `${file.name}: this is the analysis that was saved in it.${said}`)
  return { finished: Promise.all(unbundled.map(({ part }) => part.finish())).then(() => undefined) }
}
