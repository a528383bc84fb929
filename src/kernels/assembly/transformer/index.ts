export { allocate } from '../arena'
export { configure } from './plan'
export { beginGradient, classificationSum, learnClasses, learnReconstruction, predict, reconstructionSum } from './training'
