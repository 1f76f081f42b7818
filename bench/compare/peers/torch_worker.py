"""PyTorch eager. usage: torch_worker.py {default|channels_last}"""

import sys
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

import data
from protocol import Job, serve

sys.path.append(str(Path(__file__).resolve().parents[2] / "resnet"))
from torch_resnet import ResNet

CHANNELS_LAST = sys.argv[1] == "channels_last"
COLOURS = 3  # most channels of a picture, whose gradient nobody asks for in training
FORMAT = torch.channels_last if CHANNELS_LAST else torch.contiguous_format


def version():
    blas = "MKL" if torch.backends.mkl.is_available() else "no MKL"
    return f"{torch.__version__} ({blas}, {'oneDNN' if torch.backends.mkldnn.is_available() else 'no oneDNN'})"


def images(array):
    """[N,H,W,C] as this variant has it: axes [N,C,H,W], in the memory format."""
    return torch.from_numpy(array).permute(0, 3, 1, 2).contiguous(memory_format=FORMAT)


def gemm(work):
    if CHANNELS_LAST:
        return None  # nothing differs
    n = work["size"]
    a, b = (torch.from_numpy(data.numbers((n, n), s)) for s in (0, 1))
    c = torch.zeros(n, n)

    def run():
        torch.mm(a, b, out=c)

    run()
    return Job(run, data.root_mean_square(c.numpy()))


def convolution(work):
    size, kernel = work["height"], work["kernel"]
    x = images(data.numbers((work["batch"], size, size, work["inputs"]), 0))
    w = torch.from_numpy(data.numbers((kernel, kernel, work["inputs"], work["outputs"]), 1)).permute(3, 2, 0, 1)
    w = w.contiguous(memory_format=FORMAT)
    b = torch.from_numpy(data.numbers(work["outputs"], 2))

    def forward():
        return functional.conv2d(x, w, b, work["stride"], work["padding"])

    if not work["backward"]:
        def run():
            with torch.inference_mode():
                return forward()

        return Job(run, data.root_mean_square(run().numpy()))
    wanted = (x, w, b) if work["inputs"] > COLOURS else (w, b)
    for t in wanted:
        t.requires_grad_()
    n, o, h, _ = forward().shape
    dy = images(data.numbers((n, h, h, o), 3))

    def run():
        y = forward()
        return y, *torch.autograd.grad(y, wanted, dy)

    return Job(run, data.root_mean_square(*(t.detach().numpy() for t in run())))


def network(name):
    layers = []
    for layer in data.NETWORKS[name]:
        if layer[0] == "convolution":
            layers += [nn.Conv2d(layer[1], layer[2], 3, padding=layer[3]), nn.ReLU()]
        elif layer[0] == "dense":
            layers += [nn.Linear(layer[1], layer[2])] + [nn.ReLU()] * layer[3]
        else:
            layers.append({"pool": lambda: nn.MaxPool2d(2), "flatten": nn.Flatten,
                           "dropout": lambda: nn.Dropout(layer[1])}[layer[0]]())
    model = nn.Sequential(*layers)
    with torch.no_grad():
        for parameter, array in zip(model.parameters(), data.parameters_channels_first(name), strict=True):
            parameter.copy_(torch.from_numpy(array))
    return model.to(memory_format=FORMAT)


def steps(model, optimizer, pictures):
    """Training steps on one batch."""
    x, labels = images(pictures), torch.from_numpy(data.labels(len(pictures)))
    loss = nn.CrossEntropyLoss()

    def run():
        optimizer.zero_grad()
        loss(model(x), labels).backward()
        optimizer.step()

    return Job(run, sum(p.numel() for p in model.parameters()))


def training(work):
    model = network(work["network"])
    return steps(model, torch.optim.Adam(model.parameters(), lr=data.LEARNING_RATE), data.pictures(work["batch"]))


def inference(work):
    model = network(work["network"]).eval()
    x = images(data.pictures(work["batch"]))

    def run():
        with torch.inference_mode():
            return model(x)

    return Job(run, data.root_mean_square(run().numpy()))


def residual_training(work):
    model = ResNet(classes=10, channels=1).to(memory_format=FORMAT)
    optimizer = torch.optim.SGD(model.parameters(), lr=data.LEARNING_RATE, momentum=0.9, nesterov=True,
                                weight_decay=5e-4)
    return steps(model, optimizer, data.numbers((work["batch"], 32, 32, 1), 0))


def residual_inference(work):
    model = ResNet().eval().to(memory_format=FORMAT)
    x = images(data.numbers((work["batch"], 224, 224, 3), 0))

    def run():
        with torch.inference_mode():
            return model(x)

    return Job(run)


KINDS = {"gemm": gemm, "convolution": convolution, "training": training, "inference": inference,
         "residual-training": residual_training, "residual-inference": residual_inference}


def prepare(work):
    torch.set_num_threads(work["threads"])
    return KINDS[work["kind"]](work) if work["kind"] in KINDS else None


serve(version, prepare)
