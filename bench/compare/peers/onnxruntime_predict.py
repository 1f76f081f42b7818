"""Reads one digit as a whole process. usage: onnxruntime_predict.py MODEL.onnx PICTURE (PNG, or 784 bytes)"""

import sys

import numpy
import onnxruntime

if sys.argv[2].endswith(".png"):
    from PIL import Image
    pixels = numpy.asarray(Image.open(sys.argv[2]).convert("L"))
else:
    pixels = numpy.fromfile(sys.argv[2], numpy.uint8)
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
logits = session.run(None, {"pictures": pixels.reshape(1, 1, 28, 28).astype(numpy.float32) / 255})[0]
print(logits.argmax())
