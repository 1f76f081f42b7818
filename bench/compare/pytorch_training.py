"""Training speed of the peers: PyTorch eager on the two digit networks, one JSON line.

usage: python pytorch_training.py {cnn|keras-example} BATCH_SIZE THREADS SECONDS [channels_last]

Synthetic pictures; the arithmetic does not depend on the values. Prints the median over rounds of one second.
"""

import json
import statistics
import sys
import time

import torch
from torch import nn


def network(name):
    if name == "cnn":
        return nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, 128), nn.ReLU(), nn.Linear(128, 10))
    return nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.5), nn.Linear(1600, 10))


def main():
    name, batch, threads, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    channels_last = "channels_last" in sys.argv[5:]
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = network(name)
    images = torch.rand(batch, 1, 28, 28)
    if channels_last:
        model = model.to(memory_format=torch.channels_last)
        images = images.to(memory_format=torch.channels_last)
    labels = torch.randint(0, 10, (batch,))
    loss = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def step():
        optimizer.zero_grad()
        loss(model(images), labels).backward()
        optimizer.step()

    for _ in range(30):
        step()
    rates = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        steps = 0
        while time.perf_counter() - start < 1:
            step()
            steps += 1
        rates.append(steps * batch / (time.perf_counter() - start))
    print(json.dumps({
        "peer": "PyTorch " + torch.__version__ + (" channels_last" if channels_last else ""),
        "network": name, "batchSize": batch, "threads": threads,
        "imagesPerSecond": round(statistics.median(rates), 1)}))


main()
