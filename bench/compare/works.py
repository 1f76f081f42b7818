"""The works that engines are compared on: plain dictionaries, which go to the workers as they are.

Every work has: group, name, kind, threads, unit, lower (whether less is better) and amount (of the unit in one call);
the other fields are the settings of its kind. In gemm ours adds to C, the peers set it.
"""

GROUPS = {
    "gemm": "C = A B of square float32 matrices. Must: at least 0.95 of the best peer, 90 % of the FMA ceiling from"
            " 512 on one thread, 2 threads 1.9 times one; the scalar twin 0.3 of ours at 512.",
    "convolution-resnet": "Convolutions of ResNet-50 with bias; `both` adds the gradients of weights, bias and, except"
                          " in the stem, inputs."
                          " Must: geometric mean 1.0, none below 0.8 of channels_last.",
    "convolution-mnist": "Convolutions of the digit networks, batch 64. Must: 1.5 of channels_last.",
    "training": "Adam on one batch, again and again. Must: cnn 2.5 of PyTorch and 2.0 of Keras; keras-example 1.8 of"
                " the best of them; other JVM engines are reported.",
    "inference": "Logits. Must: batch 256 1.0 of ONNX Runtime; latency of batch 1 at most 1.0 of it.",
    "resnet50": "ResNet-50: training steps (SGD with momentum, 32 x 32, 10 classes) and logits (224 x 224, 1000"
                " classes); peak resident memory of a new process that does the same. Must: training 1.0 of PyTorch,"
                " inference 1.1 of PyTorch and 0.9 of ONNX Runtime, memory at most theirs.",
    "memory": "Peak resident memory of a new process that trains cnn. Must: at most 0.6 of PyTorch.",
    "process": "A whole process that reads one picture. Must: time 0.5, memory 1.0 of Python with ONNX Runtime.",
}

# Height and width, kernel, stride, padding, input channels, output channels (He et al. 2015, table 1).
RESNET = [
    (56, 3, 1, 1, 64, 64), (28, 3, 1, 1, 128, 128), (14, 3, 1, 1, 256, 256), (7, 3, 1, 1, 512, 512),
    (56, 1, 1, 0, 64, 64), (56, 1, 1, 0, 64, 256), (56, 1, 1, 0, 256, 64),
    (28, 1, 1, 0, 512, 128), (28, 1, 1, 0, 128, 512), (14, 1, 1, 0, 1024, 256), (14, 1, 1, 0, 256, 1024),
    (7, 1, 1, 0, 512, 2048), (7, 1, 1, 0, 2048, 512),
    (56, 3, 2, 1, 128, 128), (28, 3, 2, 1, 256, 256), (14, 3, 2, 1, 512, 512),
    (56, 1, 2, 0, 256, 512), (28, 1, 2, 0, 512, 1024), (14, 1, 2, 0, 1024, 2048),
    (224, 7, 2, 3, 3, 64),
]
MNIST = [(28, 3, 1, 1, 1, 16), (28, 3, 1, 1, 1, 32), (14, 3, 1, 1, 16, 32), (26, 3, 1, 0, 32, 64)]
COLOURS = 3  # most channels of a picture, whose gradient nobody asks for in training
NETWORKS = ("cnn", "keras-example")
RESIDUAL = "resnet50-224"


def works(threads):
    """All works; `threads` is the number for works on more than one."""
    return [*gemm(threads),
            *(convolution("convolution-resnet", shape, batch, backward, threads)
              for batch in (1, 16) for backward in (0, 1) for shape in RESNET),
            *(convolution("convolution-mnist", shape, 64, backward, threads)
              for backward in (0, 1) for shape in MNIST),
            *training(threads), *inference(threads), *residual(threads), *processes(threads)]


def work(group, name, kind, threads, unit, amount, lower=False, **settings):
    return {"group": group, "name": f"{group} {name}", "kind": kind, "threads": threads, "unit": unit,
            "amount": amount, "lower": lower, **settings}


def thread_counts(threads):
    return sorted({1, threads})


def text(threads):
    return "1 thread" if threads == 1 else f"{threads} threads"


def gemm(threads):
    for t in thread_counts(threads):
        yield work("gemm", f"FMA ceiling, {text(t)}", "ceiling", t, "GFLOP/s", 0)
    for n in (256, 512, 1024, 2048):
        for t in thread_counts(threads):
            yield work("gemm", f"{n}, {text(t)}", "gemm", t, "GFLOP/s", 2e-9 * n**3, size=n)


def convolution(group, shape, batch, backward, threads):
    height, kernel, stride, padding, inputs, outputs = shape
    out = (height + 2 * padding - kernel) // stride + 1
    products = (3 if inputs > COLOURS else 2) if backward else 1
    operations = 2 * batch * out**2 * kernel**2 * inputs * outputs * products
    name = (f"{kernel}x{kernel}{f'/{stride}' if stride > 1 else ''} {height}x{height} {inputs}->{outputs}"
            f" batch {batch} {'both' if backward else 'forward'}")
    return work(group, name, "convolution", threads, "GFLOP/s", operations * 1e-9, height=height, kernel=kernel,
                stride=stride, padding=padding, inputs=inputs, outputs=outputs, batch=batch, backward=backward)


def training(threads):
    for network in NETWORKS:
        for batch in (64, 128):
            yield work("training", f"{network} batch {batch}", "training", threads, "images/s", batch,
                       network=network, batch=batch)


def inference(threads):
    for network in NETWORKS:
        yield work("inference", f"{network} batch 256", "inference", threads, "images/s", 256,
                   network=network, batch=256)
        for t in thread_counts(threads):
            yield work("inference", f"{network} batch 1, {text(t)}", "inference", t, "us", 1e-6, lower=True,
                       network=network, batch=1)


def residual(threads):
    """ResNet-50: few engines have it, so its kinds are others than those of the small networks."""
    for batch in (32, 64):
        yield work("resnet50", f"training 32x32 batch {batch}", "residual-training", threads, "images/s", batch,
                   network="resnet50-32", batch=batch)
    for batch in (1, 8):
        yield work("resnet50", f"inference 224x224 batch {batch}", "residual-inference", threads, "images/s", batch,
                   network=RESIDUAL, batch=batch)
    yield work("resnet50", "memory, training 32x32 batch 32", "memory", threads, "MB", 1, lower=True,
               of="residual-training", network="resnet50-32", batch=32)
    yield work("resnet50", "memory, inference 224x224 batch 1", "memory", threads, "MB", 1, lower=True,
               of="residual-inference", network=RESIDUAL, batch=1)


def processes(threads):
    """What the orchestrator measures itself, from outside of the process."""
    yield work("memory", "training cnn batch 64", "memory", threads, "MB", 1, lower=True, of="training",
               network="cnn", batch=64)
    yield work("process", "wall time", "process", threads, "s", 1, lower=True, measure="time")
    yield work("process", "peak memory", "process", threads, "MB", 1, lower=True, measure="memory")


def value(work, answer):
    """An answer of a worker in the work's unit: amount by time, or time where less is better."""
    if work["lower"]:
        return answer["call"] / work["amount"]
    return (answer.get("operations", 0) * 1e-9 or work["amount"]) / answer["call"]
