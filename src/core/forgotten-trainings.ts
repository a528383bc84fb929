/** Said where older trainings are given up. */
export function forgottenTrainings(count: number): string {
  const which = count === 1 ? 'oldest training' : `oldest ${count} trainings`
  return `This browser keeps no more: what was saved of the ${which} made room.`
}

/** Said where older results are given up: fits, classifiers and what was measured of models. */
export function forgottenResults(count: number): string {
  const which = count === 1 ? 'The oldest result' : `The oldest ${count} results`
  return `${which} of earlier visits made room for a new one: this browser keeps no more than 256 MiB of them, or less where it is full. Run again what you miss; it gives the same.`
}
