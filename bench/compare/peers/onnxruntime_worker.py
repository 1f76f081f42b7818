"""ONNX Runtime. usage: onnxruntime_worker.py FOLDER, which holds what onnx_model.py wrote"""

import os
import sys

import onnxruntime

import data
from protocol import Job, serve


def prepare(work):
    if work["kind"] not in ("inference", "residual-inference"):
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = work["threads"]
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        os.path.join(sys.argv[1], work["network"] + ".onnx"), options, providers=["CPUExecutionProvider"])
    residual = work["kind"] == "residual-inference"
    if residual:
        pictures = data.numbers((work["batch"], 3, 224, 224), 0)
    else:
        pictures = data.pictures(work["batch"]).reshape(-1, 1, 28, 28)
    feed = {"pictures": pictures}

    def run():
        return session.run(None, feed)

    return Job(run, None if residual else data.root_mean_square(*run()))


serve(lambda: onnxruntime.__version__, prepare)
