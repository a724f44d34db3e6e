"""Runs single layers of PyTorch on a picture and with weights that any program can compute, and writes what they give.

    python scripts/reference/measure_layers.py test/oracle/pytorch-layers.json

No test needs Python: test/oracle/pytorch-layers.test.ts compiles the step that each entry is called by, and compares.
"""

import json
import sys

import numpy as np
import torch
from reference_weights import picture, weight
from torch import nn

HEIGHT, WIDTH, CHANNELS = 5, 6, 4

GROUP_NORM = {
    "groupnorm groups=2": nn.GroupNorm(2, CHANNELS),
    "groupnorm groups=1 eps=0.01": nn.GroupNorm(1, CHANNELS, eps=0.01),
    "groupnorm groups=4 gamma=false beta=false": nn.GroupNorm(4, CHANNELS, affine=False),
    "defaults groupnorm(groups=3) conv 3x3 6 norm=group act=none": nn.Sequential(
        nn.Conv2d(CHANNELS, 6, 3, padding=1), nn.GroupNorm(3, 6)
    ),
    "flatten -> groupnorm groups=8": nn.Sequential(nn.Flatten(), nn.GroupNorm(8, HEIGHT * WIDTH * CHANNELS)),
}

UPSAMPLE = {
    "upsample 3": nn.Upsample(scale_factor=3),
    "upsample to=[7, 11]": nn.Upsample(size=(7, 11)),
    "upsample 2 interpolation=bilinear_half_pixel": nn.Upsample(scale_factor=2, mode="bilinear"),
    "upsample 3 interpolation=bilinear_half_pixel": nn.Upsample(scale_factor=3, mode="bilinear"),
    "upsample to=[7, 11] interpolation=bilinear_half_pixel": nn.Upsample(size=(7, 11), mode="bilinear"),
    "maxpool 5x1 valid -> upsample to=[4, 7] interpolation=bilinear_half_pixel": nn.Sequential(
        nn.MaxPool2d((5, 1), 1), nn.Upsample(size=(4, 7), mode="bilinear")
    ),
    "upsample 2 interpolation=bilinear_align_corners": nn.Upsample(
        scale_factor=2, mode="bilinear", align_corners=True
    ),
    "upsample to=[7, 11] interpolation=bilinear_align_corners": nn.Upsample(
        size=(7, 11), mode="bilinear", align_corners=True
    ),
}

PLAIN = "norm=none act=none"

PADDING = {
    f"conv 3x3 5 pad=1 {PLAIN}": nn.Conv2d(CHANNELS, 5, 3, padding=1),
    f"conv 3x3 5 /2 pad=1 {PLAIN}": nn.Conv2d(CHANNELS, 5, 3, stride=2, padding=1),
    f"conv 3x2 5 /2 pad=2x1 {PLAIN}": nn.Conv2d(CHANNELS, 5, (3, 2), stride=2, padding=(2, 1)),
    f"conv 3x3 5 /2 pad=[0, 1, 2, 1] {PLAIN}": nn.Sequential(
        nn.ZeroPad2d((2, 1, 0, 1)), nn.Conv2d(CHANNELS, 5, 3, stride=2)
    ),
    f"conv 3x3 6 pad=2 dilation=2 groups=2 {PLAIN}": nn.Conv2d(CHANNELS, 6, 3, padding=2, dilation=2, groups=2),
    f"dwconv 3x3 /2 pad=1 mult=2 {PLAIN}": nn.Conv2d(
        CHANNELS, 2 * CHANNELS, 3, stride=2, padding=1, groups=CHANNELS
    ),
    f"sepconv 3x3 5 /2 pad=1 {PLAIN}": nn.Sequential(
        nn.Conv2d(CHANNELS, CHANNELS, 3, stride=2, padding=1, groups=CHANNELS, bias=False),
        nn.Conv2d(CHANNELS, 5, 1),
    ),
    f"deconv 3x3 5 /2 pad=1 {PLAIN}": nn.ConvTranspose2d(CHANNELS, 5, 3, stride=2, padding=1),
    f"deconv 3x3 5 /2 pad=[1, 0, 1, 0] {PLAIN}": nn.ConvTranspose2d(
        CHANNELS, 5, 3, stride=2, padding=1, output_padding=1
    ),
    f"deconv 4x2 5 /3 pad=1x0 {PLAIN}": nn.ConvTranspose2d(CHANNELS, 5, (4, 2), stride=3, padding=(1, 0)),
    "maxpool 3x3 /2 pad=1": nn.MaxPool2d(3, stride=2, padding=1),
    "maxpool 2x3 pad=1": nn.MaxPool2d((2, 3), stride=1, padding=1),
    "avgpool 3x3 /2 pad=1": nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False),
    "avgpool 3x3 /2 pad=1 count_pad=true": nn.AvgPool2d(3, stride=2, padding=1),
    "avgpool 3x2 /2 pad=1x0": nn.AvgPool2d((3, 2), stride=2, padding=(1, 0), count_include_pad=False),
}

CASES = {**GROUP_NORM, **UPSAMPLE, **PADDING}


def fill(module):
    """Gives the layers of a module their weights, in order; only one with a kernel has a place of its own."""
    place = -1
    for layer in module.modules():
        if isinstance(layer, nn.Conv2d):
            place += 1
            o, i, h, w = layer.weight.shape
            if layer.groups > 1 and i == 1:
                value = weight(place, "kernel", (h, w, layer.groups, o // layer.groups), h * w)
                value = value.reshape(h, w, o, 1).transpose(2, 3, 0, 1)
            else:
                value = weight(place, "kernel", (h, w, i, o), h * w * i).transpose(3, 2, 0, 1)
            layer.weight.copy_(torch.from_numpy(value.copy()))
            if layer.bias is not None:
                layer.bias.copy_(torch.from_numpy(weight(place, "bias", (o,))))
        elif isinstance(layer, nn.ConvTranspose2d):
            place += 1
            i, o, h, w = layer.weight.shape
            value = weight(place, "kernel", (h, w, o, i), h * w * o).transpose(3, 2, 0, 1)
            layer.weight.copy_(torch.from_numpy(value.copy()))
            layer.bias.copy_(torch.from_numpy(weight(place, "bias", (o,))))
        elif isinstance(layer, nn.GroupNorm) and layer.affine:
            layer.weight.copy_(torch.from_numpy(weight(place, "gamma", layer.weight.shape)))
            layer.bias.copy_(torch.from_numpy(weight(place, "beta", layer.bias.shape)))


def flattens(module):
    return isinstance(module, nn.Sequential) and isinstance(module[0], nn.Flatten)


def measure(module):
    x = picture(HEIGHT, WIDTH, CHANNELS)
    with torch.no_grad():
        fill(module)
        # A vector counts its channels innermost, as here.
        given = torch.from_numpy(x if flattens(module) else x.transpose(0, 3, 1, 2).copy())
        output = module(given).numpy()[0]
    if output.ndim == 3:
        output = output.transpose(1, 2, 0)
    return {"shape": list(output.shape), "values": [round(float(value), 5) for value in output.reshape(-1)]}


def main(path):
    entries = {step: measure(module) for step, module in CASES.items()}
    lines = ",\n".join(f"    {json.dumps(step)}: {json.dumps(entry)}" for step, entry in entries.items())
    input_shape = json.dumps([HEIGHT, WIDTH, CHANNELS])
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            f'{{\n  "source": "PyTorch {torch.__version__.split("+")[0]}",\n  "input": {input_shape},\n'
            f'  "layers": {{\n{lines}\n  }}\n}}\n'
        )


if __name__ == "__main__":
    main(sys.argv[1])
