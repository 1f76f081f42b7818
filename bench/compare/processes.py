"""Whole processes that read one picture: measured from outside, with what the system counted."""

import gzip
import os
import re
import struct
import subprocess
import time
import zlib

from engines import JVM_PEERS, OUTPUT, PEERS, ROOT, Missing

SIDE = 28
IMAGES_HEADER = 16  # bytes before the first picture of an IDX file


def commands(python, java):
    """Name, command and how to install; the first is ours."""
    model = str(OUTPUT / "cnn.onnx")
    raw = str(OUTPUT / "digit.raw")
    has_pillow = subprocess.run([python, "-c", "import PIL"], capture_output=True, check=False).returncode == 0
    peers = ROOT / "bench" / "peers" / "target"
    return [
        ("Legible", [str(ROOT / "legible"), "predict", str(OUTPUT / "digit.png")], "needs Maven and a JDK"),
        ("ONNX Runtime", [python, str(PEERS / "onnxruntime_predict.py"), model,
                          str(OUTPUT / "digit.png") if has_pillow else raw],
         "pip install numpy onnx onnxruntime"),
        ("ONNX Runtime Java", [java, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
                               f"{peers}/legible-peers.jar:{peers}/lib/*", "legible.bench.peers.OnnxRuntimePredict",
                               model, raw], JVM_PEERS),
    ]


def write_picture():
    """The first test picture of MNIST, as a PNG and as 784 bytes for peers that have no decoder."""
    with gzip.open(ROOT / "data" / "mnist" / "t10k-images-idx3-ubyte.gz") as file:
        pixels = file.read(IMAGES_HEADER + SIDE * SIDE)[IMAGES_HEADER:]
    (OUTPUT / "digit.raw").write_bytes(pixels)
    rows = b"".join(b"\0" + pixels[i:i + SIDE] for i in range(0, len(pixels), SIDE))
    (OUTPUT / "digit.png").write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def run(command):
    """Seconds and megabytes of one process, which must print a digit (the peers' weights are no trained ones)."""
    start = time.perf_counter()
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as error:
        raise Missing(str(error)) from None
    output, error = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    process.stderr.close()
    if process.returncode != 0 or not re.search(rb"\d", output):
        words = (error or output).decode(errors="replace").strip().splitlines()
        raise Missing(words[-1] if words else f"exit code {process.returncode}")
    return {"time": elapsed, "memory": usage.ru_maxrss * 1024 / 1e6}
