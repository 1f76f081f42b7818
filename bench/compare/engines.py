"""The engines: how each is started, what it can do, how it is installed."""

import json
import os
import select
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = HERE / "peers"
OUTPUT = ROOT / "bench" / "target" / "compare"

ANSWER_SECONDS = 900  # no work takes longer: a worker that does is stuck
LAUNCHER_OPTIONS = ("-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:+UseCountedLoopSafepoints",
                    "-XX:LoopStripMiningIter=1000", "-XX:ObjectAlignmentInBytes=64", "-Xmn16m")
JVM_PEERS = "mvn -q -B -ntp -f bench/peers/pom.xml package, some 300 MB"


class Missing(Exception):
    """An engine that is not installed or does not start; the message is the reason."""


@dataclass(frozen=True)
class Engine:
    """command: arguments after the interpreter; ours: no peer; jvm: runs in Java, and so needs a longer warm-up."""

    name: str
    kinds: tuple
    command: tuple
    install: str
    ours: bool = False
    jvm: bool = False


def python(name, kinds, script, packages, *arguments):
    return Engine(name, kinds, (str(PEERS / script), *arguments), f"pip install numpy {packages}")


def peer(name, kinds, argument):
    return Engine(name, kinds, ("-cp", f"{ROOT}/bench/peers/target/legible-peers.jar:{ROOT}/bench/peers/target/lib/*",
                                "--enable-native-access=ALL-UNNAMED", "legible.bench.peers.PeerWorker", argument,
                                str(OUTPUT)),
                  JVM_PEERS, jvm=True)


def ours(name, kinds, kernels, *options):
    """With the JVM options of ./legible: they decide both the memory and, by the loops that C2 makes, the speed."""
    return Engine(name, kinds, (*LAUNCHER_OPTIONS, *options, "-cp",
                                f"{ROOT}/bench/target/legible-bench.jar:{ROOT}/bench/target/lib/*",
                                "legible.bench.compare.Worker", kernels),
                  "run without --no-build", ours=True, jvm=True)


RESIDUAL = ("residual-training", "residual-inference")
LEGIBLE = ours("Legible", ("ceiling", "gemm", "convolution", "training", "inference", *RESIDUAL), "vector",
               "--add-modules", "jdk.incubator.vector")
ENGINES = [
    LEGIBLE,
    ours("Legible scalar", ("gemm",), "scalar"),
    python("PyTorch", ("gemm", "convolution", "training", "inference", *RESIDUAL), "torch_worker.py", "torch",
           "default"),
    python("PyTorch channels_last", ("convolution", "training", "inference", *RESIDUAL), "torch_worker.py", "torch",
           "channels_last"),
    python("NumPy", ("gemm",), "numpy_worker.py", ""),
    python("ONNX Runtime", ("inference", "residual-inference"), "onnxruntime_worker.py", "onnx onnxruntime",
           str(OUTPUT)),
    python("Keras", ("training", "inference"), "keras_worker.py", "keras tensorflow-cpu"),
    peer("ONNX Runtime Java", ("inference",), "onnxruntime"),
    peer("Deeplearning4j", ("training",), "deeplearning4j"),
    peer("DJL", ("training",), "djl"),
    peer("Deep Netts", ("training",), "deepnetts"),
    peer("EJML", ("gemm",), "ejml"),
    peer("Java loop ikj", ("gemm",), "loop-ikj"),
    peer("Java loop ijk", ("gemm",), "loop-ijk"),
]


class Worker:
    """A running engine: a process that answers a line of JSON with another."""

    def __init__(self, engine, interpreter, threads):
        self.engine = engine
        OUTPUT.mkdir(parents=True, exist_ok=True)
        self.log = OUTPUT / f"{engine.name.replace(' ', '-')}-{threads}.log"
        variables = {v: str(threads) for v in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [interpreter, *engine.command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                cwd=OUTPUT, env={**os.environ, **variables}, text=True)
        try:
            self.version = self.ask({"ask": "version"})["version"]
        except Missing:
            self.close()
            raise

    def ask(self, request):
        """The answer to a request; Missing if the engine failed or ended."""
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Missing(self.last_words()) from None
        ready, _, _ = select.select([self.process.stdout], [], [], ANSWER_SECONDS)
        line = self.process.stdout.readline() if ready else ""
        if not line:
            raise Missing(self.last_words() if ready else f"no answer in {ANSWER_SECONDS} s")
        answer = json.loads(line)
        if "error" in answer:
            raise Missing(answer["error"])
        return answer

    def last_words(self):
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else "it ended without a word"

    def peak_megabytes(self):
        """The most memory that the process ever had resident."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / 1e6
        raise Missing("VmHWM is not in /proc: memory is measured on Linux only")

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
