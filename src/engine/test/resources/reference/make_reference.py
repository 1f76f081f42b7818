"""Writes the reference vectors beside this file.

    pip install torch==2.13.0 numpy
    python make_reference.py

Made with torch 2.13.0+cpu and numpy 2.4.6 on Python 3.

Inputs are rounded to float32; all arithmetic is float64, so that a reference is far more exact than
what it is compared with; results are written with 9 significant digits, enough for any float32.
PyTorch keeps images as [N,C,H,W], convolution weights as [O,C,kH,kW] and dense weights as [J,I];
everything is written in this engine's layouts [N,H,W,C], [kH,kW,C,O] and [I,J].

A file is a list of tensors: a line "name: shape", then a line with the elements in row-major order.
"""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(20)


def rounded(value):
    """The float32 next to a setting, as the engine has it."""
    return float(np.float32(value))


def draw(*shape, scale=1.0):
    return ((torch.rand(*shape) * 2 - 1) * scale).float().double()


def leaf(tensor):
    return tensor.clone().requires_grad_(True)


class File:
    def __init__(self, name):
        self.path = Path(__file__).with_name(name + ".txt")
        self.lines = [f"# written by make_reference.py with torch {torch.__version__}"]

    def add(self, name, tensor):
        array = tensor.detach().numpy()
        shape = " ".join(str(length) for length in array.shape)
        self.lines.append(f"{name}: {shape}".rstrip())
        self.lines.append(" ".join(f"{x:.9g}" for x in array.reshape(-1)))

    def images(self, name, tensor):
        self.add(name, tensor.permute(0, 2, 3, 1))

    def kernels(self, name, tensor):
        self.add(name, tensor.permute(2, 3, 1, 0))

    def close(self):
        self.path.write_text("\n".join(self.lines) + "\n", encoding="ascii")


def conv2d(name, stride, padding, size):
    x, w, b = leaf(draw(2, 3, 7, 6)), leaf(draw(4, 3, size, size)), leaf(draw(4))
    y = F.relu(F.conv2d(x, w, b, stride=stride, padding=padding))
    dy = draw(*y.shape)
    y.backward(dy)
    file = File(name)
    file.images("x", x)
    file.kernels("w", w)
    file.add("b", b)
    file.images("y", y)
    file.images("dy", dy)
    file.images("dx", x.grad)
    file.kernels("dw", w.grad)
    file.add("db", b.grad)
    file.close()


def pool(name, function):
    x = leaf(draw(2, 3, 7, 6))
    y = function(x)
    dy = draw(*y.shape)
    y.backward(dy)
    file = File(name)
    file.images("x", x)
    file.images("y", y)
    file.images("dy", dy)
    file.images("dx", x.grad)
    file.close()


def batch_norm():
    epsilon, momentum = rounded(1e-5), rounded(0.1)
    x, gamma, beta = leaf(draw(3, 4, 3, 2)), leaf(draw(4) + 2), leaf(draw(4))
    mean, variance = draw(4), (draw(4) + 2).float().double()
    file = File("batch-norm")
    file.images("x", x)
    file.add("gamma", gamma)
    file.add("beta", beta)
    file.add("mean", mean)
    file.add("variance", variance)
    dy = draw(3, 4, 3, 2)
    file.images("dy", dy)
    running_mean, running_variance = mean.clone(), variance.clone()
    for training in (True, False):
        mode = "train" if training else "eval"
        for tensor in (x, gamma, beta):
            tensor.grad = None
        statistics = (running_mean, running_variance) if training else (mean, variance)
        y = F.batch_norm(x, *statistics, gamma, beta, training, momentum, epsilon)
        y.backward(dy)
        file.images(mode + ".y", y)
        file.images(mode + ".dx", x.grad)
        file.add(mode + ".dgamma", gamma.grad)
        file.add(mode + ".dbeta", beta.grad)
    file.add("train.running_mean", running_mean)
    file.add("train.running_variance", running_variance)
    file.close()


def dense():
    x, w, b = leaf(draw(5, 7)), leaf(draw(3, 7)), leaf(draw(3))
    y = F.relu(F.linear(x, w, b))
    dy = draw(5, 3)
    y.backward(dy)
    file = File("dense")
    file.add("x", x)
    file.add("w", w.t())
    file.add("b", b)
    file.add("y", y)
    file.add("dy", dy)
    file.add("dx", x.grad)
    file.add("dw", w.grad.t())
    file.add("db", b.grad)
    file.close()


