import { AppError } from '../../errors.ts'
import { createRng } from '../../numerics/rng.ts'
import { nestedSampling } from '../../statistics/nested-sampling/nested-sampling.ts'
import { nameOf } from '../../statistics/nested-sampling/problem.ts'
import { testProblem, testProblemNames } from '../../statistics/nested-sampling/problems.ts'
import { numberOption, required } from '../arguments.ts'
import type { Command } from '../command.ts'

export const nestedCommand: Command = {
  summary: 'nested sampling of a problem with known evidence',
  options: {
    problem: { help: `one of: ${testProblemNames.join('; ')} (the first word is enough)` },
    seed: { default: '1', help: 'whole number' },
    live: { default: '400', help: 'live points' },
    remainder: { default: '0.01', help: 'fraction of the evidence left in the live points at the end' },
    'max-calls': { default: '1e8', help: 'give up (exit code 3) after this many likelihood calls' },
  },
  run: async (options, log) => {
    const { name, problem } = testProblem(required(options, 'problem'))
    const seed = numberOption(options, 'seed')
    if (!Number.isSafeInteger(seed))
      throw new AppError('input/invalid', `--seed must be a whole number, got ${options.seed}. Write e.g. 1.`)
    const run = nestedSampling(problem, {
      rng: createRng(seed),
      livePoints: numberOption(options, 'live'),
      remainder: numberOption(options, 'remainder'),
      maxCalls: numberOption(options, 'max-calls'),
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
}
