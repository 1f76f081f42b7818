"""Makes narrow-resnet.safetensors and narrow-resnet-logits.safetensors, which lie beside this script.

Needs PyTorch and safetensors: python narrow_resnet.py
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[5] / "bench" / "resnet"))

import torch
from safetensors.torch import save_file

from torch_resnet import seeded

model = seeded(1, width=4, blocks=(1, 2, 1), classes=7)
images = torch.randn(3, 3, 40, 40)
with torch.inference_mode():
    logits = model(images)
save_file(model.state_dict(), HERE / "narrow-resnet.safetensors", {"format": "pt"})
save_file({"input": images.permute(0, 2, 3, 1).contiguous(), "logits": logits.contiguous()},
          HERE / "narrow-resnet-logits.safetensors")
