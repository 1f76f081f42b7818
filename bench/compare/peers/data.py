"""The numbers that every engine computes with, those of legible.bench.protocol.Numbers, and the two networks."""

import numpy as np

# So small that no engine ever learns its one batch: gradients next to zero are denormal numbers, slow on any CPU.
LEARNING_RATE = 1e-6

# Layers as (kind, ...), channels last: ("convolution", inputs, outputs, padding), ("dense", inputs, outputs, relu).
NETWORKS = {
    "cnn": [
        ("convolution", 1, 16, 1), ("pool",), ("convolution", 16, 32, 1), ("pool",),
        ("flatten", 7, 32), ("dense", 1568, 128, True), ("dense", 128, 10, False)],
    "keras-example": [
        ("convolution", 1, 32, 0), ("pool",), ("convolution", 32, 64, 0), ("pool",),
        ("flatten", 5, 64), ("dropout", 0.5), ("dense", 1600, 10, False)],
}


def numbers(shape, stream, scale=1.0):
    """Number i of a stream: a hash of i (the final mix of MurmurHash3), in [-1, 1) times the scale."""
    h = np.arange(np.prod(shape), dtype=np.uint32) + np.uint32(stream * 0x9E3779B1 & 0xFFFFFFFF)
    h = (h ^ h >> 16) * np.uint32(0x85EBCA6B)
    h = (h ^ h >> 13) * np.uint32(0xC2B2AE35)
    h ^= h >> 16
    return (((h >> 8) * 2.0**-23 - 1) * scale).astype(np.float32).reshape(shape)


def pictures(batch):
    """[N,28,28,1] in [0, 1)."""
    return numbers((batch, 28, 28, 1), 0, 0.5) + np.float32(0.5)


def labels(batch):
    return np.arange(batch, dtype=np.int64) % 10


def parameters(network):
    """Weight and bias of every layer that has them, channels last: [3,3,C,O] or [I,J], and [O]."""
    shapes = []
    for layer in NETWORKS[network]:
        if layer[0] == "convolution":
            shapes += [(3, 3, layer[1], layer[2]), (layer[2],)]
        elif layer[0] == "dense":
            shapes += [(layer[1], layer[2]), (layer[2],)]
    return [numbers(s, 10 + i, 0.1 if len(s) == 1 else (6 * s[-1] / np.prod(s))**0.5)
            for i, s in enumerate(shapes)]


def parameters_channels_first(network):
    """The same as PyTorch and ONNX have them: [O,C,3,3], and [J,I] with I in the order of flattened [C,H,W]."""
    arrays = iter(parameters(network))
    result, flattened = [], None
    for layer in NETWORKS[network]:
        if layer[0] == "flatten":
            flattened = layer[1:]
        elif layer[0] == "convolution":
            result += [next(arrays).transpose(3, 2, 0, 1), next(arrays)]
        elif layer[0] == "dense":
            weight = next(arrays)
            if flattened:
                size, channels = flattened
                weight = weight.reshape(size, size, channels, -1).transpose(2, 0, 1, 3).reshape(weight.shape)
                flattened = None
            result += [weight.T, next(arrays)]
    return [np.ascontiguousarray(a) for a in result]


def root_mean_square(*arrays):
    """Of all elements of all arrays."""
    squares = sum(float(np.sum(np.square(a, dtype=np.float64))) for a in arrays)
    return (squares / sum(a.size for a in arrays))**0.5
