"""Computes layers in numpy, in float64 and channels last, with the weights of reference_weights.py, and counts them."""

import math

import numpy as np
from reference_weights import weight

DTYPE = np.float64


class Layers:
    """The layers of one network: each call takes the next place in the order of computation."""

    def __init__(self, gain):
        self.gain = gain
        self.place = -1
        self.trainable = 0
        self.non_trainable = 0
        self.macs = 0
        self.convs = 0
        self.blocks = []
        self._before = self._counts()

    def _counts(self):
        return {"params": self.trainable, "nonTrainable": self.non_trainable, "macs": self.macs, "convs": self.convs}

    def block(self, path, x):
        """Ends a block: what was counted since the last one is its own. Gives x back."""
        counts = self._counts()
        own = {key: counts[key] - self._before[key] for key in counts}
        self.blocks.append({"path": path, **own, "shape": list(x.shape[1:])})
        self._before = counts
        return x

    def figures(self):
        """As in a figures.json."""
        return {
            "params": {
                "trainable": self.trainable,
                "nonTrainable": self.non_trainable,
                "total": self.trainable + self.non_trainable,
            },
            "macs": self.macs,
            "convs": self.convs,
            "modules": self.blocks,
        }

    def _weight(self, kind, shape, fan_in=None):
        if kind in ("mean", "variance"):
            self.non_trainable += int(np.prod(shape))
        else:
            self.trainable += int(np.prod(shape))
        return weight(self.place, kind, shape, fan_in, self.gain).astype(DTYPE)

    def conv(self, x, filters, kernel, stride=1, pad="same", bias=False, depthwise=False):
        """`pad` is "same" as in TensorFlow, or the number of rows and columns on each side as in PyTorch and Caffe."""
        self.place += 1
        self.convs += 1
        channels = x.shape[-1]
        shape = (kernel, kernel, filters, 1) if depthwise else (kernel, kernel, channels, filters)
        taps = self._weight("kernel", shape, kernel * kernel * (1 if depthwise else channels))
        y = 0
        for row, column, part in _windows(x, kernel, stride, pad, 0):
            y = y + (part * taps[row, column, :, 0] if depthwise else part @ taps[row, column])
        self.macs += y.shape[1] * y.shape[2] * taps.size
        return y + self._weight("bias", (filters,)) if bias else y

    def depthwise(self, x, kernel, stride=1, pad="same", bias=False):
        return self.conv(x, x.shape[-1], kernel, stride, pad, bias, depthwise=True)

    def dense(self, x, units):
        """On a vector, or on the channels of every pixel."""
        self.place += 1
        inputs = x.shape[-1]
        y = x @ self._weight("kernel", (inputs, units), inputs) + self._weight("bias", (units,))
        self.macs += x.size * units
        return y

    def batchnorm(self, x, eps):
        shape = x.shape[-1:]
        gamma, beta = self._weight("gamma", shape), self._weight("beta", shape)
        mean, variance = self._weight("mean", shape), self._weight("variance", shape)
        return (x - mean) / np.sqrt(variance + eps) * gamma + beta

    def layernorm(self, x, eps):
        """Over the channels of every pixel."""
        centred = x - x.mean(axis=-1, keepdims=True)
        normalized = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps)
        return normalized * self._weight("gamma", x.shape[-1:]) + self._weight("beta", x.shape[-1:])

    def layer_scale(self, x):
        return x * self._weight("gamma", x.shape[-1:])


def _windows(x, kernel, stride, pad, fill):
    """For each place in the window, the numbers that all windows have there; with "ceil" windows begin at 0 and the last
    one may reach over the edge, as in Caffe's pools."""
    before, after, counts = [], [], []
    for side in x.shape[1:3]:
        if pad == "same":
            count = -(-side // stride)
            total = max((count - 1) * stride + kernel - side, 0)
            before.append(total // 2)
            after.append(total - total // 2)
        elif pad == "ceil":
            count = -(-(side - kernel) // stride) + 1
            before.append(0)
            after.append((count - 1) * stride + kernel - side)
        else:
            count = (side + 2 * pad - kernel) // stride + 1
            before.append(pad)
            after.append(pad)
        counts.append(count)
    padded = np.pad(x, ((0, 0), (before[0], after[0]), (before[1], after[1]), (0, 0)), constant_values=fill)
    rows, columns = ((count - 1) * stride + 1 for count in counts)
    for row in range(kernel):
        for column in range(kernel):
            yield row, column, padded[:, row : row + rows : stride, column : column + columns : stride]


def max_pool(x, kernel, stride, pad):
    return np.maximum.reduce([part for _, _, part in _windows(x, kernel, stride, pad, -np.inf)])


def mean_pool(x, kernel, stride):
    return sum(part for _, _, part in _windows(x, kernel, stride, 0, 0)) / kernel**2


def local_response(x, size, alpha, beta):
    """Caffe's LRN across channels, with k = 1."""
    channels = x.shape[-1]
    squares = np.pad(x * x, ((0, 0), (0, 0), (0, 0), (size // 2, size // 2)))
    sums = sum(squares[..., start : start + channels] for start in range(size))
    return x / (1 + alpha / size * sums) ** beta


def global_mean(x):
    return x.mean(axis=(1, 2))


def sigmoid(x):
    return 0.5 * (1 + np.tanh(x / 2))


def gelu(x):
    """The exact one. numpy has no erf: this is Python's."""
    return x * 0.5 * (1 + np.vectorize(math.erf, otypes=[DTYPE])(x / math.sqrt(2)))


def relu(x):
    return np.maximum(x, 0)


def silu(x):
    return x * sigmoid(x)
