import { observableNames } from '../../../physics/drell-yan/spectrum-templates.ts'

/** What a panel can draw of a spectrum: an observable, or the asymmetry of its forward and backward bins. */
export const shownNames = [...observableNames, 'afb'] as const
export type ShownName = (typeof shownNames)[number]