def cross_entropy():
    z, labels = leaf(draw(6, 5, scale=4.0)), torch.tensor([0, 4, 2, 2, 1, 3])
    file = File("cross-entropy")
    file.add("z", z)
    file.add("t", F.one_hot(labels, 5).double())
    for name, smoothing in (("plain", 0.0), ("smoothed", rounded(0.1))):
        z.grad = None
        y = F.cross_entropy(z, labels, label_smoothing=smoothing)
        y.backward()
        file.add(name + ".y", y)
        file.add(name + ".dz", z.grad)
    file.close()


def optimizer(name, make):
    """Ten steps on a weight; the gradient of step t is that of sum(c_t * sin(w))."""
    w = leaf(draw(9))
    factors = draw(10, 9)
    optimizer = make([w])
    file = File("optimizer-" + name)
    file.add("w", w)
    gradients, trajectory = [], []
    for step in range(10):
        # Rounded, so that the engine can be given the very gradients.
        w.grad = (factors[step] * torch.cos(w.detach())).float().double()
        gradients.append(w.grad.clone())
        optimizer.step()
        trajectory.append(w.detach().clone())
    file.add("gradients", torch.stack(gradients))
    file.add("trajectory", torch.stack(trajectory))
    file.close()


def optimizers():
    betas = (rounded(0.9), rounded(0.999))
    settings = {"lr": 0.01, "betas": betas, "eps": rounded(1e-8)}
    momentum, decay = rounded(0.9), rounded(0.1)
    optimizer("sgd", lambda p: torch.optim.SGD(p, lr=0.1))
    optimizer("momentum", lambda p: torch.optim.SGD(p, lr=0.1, momentum=momentum, weight_decay=decay))
    optimizer(
        "nesterov",
        lambda p: torch.optim.SGD(p, lr=0.1, momentum=momentum, nesterov=True, weight_decay=decay),
    )
    optimizer("adam", lambda p: torch.optim.Adam(p, **settings))
    optimizer("adam-l2", lambda p: torch.optim.Adam(p, weight_decay=decay, **settings))
    optimizer("adamw", lambda p: torch.optim.AdamW(p, weight_decay=decay, **settings))


def network():
    """conv 3x3x4 stride 2 (no bias) - batch-norm - relu - max-pool 2 - flatten - dense 5 - loss."""
    x, labels = draw(4, 2, 9, 8), torch.tensor([3, 0, 4, 1])
    names = ["conv.weight", "norm.gamma", "norm.beta", "dense.weight", "dense.bias"]
    values = [draw(4, 2, 3, 3), draw(4) + 2, draw(4), draw(5, 16), draw(5)]
    conv, gamma, beta, dense_weight, dense_bias = weights = [leaf(value) for value in values]
    h = F.conv2d(x, conv, stride=2, padding=1)
    h = F.relu(F.batch_norm(h, None, None, gamma, beta, True, 0.1, rounded(1e-5)))
    h = F.max_pool2d(h, 2).permute(0, 2, 3, 1).reshape(4, -1)
    logits = F.linear(h, dense_weight, dense_bias)
    loss = F.cross_entropy(logits, labels, label_smoothing=rounded(0.1))
    loss.backward()
    file = File("network")
    file.images("x", x)
    file.add("t", F.one_hot(labels, 5).double())
    for name, weight in zip(names, weights):
        for prefix, tensor in (("", weight), ("d.", weight.grad)):
            if name == "conv.weight":
                file.kernels(prefix + name, tensor)
            else:
                file.add(prefix + name, tensor.t() if tensor.dim() == 2 else tensor)
    file.add("logits", logits)
    file.add("loss", loss)
    file.close()


conv2d("conv2d", 1, 0, 3)
conv2d("conv2d-stride-padding", 2, 1, 3)
conv2d("conv2d-1x1", 1, 0, 1)
pool("max-pool2d", lambda x: F.max_pool2d(x, 3, stride=2, padding=1))
pool("average-pool2d", lambda x: F.avg_pool2d(x, 3, stride=2, padding=1, count_include_pad=False))
batch_norm()
dense()
cross_entropy()
optimizers()
network()
