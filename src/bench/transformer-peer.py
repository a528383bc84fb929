"""The multi-task step of a transformer over feature tokens in PyTorch, one thread: prints one JSON line for
transformer.ts. Arguments: tokens, width, heads, blocks, classes, events of the batch."""

import json
import resource
import sys
import time

tokens, width, heads, blocks, classes, batch = map(int, sys.argv[1:7])
try:
    import torch
    import torch.nn.functional as F
    from torch import nn
except ImportError:
    print(json.dumps({"missing": "PyTorch"}))
    sys.exit(0)

torch.set_num_threads(1)
torch.manual_seed(1)


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.output = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.hidden, self.project = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        n, size = x.shape[0], width // heads
        q, k, v = self.qkv(self.norm1(x)).view(n, tokens, 3, heads, size).permute(2, 0, 3, 1, 4)
        # The fused call where this version has it.
        if hasattr(F, "scaled_dot_product_attention"):
            mixed = F.scaled_dot_product_attention(q, k, v)
        else:
            mixed = torch.softmax(q @ k.transpose(-1, -2) * size**-0.5, -1) @ v
        x = x + self.output(mixed.transpose(1, 2).reshape(n, tokens, width))
        return x + self.project(F.gelu(self.hidden(self.norm2(x)), approximate="tanh"))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.directions = nn.Parameter(0.2 * torch.randn(tokens, width))
        self.biases = nn.Parameter(0.2 * torch.randn(tokens, width))
        self.mask = nn.Parameter(0.2 * torch.randn(width))
        self.blocks = nn.ModuleList([Block() for _ in range(blocks)])
        self.norm = nn.LayerNorm(width)
        self.classes, self.scalar = nn.Linear(tokens * width, classes), nn.Linear(width, 1)

    def forward(self, x, masked=None):
        e = x[..., None] * self.directions
        if masked is not None:
            e = torch.where(masked[..., None], self.mask, e)
        e = e + self.biases
        for block in self.blocks:
            e = block(e)
        return self.norm(e)


net = Transformer()
optimiser = torch.optim.AdamW(net.parameters(), lr=1e-4, weight_decay=0)
x = torch.randn(batch, tokens)
masked = torch.rand(batch, tokens) < 0.3
labels = torch.randint(0, classes, (batch,))


def step():
    optimiser.zero_grad()
    hidden = net.scalar(net(x, masked))[..., 0]
    loss = 2 * F.huber_loss(hidden[masked], x[masked], delta=3.0)
    loss = loss + F.cross_entropy(net.classes(net(x).flatten(1)), labels)
    loss.backward()
    optimiser.step()


for _ in range(2):
    step()
times = []
cpu = time.process_time()
for _ in range(7):
    start = time.perf_counter()
    step()
    times.append((time.perf_counter() - start) * 1e3)
cpu = (time.process_time() - cpu) / len(times) * 1e3
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"version": torch.__version__, "times": times, "cpu": cpu, "peakMiB": peak}))
