"""Matrix products of NumPy, whose BLAS is OpenBLAS in the wheels of PyPI."""

import numpy as np

import data
from protocol import Job, serve


def version():
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return f"{np.__version__} (BLAS: {blas['name']} {blas['version']})"


def prepare(work):
    if work["kind"] != "gemm":
        return None
    n = work["size"]
    a, b, c = data.numbers((n, n), 0), data.numbers((n, n), 1), np.zeros((n, n), np.float32)

    def run():
        np.matmul(a, b, out=c)

    run()
    return Job(run, data.root_mean_square(c))


serve(version, prepare)  # the number of threads: OPENBLAS_NUM_THREADS
