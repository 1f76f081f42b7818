"""Residual networks of bottleneck blocks in PyTorch, under torchvision's names (version 1.5: stride in the 3x3)."""

import torch
from torch import nn


def convolution(inputs, outputs, kernel, stride):
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)


class Bottleneck(nn.Module):
    def __init__(self, inputs, width, stride, projects):
        super().__init__()
        self.conv1, self.bn1 = convolution(inputs, width, 1, 1), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = convolution(width, width, 3, stride), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = convolution(width, 4 * width, 1, 1), nn.BatchNorm2d(4 * width)
        self.downsample = nn.Sequential(convolution(inputs, 4 * width, 1, stride),
                                        nn.BatchNorm2d(4 * width)) if projects else nn.Identity()

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        y = torch.relu(self.bn2(self.conv2(y)))
        return torch.relu(self.bn3(self.conv3(y)) + self.downsample(x))


class ResNet(nn.Module):
    def __init__(self, width=64, blocks=(3, 4, 6, 3), classes=1000, channels=3):
        super().__init__()
        self.conv1, self.bn1 = convolution(channels, width, 7, 2), nn.BatchNorm2d(width)
        self.pool = nn.MaxPool2d(3, 2, 1)
        inputs = width
        self.stages = len(blocks)
        for stage, count in enumerate(blocks):
            layer = nn.Sequential()
            for block in range(count):
                stride = 2 if block == 0 and stage > 0 else 1
                layer.append(Bottleneck(inputs, width << stage, stride, block == 0))
                inputs = 4 * (width << stage)
            setattr(self, f"layer{stage + 1}", layer)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.pool(torch.relu(self.bn1(self.conv1(x))))
        for stage in range(self.stages):
            x = getattr(self, f"layer{stage + 1}")(x)
        return self.fc(x.mean((2, 3)))


def seeded(seed, **settings):
    """With random weights, scales, shifts and running statistics that are none of the usual ones."""
    torch.manual_seed(seed)
    model = ResNet(**settings)
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_(0, 0.2)
                module.running_mean.normal_(0, 0.2)
                module.running_var.uniform_(0.5, 2)
    return model.eval()
