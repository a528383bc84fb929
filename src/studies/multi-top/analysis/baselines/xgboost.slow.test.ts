import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { readSample } from '../../../../cli/read-sample.ts'
import { boostingDefaults, trainBoostedTrees, treeProbabilities } from '../../../../ml/trees/boosted-trees.ts'
import { oneVersusRest } from '../../../../statistics/classification/weighted-auc.ts'
import { pythonWith } from '../../../../testing/python-module.ts'
import { joinEvents, multiTopClasses } from '../tokens/class-samples.ts'
import { tokenCorpus } from '../tokens/corpus.ts'
import { summaryRows } from './summary-features.ts'

const program = `
import json, sys, numpy, xgboost
given = json.load(sys.stdin)
training, test = [
    (numpy.array(part['values']).reshape(-1, 5), part['labels'], part['weights']) for part in given['parts']
]
settings = dict(objective='multi:softprob', num_class=5, tree_method='hist', nthread=1, **given['settings'])
model = xgboost.train(settings, xgboost.DMatrix(training[0], training[1], weight=training[2]), given['rounds'])
print(json.dumps(model.predict(xgboost.DMatrix(test[0])).astype(float).ravel().tolist()))
`

const python = pythonWith('xgboost')

it.skipIf(!python)('areas of our trees are those of xgboost within .005', { timeout: 120_000 }, async () => {
  const classes = []
  for (const { id } of multiTopClasses)
    classes.push({ id, sample: joinEvents((await readSample('public/samples', id, 4000)).blocks) })
  const corpus = tokenCorpus(classes, 1)
  const parts = [corpus.split.training, corpus.split.test].map((rows) => summaryRows(corpus, rows))
  const [training, test] = parts
  const rounds = 40
  const settings = { max_depth: 4, eta: 0.2, lambda: 1, min_child_weight: 1 }
  const own = { ...boostingDefaults, rounds, maxDepth: 4, learningRate: 0.2, patience: 0 }
  const loop = trainBoostedTrees(training, test, 5, 5, own)
  let step = loop.next()
  while (!step.done) step = loop.next()
  const plain = parts.map(({ values, labels, weights }) => ({
    ...{ values: Array.from(values), labels: Array.from(labels), weights: Array.from(weights) },
  }))
  const { stdout, stderr } = spawnSync(python as string, ['-c', program], {
    input: JSON.stringify({ parts: plain, settings, rounds }),
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
  expect(stderr).toBe('')
  const areas = [treeProbabilities(step.value, test.values), JSON.parse(stdout) as number[]].map(
    (scores) =>
      oneVersusRest({ classes: 5, scores, labels: test.labels, weights: test.weights }, 1, 20).mean.value,
  )
  expect(areas[0]).toBeGreaterThan(0.85)
  expect(Math.abs(areas[0] - areas[1])).toBeLessThan(0.005)
})
