"""Transcribes networks of Keras, Darknet, Caffe and PyTorch to numpy, layer by layer from their authors' code.

    python scripts/reference/numpy_networks.py EfficientNetV2S

prints what the transcription counts, as a figures.json has it.

These numbers are not the frameworks' own: they come from this transcription, where only numpy is at hand. With the
frameworks installed, `measure_outputs.py --keras --torch` replaces them by what the frameworks give, Caffe's excepted:
Caffe is not asked there. Networks whose outputs a framework has given already are here as controls:
`measure_outputs.py --numpy` compares with them.
"""

import json
import sys

import numpy as np
from numpy_layers import Layers, gelu, global_mean, local_response, max_pool, mean_pool, relu, sigmoid, silu
from reference_weights import GAINS, PICTURE_SCALES, picture


def efficientnet(net, x, stem, stages):
    """keras/src/applications/efficientnet_v2.py and efficientnet.py, without preprocessing, up to the logits."""

    def normalized(y, activation=None):
        y = net.batchnorm(y, 1e-3)
        return activation(y) if activation else y

    def fused(x, kernel, filters_in, filters_out, expansion, stride):
        if expansion == 1:
            return normalized(net.conv(x, filters_out, kernel, stride), silu)
        y = normalized(net.conv(x, filters_in * expansion, kernel, stride), silu)
        return normalized(net.conv(y, filters_out, 1))

    def inverted(x, kernel, filters_in, filters_out, expansion, stride):
        filters = filters_in * expansion
        y = normalized(net.conv(x, filters, 1), silu) if expansion != 1 else x
        y = normalized(net.depthwise(y, kernel, stride), silu)
        gate = global_mean(y).reshape(1, 1, 1, filters)
        gate = silu(net.conv(gate, max(1, int(filters_in * 0.25)), 1, bias=True))
        gate = sigmoid(net.conv(gate, filters, 1, bias=True))
        return normalized(net.conv(y * gate, filters_out, 1))

    x = net.block("stem", normalized(net.conv(x, stem, 3, 2), silu))
    for number, (is_fused, kernel, repeats, filters_in, filters_out, expansion, stride) in enumerate(stages, 1):
        for index in range(repeats):
            before = filters_in if index == 0 else filters_out
            step = stride if index == 0 else 1
            y = (fused if is_fused else inverted)(x, kernel, before, filters_out, expansion, step)
            x = x + y if step == 1 and before == filters_out else y
        net.block(f"stage{number}", x)
    x = net.block("top", normalized(net.conv(x, 1280, 1), silu))
    return net.block("head", net.dense(global_mean(x), 1000))


def efficientnet_b0(net, x):
    """Scaled by 1: the filters and repeats are those of DEFAULT_BLOCKS_ARGS."""
    stages = [
        (False, 3, 1, 32, 16, 1, 1),
        (False, 3, 2, 16, 24, 6, 2),
        (False, 5, 2, 24, 40, 6, 2),
        (False, 3, 3, 40, 80, 6, 2),
        (False, 5, 3, 80, 112, 6, 1),
        (False, 5, 4, 112, 192, 6, 2),
        (False, 3, 1, 192, 320, 6, 1),
    ]
    return efficientnet(net, x, 32, stages)


def efficientnet_v2_s(net, x):
    """DEFAULT_BLOCKS_ARGS["efficientnetv2-s"]."""
    stages = [
        (True, 3, 2, 24, 24, 1, 1),
        (True, 3, 4, 24, 48, 4, 2),
        (True, 3, 4, 48, 64, 4, 2),
        (False, 3, 6, 64, 128, 4, 2),
        (False, 3, 9, 128, 160, 6, 1),
        (False, 3, 15, 160, 256, 6, 2),
    ]
    return efficientnet(net, x, 24, stages)


