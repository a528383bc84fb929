import { observableInfo, type ObservableName } from '../../generator/observables.ts'

/** An observable as a choice of the page: its name and what it is. */
export function observableLabel(name: ObservableName): string {
  return `${name}: ${observableInfo[name].description}`
}
