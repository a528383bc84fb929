import { defaultClassifier, latentInput } from '../analysis/classification/class-setup.ts'
import type { ClassifierNetworks } from '../analysis/classification/classifier.ts'
import { gallery, galleryUniverses, type Gallery } from '../analysis/classification/gallery.ts'
import type { Making } from '../../../core/product.ts'
import type { ClassifierReport } from '../../../ml/classifier/train-classifier.ts'
import type { Services } from './services.ts'
import type { WantedClassifier } from './wanted-classifier.ts'

/** Steps between two looks at the progress of a member: more often nobody sees. */
const stepsPerNews = 20

/**
 * Trains the networks of a classifier side by side.
 *
 * @param onMembers  told of the progress of each
 */
export async function trainNetworks(
  { open: { header, encoder }, settings }: WantedClassifier,
  { classification }: Services,
  { signal, onProgress }: Pick<Making<unknown>, 'signal' | 'onProgress'>,
  onMembers: (members: ClassifierReport[]) => void,
): Promise<{ classes: Gallery; networks: ClassifierNetworks }> {
  const classes = gallery(header, galleryUniverses(header, settings.classes))
  const latent = settings.input === 'latent' ? latentInput(encoder.mlp, classes) : null
  const { steps } = settings
  const config = { ...defaultClassifier(settings.method, classes.universes.length, settings.seed), steps }
  const members = Array.from({ length: config.members }, () => ({ step: 0, steps, loss: Number.NaN }))
  onMembers([...members])

  function received(member: number, report: ClassifierReport): void {
    members[member] = report
    if (signal.aborted || (report.step % stepsPerNews && report.step < report.steps)) return
    onMembers([...members])
    onProgress(members.reduce((sum, { step }) => sum + step, 0) / (steps * config.members))
  }

  const request = {
    model: header.universeModel,
    order: header.manifest.order,
    gallery: classes,
    latent,
    config,
  }
  const train = (member: number) =>
    classification.run(
      'train-class-member',
      { ...request, member },
      { signal, onProgress: (report) => received(member, report) },
    ).promise
  const trained = await Promise.all(members.map((_, member) => train(member)))
  return { classes, networks: { config, universes: classes.universes, latent, members: trained } }
}
