export { allocate } from './arena'
export {
  addLayer,
  beginNetwork,
  biasAddress,
  buildNetwork,
  kernelAddress,
  movingMeanAddress,
  outputAddress,
  parameterBytes,
  reserveRows,
} from './network'
export { setBatchNormEpsilon } from './passes'
export { contrastiveGradient, predict, regressionGradient, regressionLoss } from './training'
export { weightSum } from './heads'
export { squaredGradientNorm, update } from './optimiser'
export { contract, logSumGradient, logSums, reserveColumns } from './columns'
export { finishTable, mapRows, nearest, normaliseRows, reserveTable, tableWidth } from './neighbours'
