#!/usr/bin/env python3
"""ResNet-50 of random weights: do Legible and PyTorch give the same logits for 16 pictures of 224 x 224?

Needs PyTorch and safetensors. It saves the weights as torchvision would, lets the command line import and run them,
and compares. Exit code 1 if a logit differs by more than 1e-4 of the largest one, or a top class differs.

    bench/resnet/check.py
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from torch_resnet import seeded

ROOT = Path(__file__).resolve().parents[2]
PICTURES = 16
TOLERANCE = 1e-4
PARAMETERS = 25_557_032


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--legible", nargs="+", default=[str(ROOT / "legible")], help="the command and its arguments")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    model = seeded(arguments.seed)
    count = sum(p.numel() for p in model.parameters())
    assert count == PARAMETERS, count
    images = torch.randn(PICTURES, 3, 224, 224)
    with torch.inference_mode():
        expected = model(images)
    with tempfile.TemporaryDirectory() as folder:
        weights, network, pictures, answers = (
            str(Path(folder) / name) for name in ("w.safetensors", "r.legible", "i.safetensors", "o.safetensors"))
        save_file(model.state_dict(), weights, {"format": "pt"})
        save_file({"input": images.permute(0, 2, 3, 1).contiguous()}, pictures)
        subprocess.run([*arguments.legible, "import", "resnet50", weights, "--out", network], check=True)
        subprocess.run([*arguments.legible, "run", network, "--input", pictures, "--output", answers], check=True)
        logits = load_file(answers)["logits"]
    difference = ((logits - expected).abs().max() / expected.abs().max()).item()
    same = (logits.argmax(1) == expected.argmax(1)).sum().item()
    print(f"largest difference {difference:.2e} of the largest logit, {same} of {PICTURES} top classes equal")
    sys.exit(0 if difference <= TOLERANCE and same == PICTURES else 1)


if __name__ == "__main__":
    main()
