"""GoogLeNet as Caffe's models/bvlc_googlenet has it, in PyTorch's layers: Caffe itself cannot be installed any more.

PyTorch has Caffe's rules under its own names: ceil_mode for the size of pools, and LocalResponseNorm with alpha over size.
"""

import torch
from torch.nn import AvgPool2d, Conv2d, Flatten, Linear, LocalResponseNorm, MaxPool2d, Module, ReLU, Sequential

MODULES = [
    ("a3", 192, 64, 96, 128, 16, 32, 32),
    ("b3", 256, 128, 128, 192, 32, 96, 64),
    ("pool3",),
    ("a4", 480, 192, 96, 208, 16, 48, 64),
    ("b4", 512, 160, 112, 224, 24, 64, 64),
    ("c4", 512, 128, 128, 256, 24, 64, 64),
    ("d4", 512, 112, 144, 288, 32, 64, 64),
    ("e4", 528, 256, 160, 320, 32, 128, 128),
    ("pool4",),
    ("a5", 832, 256, 160, 320, 32, 128, 128),
    ("b5", 832, 384, 192, 384, 48, 128, 128),
]


def conv(channels, filters, kernel, stride=1):
    return Sequential(Conv2d(channels, filters, kernel, stride, padding=kernel // 2), ReLU())


def pool():
    return MaxPool2d(3, 2, ceil_mode=True)


def lrn():
    return LocalResponseNorm(5, alpha=1e-4, beta=0.75, k=1)


class Inception(Module):
    def __init__(self, channels, one, three_reduced, three, five_reduced, five, projected):
        super().__init__()
        self.branches = torch.nn.ModuleList(
            [
                conv(channels, one, 1),
                Sequential(conv(channels, three_reduced, 1), conv(three_reduced, three, 3)),
                Sequential(conv(channels, five_reduced, 1), conv(five_reduced, five, 5)),
                Sequential(MaxPool2d(3, 1, padding=1), conv(channels, projected, 1)),
            ]
        )

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], dim=1)


class CaffeGoogLeNet(Module):
    """Up to what goes into the softmax. `with_sides` is train_val.prototxt: its auxiliary classifiers run, and their outputs
    are left out."""

    def __init__(self, with_sides):
        super().__init__()
        stem = [conv(3, 64, 7, 2), pool(), lrn(), conv(64, 64, 1), conv(64, 192, 3), lrn(), pool()]
        self.stem = Sequential(*stem)
        self.body = torch.nn.ModuleDict(
            {name: Inception(*sizes) if sizes else pool() for name, *sizes in MODULES},
        )
        sides = {"a4": 512, "d4": 528} if with_sides else {}
        self.sides = torch.nn.ModuleDict({name: self.side(channels) for name, channels in sides.items()})
        self.head = Sequential(AvgPool2d(7), Flatten(), Linear(1024, 1000))

    @staticmethod
    def side(channels):
        return Sequential(
            AvgPool2d(5, 3), conv(channels, 128, 1), Flatten(), Linear(2048, 1024), ReLU(), Linear(1024, 1000)
        )

    def forward(self, x):
        x = self.stem(x)
        for name, module in self.body.items():
            x = module(x)
            if name in self.sides:
                self.sides[name](x)
        return self.head(x)
