"""Writes a network as an ONNX file. usage: onnx_model.py {cnn|keras-example|resnet50-224} FILE"""

import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper, numpy_helper

import data


def model(name):
    nodes, initializers, current = [], [], "pictures"
    arrays = iter(data.parameters_channels_first(name))

    def add(kind, inputs=(), **attributes):
        nonlocal current
        output = f"value{len(nodes)}"
        nodes.append(helper.make_node(kind, [current, *inputs], [output], **attributes))
        current = output

    def parameters():
        names = [f"parameter{len(initializers) + i}" for i in range(2)]
        initializers.extend(numpy_helper.from_array(next(arrays), n) for n in names)
        return names

    for layer in data.NETWORKS[name]:
        if layer[0] == "convolution":
            add("Conv", parameters(), kernel_shape=[3, 3], pads=[layer[3]] * 4)
            add("Relu")
        elif layer[0] == "pool":
            add("MaxPool", kernel_shape=[2, 2], strides=[2, 2])
        elif layer[0] == "flatten":
            add("Flatten")
        elif layer[0] == "dense":
            add("Gemm", parameters(), transB=1)
            if layer[3]:
                add("Relu")
    graph = helper.make_graph(
        nodes, name,
        [helper.make_tensor_value_info("pictures", TensorProto.FLOAT, ["batch", 1, 28, 28])],
        [helper.make_tensor_value_info(current, TensorProto.FLOAT, ["batch", 10])],
        initializers)
    result = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(result)
    return result


def residual(file):
    """ResNet-50 as PyTorch writes it."""
    import torch

    sys.path.append(str(Path(__file__).resolve().parents[2] / "resnet"))
    from torch_resnet import ResNet

    torch.onnx.export(ResNet().eval(), (torch.zeros(1, 3, 224, 224),), file, dynamo=False, opset_version=17,
                      input_names=["pictures"], output_names=["logits"],
                      dynamic_axes={"pictures": {0: "batch"}, "logits": {0: "batch"}})


if sys.argv[1] in data.NETWORKS:
    onnx.save(model(sys.argv[1]), sys.argv[2])
else:
    residual(sys.argv[2])
