"""The exact likelihood of a fit in numpy, sampled by emcee, one thread: prints one JSON line for statistics.ts.

Arguments: file of ratios (float64, [events, 6]), file of expected events per term (float64, [6]), half width of the prior,
best fit c1 and c2, seconds to sample.
"""

import json
import sys
import time

try:
    import emcee
    import numpy as np
except ImportError as error:
    print(json.dumps({"missing": str(error)}))
    sys.exit(0)

ratios = np.fromfile(sys.argv[1]).reshape(-1, 6).T.copy()  # [6, events]
expected = np.fromfile(sys.argv[2])
half_width = float(sys.argv[3])
best = np.array([float(sys.argv[4]), float(sys.argv[5])])
seconds = float(sys.argv[6])


def terms(theta):
    x, y = theta[:, 0], theta[:, 1]
    return np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=1)


def log_posterior(theta):
    b = terms(theta)
    inside = (np.abs(theta) < half_width).all(axis=1)
    out = np.full(len(theta), -np.inf)
    if inside.any():
        r = b[inside] @ ratios
        out[inside] = np.log(np.maximum(r, 1e-9)).sum(axis=1) - b[inside] @ expected
    return out


walkers = 32
rng = np.random.default_rng(1)
start = best + 0.02 * rng.standard_normal((walkers, 2))
at_best = log_posterior(best[None])[0]

points = start[: walkers // 2]  # emcee moves one half at a time
log_posterior(points)
begin = time.perf_counter()
for _ in range(50):
    log_posterior(points)
per_call = (time.perf_counter() - begin) / 50 / len(points)

np.random.seed(1)
sampler = emcee.EnsembleSampler(walkers, 2, log_posterior, vectorize=True)
state = sampler.run_mcmc(start, 300)  # burn-in, not timed
sampler.reset()
begin = time.perf_counter()
while time.perf_counter() - begin < seconds:
    state = sampler.run_mcmc(state, 100)
elapsed = time.perf_counter() - begin
tau = float(np.mean(sampler.get_autocorr_time(tol=0)))
chain = sampler.get_chain(flat=True)
print(
    json.dumps(
        {
            "version": emcee.__version__,
            "usPerCall": 1e6 * per_call,
            "atBest": float(at_best),
            "effectivePerSecond": len(chain) / tau / elapsed,
            "autocorrelation": tau,
            "steps": len(chain) // walkers,
            "mean": chain.mean(axis=0).tolist(),
            "standardDeviation": chain.std(axis=0).tolist(),
        }
    )
)
