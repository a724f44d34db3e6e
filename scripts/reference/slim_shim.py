"""The part of slim that the Inception files call, on plain TensorFlow operations: slim itself no longer loads on Keras 3.

Only what a layer computes at inference is here, by slim's documented defaults: relu after convolutions and dense layers,
a bias where there is no normalizer, batch normalization with beta and without gamma unless `scale=True`.
"""

import functools

import tensorflow as tf

v1 = tf.compat.v1
_scopes = [{}]


class arg_scope:
    """Default arguments for functions, inside a `with` block; a scope that was entered before may be given again."""

    def __init__(self, functions, **defaults):
        layer = dict(_scopes[-1])
        if isinstance(functions, dict):
            layer = functions
        else:
            for function in functions:
                layer[function.__name__] = {**layer.get(function.__name__, {}), **defaults}
        self.layer = layer

    def __enter__(self):
        _scopes.append(self.layer)
        return self.layer

    def __exit__(self, *_):
        _scopes.pop()


def add_arg_scope(function):
    @functools.wraps(function)
    def wrapped(*args, **given):
        return function(*args, **{**_scopes[-1].get(function.__name__, {}), **given})

    return wrapped


def _pair(size):
    return [size, size] if isinstance(size, int) else [int(side) for side in size]


def _finish(net, units, normalizer_fn, normalizer_params, activation_fn):
    if normalizer_fn:
        net = normalizer_fn(net, **(normalizer_params or {}))
    else:
        net = net + v1.get_variable("biases", [units])
    return activation_fn(net) if activation_fn else net


@add_arg_scope
def conv2d(
    net, filters, kernel_size, stride=1, padding="SAME", activation_fn=tf.nn.relu, normalizer_fn=None,
    normalizer_params=None, scope=None, reuse=None, **_,
):
    filters = int(filters)
    with v1.variable_scope(scope, "Conv", [net], reuse=reuse):
        shape = [*_pair(kernel_size), int(net.shape[3]), filters]
        net = tf.nn.conv2d(net, v1.get_variable("weights", shape), _pair(stride), padding)
        return _finish(net, filters, normalizer_fn, normalizer_params, activation_fn)


@add_arg_scope
def fully_connected(
    net, units, activation_fn=tf.nn.relu, normalizer_fn=None, normalizer_params=None, scope=None, reuse=None, **_
):
    with v1.variable_scope(scope, "fully_connected", [net], reuse=reuse):
        net = tf.matmul(net, v1.get_variable("weights", [int(net.shape[-1]), units]))
        return _finish(net, units, normalizer_fn, normalizer_params, activation_fn)


@add_arg_scope
def batch_norm(net, epsilon=0.001, scale=False, scope=None, **_):
    channels = [int(net.shape[-1])]
    with v1.variable_scope(scope, "BatchNorm", [net]):
        gamma = v1.get_variable("gamma", channels) if scale else None
        beta = v1.get_variable("beta", channels)
        mean = v1.get_variable("moving_mean", channels)
        variance = v1.get_variable("moving_variance", channels)
        return tf.nn.batch_normalization(net, mean, variance, beta, gamma, epsilon)


@add_arg_scope
def avg_pool2d(net, kernel_size, stride=2, padding="VALID", scope=None):
    return tf.nn.avg_pool2d(net, _pair(kernel_size), _pair(stride), padding)


@add_arg_scope
def max_pool2d(net, kernel_size, stride=2, padding="VALID", scope=None):
    return tf.nn.max_pool2d(net, _pair(kernel_size), _pair(stride), padding)


@add_arg_scope
def dropout(net, keep_prob=0.5, is_training=True, scope=None):
    assert not is_training
    return net


def flatten(net, scope=None):
    return tf.reshape(net, [int(net.shape[0]), -1])


def softmax(net, scope=None):
    return tf.nn.softmax(net)


def repeat(net, repetitions, layer, *args, scope=None, **kwargs):
    with v1.variable_scope(scope, "Repeat", [net]):
        for index in range(repetitions):
            net = layer(net, *args, scope=f"{layer.__name__}_{index + 1}", **kwargs)
    return net


def l2_regularizer(_):
    return None


def variance_scaling_initializer(**_):
    return None


class layers:
    softmax = staticmethod(softmax)
    l2_regularizer = staticmethod(l2_regularizer)


class initializers:
    xavier_initializer = staticmethod(variance_scaling_initializer)
