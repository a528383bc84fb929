"""The same work in numpy and PyTorch, one thread: prints one JSON line of milliseconds per call, for kernels.bench.ts.
A library that is missing leaves its numbers out."""

import json
import sys
import time

BATCHES = (200, 2000, 20000)
LAYERS = [14, 50, 70, 150, 100, 50, 1]
out = {}


def measure(work, seconds=0.7):
    work()
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1e3)
    times.sort()
    return {"median": times[len(times) // 2], "best": times[0]}


def with_numpy():
    import numpy as np

    rng = np.random.default_rng(1)
    a = rng.standard_normal((1024, 1024), dtype=np.float32)
    out["sgemm 1024"] = measure(lambda: a @ a)
    for terms in (4, 5):
        r = np.abs(rng.standard_normal((terms, 10000))) * 0.3
        c = rng.random(terms)
        out[f"log sums 10000 x (1 + {terms})"] = measure(lambda: np.log(1 + c @ r).sum())
        points = rng.random((64, terms))
        out[f"64 log sums 10000 x (1 + {terms})"] = measure(lambda: np.log(1 + points @ r).sum(axis=1))
    table = rng.standard_normal((100_000, 100), dtype=np.float32)
    squares = (table * table).sum(axis=1)
    query = table[17]

    def nearest():
        d = squares - 2 * (table @ query)
        i = np.argpartition(d, 50)[:50]
        return i[np.argsort(d[i])]

    out["nearest 50 of 100000 x 100"] = measure(nearest)
    weights = rng.standard_normal((45, 100_000))
    at = rng.random(45)
    out["contract 100000 x 45"] = measure(lambda: at @ weights)


def with_torch():
    import torch

    torch.set_num_threads(1)

    def network(dims, norm):
        layers = []
        for i, (a, b) in enumerate(zip(dims[:-1], dims[1:])):
            last = i == len(dims) - 2
            layers.append(torch.nn.Linear(a, b, bias=last or not norm))
            if not last:
                if norm:
                    layers.append(torch.nn.BatchNorm1d(b, eps=1e-3))
                layers.append(torch.nn.ReLU())
        return torch.nn.Sequential(*layers)

    def trainer(net, loss):
        optimiser = torch.optim.AdamW(net.parameters(), 1e-3)

        def step():
            optimiser.zero_grad()
            value = loss()
            value.backward()
            optimiser.step()
            return value.item()

        return step

    for batch in BATCHES:
        net = network(LAYERS, False)
        x = torch.randn(batch, 14)
        y = (torch.rand(batch, 1) > 0.5).float()
        entropy = torch.nn.BCEWithLogitsLoss()
        out[f"network {batch}"] = measure(trainer(net, lambda: entropy(net(x), y)))

    def contrastive(z, labels):
        # By the product of z with itself: six times faster than all differences.
        squares = z.square().sum(1)
        s = (2 * z @ z.T - squares[:, None] - squares) / 0.5
        own = torch.eye(len(z), dtype=torch.bool)
        s = s.masked_fill(own, -1e30)
        same = (labels[:, None] == labels[None]) & ~own
        log_p = s - torch.logsumexp(s, 1, keepdim=True)
        return -(torch.where(same, log_p, torch.zeros(())).sum(1) / same.sum(1)).mean()

    for dims, norm in (([71, 128, 64, 2], False), ([71, 128, 64, 32, 2], True)):
        for batch in (400, 512):
            net = network(dims, norm)
            x = torch.randn(batch, 71)
            labels = torch.arange(batch) // 8
            name = f"contrastive {'-'.join(map(str, dims))}{' norm' if norm else ''} {batch}"
            out[name] = measure(trainer(net, lambda: contrastive(net(x), labels)))

    def pairs(z, labels, margin=1.0):
        # Pairs of equal and of different labels, each kind with the same total weight.
        squares = torch.clamp(torch.cdist(z, z).square(), min=1e-9)
        same = labels[:, None] == labels[None]
        like = (squares * same).sum() / (same.sum() - len(z))
        gaps = torch.clamp(margin - squares.sqrt(), min=0).square()
        return like + (gaps * ~same).sum() / (~same).sum()

    net = network([160, 384, 512, 256, 128, 64, 32, 16, 8, 4, 2], False)
    x = torch.randn(512, 160)
    labels = torch.arange(512) % 9
    out["events encoder 512"] = measure(trainer(net, lambda: pairs(net(x), labels)))


for part in (with_numpy, with_torch):
    try:
        part()
    except ImportError as error:
        print(error, file=sys.stderr)
print(json.dumps(out))
