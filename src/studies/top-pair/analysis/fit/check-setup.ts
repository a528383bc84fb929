import { AppError } from '../../../../errors.ts'
import type { FitSetup } from './fit-setup.ts'

/** Coefficients of the simulated data, in the order of the operators [TeV^-2]. */
export function truthOf({ operators, truth }: Pick<FitSetup, 'operators' | 'truth'>): Float64Array {
  return Float64Array.from(operators, (name) => truth[name] ?? 0)
}

/** @throws AppError 'input/invalid' naming the entry that makes no fit */
export function checkSetup(setup: FitSetup): void {
  const { operators, truth, observedEvents, binning, seed, priorHalfWidth, luminosity } = setup
  const invalid = (message: string) => new AppError('input/invalid', message)
  if (operators.length < 1 || operators.length > 8 || new Set(operators).size !== operators.length)
    throw invalid(`A fit takes 1 to 8 different operators, got ${operators.join(', ') || 'none'}.`)
  for (const [name, value] of Object.entries(truth)) {
    if (!Number.isFinite(value)) throw invalid(`The truth ${name} = ${value} is no finite number.`)
    if (value !== 0 && !operators.includes(name as keyof typeof truth))
      throw invalid(
        `The truth has ${name} = ${value}, but ${name} is not fitted. Add it to the operators or set it to 0.`,
      )
  }
  if (!(Number.isSafeInteger(observedEvents) && observedEvents >= 1))
    throw invalid(`The number of observed events is ${observedEvents}, must be a whole number >= 1.`)
  if (!(Number.isSafeInteger(binning.bins) && binning.bins >= 1))
    throw invalid(`The number of bins is ${binning.bins}, must be a whole number >= 1.`)
  if (!Number.isSafeInteger(seed)) throw invalid(`The seed is ${seed}, must be a whole number.`)
  if (!(priorHalfWidth > 0 && Number.isFinite(priorHalfWidth)))
    throw invalid(
      `The prior runs from ${-priorHalfWidth} to ${priorHalfWidth} TeV^-2; the minimum must lie below the maximum, both finite. Widen it.`,
    )
  const { relativeError } = luminosity
  if (!(relativeError >= 0 && relativeError < 1))
    throw invalid(
      `The relative luminosity error is ${relativeError}, must be at least 0 and below 1. Write 0.02 for 2 %, 0 for none.`,
    )
}

/** What a reader of a fit must know where the coefficients of the data lie outside the prior; null where they do not. */
export function truthOutside({ truth, priorHalfWidth }: FitSetup): string | null {
  const beyond = Object.entries(truth).filter(([, c]) => Math.abs(c) > priorHalfWidth)
  if (beyond.length === 0) return null
  const list = beyond.map(([name, c]) => `${name} = ${c}`).join(', ')
  return `The truth ${list} lies outside the prior, -${priorHalfWidth} to ${priorHalfWidth} TeV^-2: no posterior can hold it.`
}
