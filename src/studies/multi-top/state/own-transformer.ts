import type { OwnModel } from '../../../core/own-models.ts'

/** A transformer of one's own, trained in the page in this visit or an earlier one. */
export interface OwnTransformer extends OwnModel {
  title: string
  /** Classes that it tells apart. */
  classes: readonly string[]
}
