export { allocate } from './arena'
export {
  addLayer,
  beginNetwork,
  biasAddress,
  buildNetwork,
  inputGradientAddress,
  keepInputGradient,
  kernelAddress,
  movingMeanAddress,
  outputAddress,
  parameterBytes,
  reserveRows,
} from './network'
export { beginGradient, setBatchNormEpsilon } from './passes'
export {
  backwardRows,
  contrastiveGradient,
  forwardRows,
  outputGradientAddress,
  predict,
  regressionGradient,
  regressionLoss,
} from './training'
export { weightSum } from './heads'
export { squaredGradientNorm, update } from './optimiser'
export { contract, logSumGradient, logSums, reserveColumns } from './columns'
export { finishTable, mapRows, nearest, normaliseRows, reserveTable, tableWidth } from './neighbours'
