"""Keras on TensorFlow, as its own examples use it: fit for training, a compiled call for inference."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import tensorflow

import data
from protocol import Job, serve

THREADS = int(os.environ["OMP_NUM_THREADS"])
tensorflow.config.threading.set_intra_op_parallelism_threads(THREADS)
tensorflow.config.threading.set_inter_op_parallelism_threads(THREADS)

# Batches per call of fit, so that the cost of a call is spread as in an epoch; one call is one run.
FIT_STEPS = 100


def network(name):
    layers = [keras.Input((28, 28, 1))]
    for layer in data.NETWORKS[name]:
        if layer[0] == "convolution":
            padding = "same" if layer[3] else "valid"
            layers.append(keras.layers.Conv2D(layer[2], 3, padding=padding, activation="relu"))
        elif layer[0] == "pool":
            layers.append(keras.layers.MaxPooling2D())
        elif layer[0] == "flatten":
            layers.append(keras.layers.Flatten())
        elif layer[0] == "dropout":
            layers.append(keras.layers.Dropout(layer[1]))
        else:
            layers.append(keras.layers.Dense(layer[2], activation="relu" if layer[3] else None))
    model = keras.Sequential(layers)
    model.set_weights(data.parameters(name))
    return model


def training(work):
    model = network(work["network"])
    model.compile(keras.optimizers.Adam(data.LEARNING_RATE),
                  keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    batch = work["batch"]
    x, labels = data.pictures(batch * FIT_STEPS), data.labels(batch * FIT_STEPS)

    def run():
        model.fit(x, labels, batch_size=batch, epochs=1, shuffle=False, verbose=0)

    run()
    return Job(run, model.count_params(), FIT_STEPS)


def inference(work):
    model = network(work["network"])
    x = tensorflow.constant(data.pictures(work["batch"]))
    call = tensorflow.function(lambda t: model(t, training=False))

    def run():
        return call(x).numpy()

    return Job(run, data.root_mean_square(run()))


KINDS = {"training": training, "inference": inference}


def prepare(work):
    return KINDS[work["kind"]](work) if work["kind"] in KINDS else None


serve(lambda: f"{keras.__version__}, TensorFlow {tensorflow.__version__}", prepare)
