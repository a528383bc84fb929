export { allocate } from '../arena'
export { densityPair } from './densities'
export { colourSum, run } from './program'
