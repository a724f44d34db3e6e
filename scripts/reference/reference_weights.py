"""Computes weights and a picture that any program can compute: each number is a hash of its layer's place in the order of
computation, of its kind and of its index (channels last)."""

import numpy as np

KINDS = {"kernel": 0, "bias": 1, "gamma": 2, "beta": 3, "mean": 4, "variance": 5}
PICTURE = 999_999

# A factor on the kernels of networks whose numbers would grow until gates are 0 or 1 and float32 has no digits left.
GAINS = {"specs/zoo/efficientnet-v2-s.incept:EfficientNetV2S": 0.85}

# A factor on the picture of networks that normalize by how large numbers are: at 1 that would change next to nothing.
PICTURE_SCALES = {
    "specs/zoo/googlenet-caffe.incept:GoogLeNetCaffe": 30,
    "specs/zoo/googlenet-caffe.incept:GoogLeNetCaffeAux": 30,
}


def noise(ordinal, shape):
    """Numbers from -0.5 up to 0.5, by an integer hash that needs 32 bits."""
    count = int(np.prod(shape))
    with np.errstate(over="ignore"):
        h = np.arange(count, dtype=np.uint32) ^ (np.uint32(ordinal & 0xFFFFFFFF) * np.uint32(0x9E3779B1))
        h *= np.uint32(0x85EBCA6B)
        h ^= h >> np.uint32(13)
        h *= np.uint32(0xC2B2AE35)
        h ^= h >> np.uint32(16)
    return (h.astype(np.float64) / 2**32 - 0.5).reshape(shape)


def weight(layer, kind, shape, fan_in=None, gain=1):
    u = noise(layer * 8 + KINDS[kind], shape)
    if kind == "kernel":
        return (u * np.sqrt(24 / fan_in) * gain).astype(np.float32)
    if kind in ("gamma", "variance"):
        return (1 + 0.4 * u).astype(np.float32)
    return (0.2 * u).astype(np.float32)


def picture(height, width, channels):
    return (2 * noise(PICTURE, (1, height, width, channels))).astype(np.float32)