def squeezenet(net, x):
    """torchvision/models/squeezenet.py: squeezenet1_1. No pool there has a window that ceil_mode would add at 224."""

    def fire(x, squeezed, expanded):
        x = relu(net.conv(x, squeezed, 1, bias=True))
        wide = [relu(net.conv(x, expanded, kernel, pad=kernel // 2, bias=True)) for kernel in (1, 3)]
        return np.concatenate(wide, axis=3)

    x = max_pool(relu(net.conv(x, 64, 3, 2, pad=0, bias=True)), 3, 2, 0)
    x = max_pool(fire(fire(x, 16, 64), 16, 64), 3, 2, 0)
    x = max_pool(fire(fire(x, 32, 128), 32, 128), 3, 2, 0)
    x = fire(fire(fire(fire(x, 48, 192), 48, 192), 64, 256), 64, 256)
    return global_mean(relu(net.conv(x, 1000, 1, bias=True)))


def csp_darknet_53(net, x):
    """cfg/csdarknet53.cfg of WongKinYiu/CrossStagePartialNetworks, up to the softmax. The convolution that goes past the
    blocks comes before them there, and its channels behind theirs (`route layers=-1,-7`): here it is computed after them."""

    def normalized(x, filters, kernel, stride=1):
        y = net.batchnorm(net.conv(x, filters, kernel, stride, pad=kernel // 2), 1e-5)
        return np.where(y > 0, y, 0.1 * y)

    stages = [(64, 64, 32, 1), (128, 64, 64, 2), (256, 128, 128, 8), (512, 256, 256, 8), (1024, 512, 512, 4)]
    x = net.block("stem", normalized(x, 32, 3))
    for number, (filters, wide, middle, repeats) in enumerate(stages, 1):
        x = normalized(x, filters, 3, 2)
        y = normalized(x, wide, 1)
        for _ in range(repeats):
            y = y + normalized(normalized(y, middle, 1), wide, 3)
        y = normalized(y, wide, 1)
        past = normalized(x, wide, 1)
        x = net.block(f"stage{number}", normalized(np.concatenate([y, past], axis=3), filters, 1))
    return net.block("head", net.dense(global_mean(x), 1000))


def googlenet_caffe(net, x):
    """models/bvlc_googlenet/deploy.prototxt, up to the softmax."""
    return bvlc_googlenet(net, x, False)


def googlenet_caffe_aux(net, x):
    """models/bvlc_googlenet/train_val.prototxt: with the auxiliary classifiers, whose outputs are left out here."""
    return bvlc_googlenet(net, x, True)


def bvlc_googlenet(net, x, with_sides):
    def conv(x, filters, kernel, stride=1):
        return relu(net.conv(x, filters, kernel, stride, pad=kernel // 2, bias=True))

    def inception(x, one, three_reduced, three, five_reduced, five, projected):
        parts = [
            conv(x, one, 1),
            conv(conv(x, three_reduced, 1), three, 3),
            conv(conv(x, five_reduced, 1), five, 5),
            conv(max_pool(x, 3, 1, 1), projected, 1),
        ]
        return np.concatenate(parts, axis=3)

    def side(x):
        x = conv(mean_pool(x, 5, 3), 128, 1)
        return net.dense(relu(net.dense(x.reshape(1, -1), 1024)), 1000)

    x = max_pool(conv(x, 64, 7, 2), 3, 2, "ceil")
    x = conv(conv(local_response(x, 5, 1e-4, 0.75), 64, 1), 192, 3)
    x = net.block("stem", max_pool(local_response(x, 5, 1e-4, 0.75), 3, 2, "ceil"))
    modules = [
        ("a3", 64, 96, 128, 16, 32, 32),
        ("b3", 128, 128, 192, 32, 96, 64),
        ("pool3",),
        ("a4", 192, 96, 208, 16, 48, 64),
        ("b4", 160, 112, 224, 24, 64, 64),
        ("c4", 128, 128, 256, 24, 64, 64),
        ("d4", 112, 144, 288, 32, 64, 64),
        ("e4", 256, 160, 320, 32, 128, 128),
        ("pool4",),
        ("a5", 256, 160, 320, 32, 128, 128),
        ("b5", 384, 192, 384, 48, 128, 128),
    ]
    sides = {"a4": "loss1", "d4": "loss2"} if with_sides else {}
    for name, *sizes in modules:
        x = net.block(name, inception(x, *sizes) if sizes else max_pool(x, 3, 2, "ceil"))
        if name in sides:
            net.block(sides[name], side(x))
    return net.block("head", net.dense(global_mean(x), 1000))


def convnext_t(net, x):
    """torchvision/models/convnext.py: convnext_tiny, with 1x1 convolutions for its dense layers on the channels."""
    x = net.block("stem", net.layernorm(net.conv(x, 96, 4, 4, pad=0, bias=True), 1e-6))
    for number, (channels, repeats) in enumerate([(96, 3), (192, 3), (384, 9), (768, 3)], 1):
        if number > 1:
            x = net.layernorm(x, 1e-6)
            x = net.block(f"down{number - 1}", net.conv(x, channels, 2, 2, pad=0, bias=True))
        for _ in range(repeats):
            y = net.layernorm(net.depthwise(x, 7, pad=3, bias=True), 1e-6)
            y = net.conv(gelu(net.conv(y, 4 * channels, 1, bias=True)), channels, 1, bias=True)
            x = x + net.layer_scale(y)
        net.block(f"stage{number}", x)
    return net.block("head", net.dense(net.layernorm(global_mean(x), 1e-6), 1000))


def shufflenet_v2(net, x):
    """torchvision/models/shufflenetv2.py: shufflenet_v2_x1_0."""

    def normalized(y):
        return net.batchnorm(y, 1e-5)

    def branch(x, filters, stride):
        y = relu(normalized(net.conv(x, filters, 1)))
        y = normalized(net.depthwise(y, 3, stride, pad=1))
        return relu(normalized(net.conv(y, filters, 1)))

    def shuffled(parts):
        return np.stack(parts, axis=-1).reshape(*parts[0].shape[:3], -1)

    x = relu(normalized(net.conv(x, 24, 3, 2, pad=1)))
    x = net.block("stem", max_pool(x, 3, 2, 1))
    for number, (filters, repeats) in enumerate([(116, 4), (232, 8), (464, 4)], 2):
        half = filters // 2
        left = normalized(net.depthwise(x, 3, 2, pad=1))
        left = relu(normalized(net.conv(left, half, 1)))
        x = shuffled([left, branch(x, half, 2)])
        for _ in range(repeats - 1):
            x = shuffled([x[..., :half], branch(x[..., half:], half, 1)])
        net.block(f"stage{number}", x)
    x = net.block("top", relu(normalized(net.conv(x, 1024, 1))))
    return net.block("head", net.dense(global_mean(x), 1000))


# Name, source, transcription, side of the picture, and whether the specification ends in a softmax.
NETWORKS = [
    ("specs/zoo/convnext-t.incept:ConvNeXtT", "torchvision convnext.py, convnext_tiny", convnext_t, 224, False),
    (
        "specs/zoo/csp-darknet-53.incept:CSPDarknet53",
        "CrossStagePartialNetworks cfg/csdarknet53.cfg",
        csp_darknet_53,
        256,
        True,
    ),
    ("specs/zoo/efficientnet-b0.incept:EfficientNetB0", "keras efficientnet.py", efficientnet_b0, 224, True),
    (
        "specs/zoo/efficientnet-v2-s.incept:EfficientNetV2S",
        "keras efficientnet_v2.py (commit 3422977), EfficientNetV2S",
        efficientnet_v2_s,
        384,
        True,
    ),
    (
        "specs/zoo/googlenet-caffe.incept:GoogLeNetCaffe",
        "Caffe models/bvlc_googlenet",
        googlenet_caffe,
        224,
        True,
    ),
    (
        "specs/zoo/googlenet-caffe.incept:GoogLeNetCaffeAux",
        "Caffe models/bvlc_googlenet, with auxiliary classifiers",
        googlenet_caffe_aux,
        224,
        True,
    ),
    (
        "specs/zoo/shufflenet-v2.incept:ShuffleNetV2",
        "torchvision shufflenetv2.py, shufflenet_v2_x1_0",
        shufflenet_v2,
        224,
        False,
    ),
    ("specs/zoo/squeezenet.incept:SqueezeNet", "torchvision squeezenet.py", squeezenet, 224, False),
]


def run(network, build, size):
    """What the network gives, and its layers."""
    net = Layers(GAINS.get(network, 1))
    x = picture(size, size, 3).astype(float) * PICTURE_SCALES.get(network, 1)
    return build(net, x)[0], net


if __name__ == "__main__":
    for network, _, build, size, _ in NETWORKS:
        if network.split(":")[1] in sys.argv[1:]:
            print(json.dumps({network: run(network, build, size)[1].figures()}, indent=2))
