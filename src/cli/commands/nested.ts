import { createRng } from '../../numerics/rng.ts'
import { nestedSampling } from '../../statistics/nested-sampling/nested-sampling.ts'
import { nameOf } from '../../statistics/nested-sampling/problem.ts'
import { testProblem, testProblemNames } from '../../statistics/nested-sampling/problems.ts'
import { defineCommand } from '../command.ts'
import { countRange, seedRange } from '../options/ranges.ts'

export const nestedCommand = defineCommand({
  summary: 'nested sampling of a problem with known evidence',
  options: {
    problem: {
      required: true,
      kind: 'text',
      most: 100,
      help: `one of: ${testProblemNames.join('; ')} (the first word is enough)`,
    },
    seed: { kind: 'number', ...seedRange, default: '1', help: 'equal seeds give equal answers' },
    live: { kind: 'number', ...countRange(12, 200_000), default: '400', help: 'live points' },
    remainder: {
      kind: 'number',
      min: 1e-9,
      max: 0.9,
      default: '0.01',
      help: 'fraction of the evidence left in the live points at the end',
    },
    'max-calls': {
      kind: 'number',
      ...countRange(100, 1e12),
      default: '1e8',
      help: 'give up (exit code 3) after this many likelihood calls',
    },
  },
  run: async (options, log) => {
    const { name, problem } = testProblem(options.problem)
    const { seed } = options
    const run = nestedSampling(problem, {
      rng: createRng(seed),
      livePoints: options.live,
      remainder: options.remainder,
      maxCalls: options['max-calls'],
    })
    let reports = 0
    let step = run.next()
    for (; !step.done; step = run.next()) {
      const { iteration, calls, logZ, logZError, remainder } = step.value
      if (++reports % 40 === 0)
        log(
          `${iteration} dead points, ${calls} calls, lnZ ${logZ.toFixed(3)} +- ${logZError.toFixed(3)}, ${(100 * remainder).toFixed(1)} % still live`,
        )
    }
    const { theta, weights, dimensions: d, ...result } = step.value
    const parameters = Array.from({ length: d }, (_, k) => {
      let mean = 0
      let massAboveZero = 0
      for (let i = 0; i < weights.length; i++) {
        mean += weights[i] * theta[i * d + k]
        if (theta[i * d + k] > 0) massAboveZero += weights[i]
      }
      return { name: nameOf(problem, k), mean, massAboveZero }
    })
    return {
      problem: name,
      seed,
      lnZ: result.logZ,
      lnZErr: result.logZError,
      lnZErrSingle: result.logZErrorSingle,
      calls: result.calls,
      ess: result.effectiveSamples,
      insertionPull: result.insertionPull,
      converged: result.converged,
      information: result.information,
      iterations: result.iterations,
      livePoints: result.livePoints,
      remainder: result.remainder,
      parameters,
    }
  },
})
