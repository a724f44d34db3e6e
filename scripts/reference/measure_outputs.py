"""Runs the authors' own networks with weights that any program can compute, and writes what they give.

    python scripts/reference/measure_outputs.py test/models/reference-outputs.json --keras --torch
    python scripts/reference/measure_outputs.py test/models/reference-outputs.json --slim DIR --facenet DIR

The first needs tensorflow, keras, torch, torchvision and timm; the second tensorflow, and folders that hold `nets` of
tensorflow/models' research/slim and facenet's `src/models`. What is not asked for stays in the file as it is.
With `--save DIR`, the networks of Keras and PyTorch leave their checkpoints in the framework's own format in DIR.

No test needs Python: test/models/reference-outputs.test.ts fills the generated models with the same weights
(reference_weights.py) and compares.
"""

import json
import os
import sys
from functools import partial

import numpy as np
from reference_weights import GAINS, PICTURE_SCALES, picture, weight

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

SHOWN = 32
# Where the checkpoint of the network that runs next goes, without its extension; nowhere unless --save is given.
SAVED = None


def keras_network(build, size, channels=3, gain=1):
    import keras

    keras.utils.clear_session()
    order = []
    weighted = (keras.layers.Conv2D, keras.layers.DepthwiseConv2D, keras.layers.SeparableConv2D, keras.layers.Dense)
    original = keras.layers.Layer.__call__

    def call(self, *args, **kwargs):
        if isinstance(self, weighted + (keras.layers.BatchNormalization,)):
            order.append(self)
        return original(self, *args, **kwargs)

    keras.layers.Layer.__call__ = call
    try:
        model = build()
    finally:
        keras.layers.Layer.__call__ = original
    place = -1
    for layer in order:
        values = []
        if not isinstance(layer, keras.layers.BatchNormalization):
            place += 1
        for variable in layer.weights:
            name = variable.path.split("/")[-1]
            shape = tuple(variable.shape)
            if name == "depthwise_kernel" or (name == "kernel" and isinstance(layer, keras.layers.DepthwiseConv2D)):
                values.append(weight(place, "kernel", shape, shape[0] * shape[1], gain))
            elif name == "pointwise_kernel":
                place += 1
                values.append(weight(place, "kernel", shape, shape[2], gain))
            elif name == "kernel":
                values.append(weight(place, "kernel", shape, int(np.prod(shape[:-1])), gain))
            else:
                kind = {"moving_mean": "mean", "moving_variance": "variance"}.get(name, name)
                values.append(weight(place, kind, shape))
        layer.set_weights(values)
    if SAVED:
        model.save_weights(f"{SAVED}.weights.h5")
    return model.predict(picture(size, size, channels), verbose=0)[0]


def torch_network(model, size, channels=3, gain=1, picture_scale=1):
    import torch

    model.eval()
    order = []
    hooks = []
    weighted = (torch.nn.Conv2d, torch.nn.Linear)

    def note(module, _inputs, _output):
        order.append(module)

    for module in model.modules():
        if isinstance(module, weighted) or isinstance(module, torch.nn.BatchNorm2d):
            hooks.append(module.register_forward_hook(note))
        elif isinstance(module, torch.nn.LayerNorm) or hasattr(module, "layer_scale"):
            hooks.append(module.register_forward_hook(note))
        elif type(module).__name__ == "BatchNormAct2d":
            hooks.append(module.register_forward_hook(note))
    x = torch.from_numpy(picture(size, size, channels).transpose(0, 3, 1, 2).copy()) * picture_scale
    with torch.no_grad():
        model(x)
        for hook in hooks:
            hook.remove()
        place = -1
        for module in order:
            if isinstance(module, torch.nn.Conv2d):
                place += 1
                o, i, h, w = module.weight.shape
                if module.groups > 1 and i == 1:
                    value = weight(place, "kernel", (h, w, o, 1), h * w, gain).transpose(2, 3, 0, 1)
                else:
                    value = weight(place, "kernel", (h, w, i, o), h * w * i, gain).transpose(3, 2, 0, 1)
                module.weight.copy_(torch.from_numpy(value.copy()))
            elif isinstance(module, torch.nn.Linear):
                place += 1
                o, i = module.weight.shape
                module.weight.copy_(torch.from_numpy(weight(place, "kernel", (i, o), i, gain).T.copy()))
            elif hasattr(module, "layer_scale"):
                value = weight(place, "gamma", (module.layer_scale.numel(),))
                module.layer_scale.copy_(torch.from_numpy(value).reshape(module.layer_scale.shape))
                continue
            else:
                shape = module.weight.shape
                module.weight.copy_(torch.from_numpy(weight(place, "gamma", shape)))
                module.bias.copy_(torch.from_numpy(weight(place, "beta", shape)))
                if isinstance(module, torch.nn.LayerNorm):
                    continue
                module.running_mean.copy_(torch.from_numpy(weight(place, "mean", shape)))
                module.running_var.copy_(torch.from_numpy(weight(place, "variance", shape)))
                continue
            if module.bias is not None:
                module.bias.copy_(torch.from_numpy(weight(place, "bias", module.bias.shape)))
        if SAVED:
            from safetensors.torch import save_file

            save_file(model.state_dict(), f"{SAVED}.safetensors")
        return model(x).numpy()[0]


def slim_network(build, size, channels=3):
    import tensorflow as tf

    v1 = tf.compat.v1
    graph = tf.Graph()
    with graph.as_default():
        x = v1.placeholder(tf.float32, (1, size, size, channels))
        output = build(x)
        place = -1
        assigned = []
        # Auxiliary heads come last in the order of computation, wherever the code builds them.
        variables = sorted(v1.global_variables(), key=lambda variable: "AuxLogits" in variable.op.name)
        for variable in variables:
            name = variable.op.name.split("/")[-1]
            shape = tuple(variable.shape.as_list())
            if name == "weights":
                place += 1
                value = weight(place, "kernel", shape, int(np.prod(shape[:-1])))
            elif name in ("biases", "beta", "gamma", "moving_mean", "moving_variance"):
                kind = {"biases": "bias", "moving_mean": "mean", "moving_variance": "variance"}.get(name, name)
                value = weight(place, kind, shape)
            else:
                continue
            assigned.append((variable, value))
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            for variable, value in assigned:
                variable.load(value, session)
            return session.run(output, {x: picture(size, size, channels)})[0]


def keras_networks():
    import keras

    apps = keras.applications
    version = f"keras {keras.__version__}"
    yield "specs/inception-v3.incept:InceptionV3", f"{version} InceptionV3", lambda: keras_network(
        lambda: apps.InceptionV3(weights=None, classifier_activation=None), 299
    )
    yield "specs/inception-resnet-v2.incept:InceptionResNetV2Keras", f"{version} InceptionResNetV2", lambda: keras_network(
        lambda: apps.InceptionResNetV2(weights=None, classifier_activation=None), 299
    )
    yield "specs/zoo/mobilenet-v2.incept:MobileNetV2", f"{version} MobileNetV2", lambda: keras_network(
        lambda: apps.MobileNetV2(weights=None, classifier_activation=None), 224
    )
    yield "specs/zoo/mobilenet-v3-large.incept:MobileNetV3Large", f"{version} MobileNetV3Large", lambda: keras_network(
        lambda: apps.MobileNetV3Large(
            (224, 224, 3), weights=None, classifier_activation=None, include_preprocessing=False
        ),
        224,
    )
    yield "specs/zoo/efficientnet-b0.incept:EfficientNetB0", f"{version} EfficientNetB0", lambda: keras_network(
        lambda: without_scaling(apps.EfficientNetB0(weights=None, classifier_activation=None)), 224
    )
    yield "specs/zoo/efficientnet-v2-s.incept:EfficientNetV2S", f"{version} EfficientNetV2S", lambda: keras_network(
        lambda: apps.EfficientNetV2S(weights=None, classifier_activation=None, include_preprocessing=False),
        384,
        gain=GAINS["specs/zoo/efficientnet-v2-s.incept:EfficientNetV2S"],
    )
    yield "specs/zoo/xception.incept:Xception", f"{version} Xception", lambda: keras_network(
        lambda: apps.Xception(weights=None, classifier_activation=None), 299
    )


def without_scaling(model):
    """The model with a picture that its own first layers do not change: what they do is `preprocess` in a specification."""
    import keras

    layer = next(layer for layer in model.layers if isinstance(layer, keras.layers.Rescaling))
    layer.scale = 1.0
    model.predict_function = None
    return model


def declare_torchvision_operators():
    """Lets torchvision be imported without its compiled operators, which a wheel for another build of torch cannot load.

    Importing it registers shapes for nms, roi_align and their like. No classifier runs one of them.
    """
    import re
    from importlib.util import find_spec
    from pathlib import Path

    from torch import library, ops

    source = Path(find_spec("torchvision").submodule_search_locations[0], "_meta_registrations.py").read_text()
    declared = library.Library("torchvision", "DEF")
    for name in re.findall(r'register_fake\("torchvision::(\w+)"\)', source):
        if not hasattr(ops.torchvision, name):
            declared.define(f"{name}(Tensor x) -> Tensor")
    return declared


def torch_networks():
    operators = declare_torchvision_operators()
    import timm
    import torchvision

    t = f"timm {timm.__version__}"
    v = f"torchvision {torchvision.__version__}"
    tv = torchvision.models

    def from_timm(name):
        return lambda: torch_network(timm.create_model(name, pretrained=False), 299)

    yield "specs/inception-v3.incept:InceptionV3Timm", f"{t} inception_v3", from_timm("inception_v3")
    yield "specs/inception-v4.incept:InceptionV4Timm", f"{t} inception_v4", from_timm("inception_v4")
    yield "specs/inception-resnet-v2.incept:InceptionResNetV2Timm", f"{t} inception_resnet_v2", from_timm(
        "inception_resnet_v2"
    )
    yield "specs/inception-v3.incept:InceptionV3Torchvision", f"{v} inception_v3", lambda: torch_network(
        tv.inception_v3(weights=None, aux_logits=False, init_weights=False), 299
    )
    yield "specs/resnet-50.incept:ResNet50", f"{v} resnet50", lambda: torch_network(tv.resnet50(weights=None), 224)
    yield "specs/zoo/resnext-50.incept:ResNeXt50", f"{v} resnext50_32x4d", lambda: torch_network(
        tv.resnext50_32x4d(weights=None), 224
    )
    yield "specs/zoo/se-resnet-50.incept:SEResNet50", f"{t} legacy_seresnet50", lambda: torch_network(
        se_resnet_50(), 224
    )
    yield "specs/zoo/densenet-121.incept:DenseNet121", f"{v} densenet121", lambda: torch_network(
        tv.densenet121(weights=None), 224
    )
    yield "specs/zoo/convnext-t.incept:ConvNeXtT", f"{v} convnext_tiny", lambda: torch_network(
        tv.convnext_tiny(weights=None), 224
    )
    yield "specs/zoo/shufflenet-v2.incept:ShuffleNetV2", f"{v} shufflenet_v2_x1_0", lambda: torch_network(
        tv.shufflenet_v2_x1_0(weights=None), 224
    )
    yield "specs/zoo/squeezenet.incept:SqueezeNet", f"{v} squeezenet1_1", lambda: torch_network(
        tv.squeezenet1_1(weights=None), 224
    )
    yield "specs/zoo/googlenet.incept:GoogLeNet", f"{v} googlenet", lambda: torch_network(
        tv.googlenet(weights=None, aux_logits=False, init_weights=False), 224
    )


def torch_networks_with_softmax():
    import timm
    import torch
    from caffe_googlenet import CaffeGoogLeNet

    for name, with_sides in (("GoogLeNetCaffe", False), ("GoogLeNetCaffeAux", True)):
        network = f"specs/zoo/googlenet-caffe.incept:{name}"
        yield network, f"torch {torch.__version__}, layers of Caffe's models/bvlc_googlenet", partial(
            torch_network, CaffeGoogLeNet(with_sides), 224, picture_scale=PICTURE_SCALES[network]
        )
    yield "specs/zoo/csp-darknet-53.incept:CSPDarknet53", f"timm {timm.__version__} cspdarknet53, as in Darknet", lambda: (
        torch_network(csp_darknet_53(), 256)
    )


def se_resnet_50():
    """timm's, which computes a shortcut before the gate; here the gate comes first, as the specification has it."""
    import timm
    from timm.models import senet

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.relu(self.bn2(self.conv2(out)))
        out = self.se_module(self.bn3(self.conv3(out)))
        return self.relu(out + (x if self.downsample is None else self.downsample(x)))

    senet.Bottleneck.forward = forward
    return timm.create_model("legacy_seresnet50", pretrained=False)


def csp_darknet_53():
    """timm's, with Darknet's slope, two convolutions for the one that timm splits, and Darknet's order of what they give."""
    import timm
    import torch
    from timm.layers import ConvNormAct

    leaky = partial(torch.nn.LeakyReLU, negative_slope=0.1)

    class Stage(torch.nn.Module):
        def __init__(self, stage):
            super().__init__()
            both = stage.conv_exp.conv
            self.stage = stage
            self.enter, self.past = (
                ConvNormAct(both.in_channels, both.out_channels // 2, kernel_size=1, act_layer=leaky) for _ in range(2)
            )

        def forward(self, x):
            x = self.stage.conv_down(x)
            y = self.stage.conv_transition_b(self.stage.blocks(self.enter(x)))
            return self.stage.conv_transition(torch.cat([y, self.past(x)], dim=1))

    model = timm.create_model("cspdarknet53", pretrained=False, act_layer=leaky)
    model.stages = torch.nn.Sequential(*(Stage(stage) for stage in model.stages))
    return model


def replaced_contrib():
    """The files ask for tensorflow.contrib.slim and for names of TensorFlow 1."""
    import types

    import slim_shim
    import tensorflow as tf

    contrib = types.ModuleType("tensorflow.contrib")
    contrib.slim = slim_shim
    sys.modules["tensorflow.contrib"] = contrib
    sys.modules["tensorflow.contrib.slim"] = slim_shim
    tf.contrib = contrib
    for name in ("variable_scope", "truncated_normal_initializer", "GraphKeys", "placeholder"):
        setattr(tf, name, getattr(tf.compat.v1, name))
    return slim_shim


def slim_networks(folder):
    slim = replaced_contrib()
    sys.path.insert(0, folder)
    from nets import inception_resnet_v2, inception_v3, inception_v4

    def build(module, network, **options):
        def run(x):
            with slim.arg_scope(getattr(module, f"{network}_arg_scope")()):
                logits, _ = getattr(module, network)(x, num_classes=1000, is_training=False, **options)
            return logits

        return lambda: slim_network(run, 299)

    yield "specs/inception-v4.incept:InceptionV4", "TF-slim inception_v4.py", build(
        inception_v4, "inception_v4", create_aux_logits=False
    )
    yield "specs/inception-resnet-v2.incept:InceptionResNetV2", "TF-slim inception_resnet_v2.py", build(
        inception_resnet_v2, "inception_resnet_v2", create_aux_logits=False
    )
    yield "specs/inception-v3.incept:InceptionV3Slim", "TF-slim inception_v3.py", build(
        inception_v3, "inception_v3"
    )


def facenet_networks(folder):
    import tensorflow as tf

    replaced_contrib()
    sys.path.insert(0, folder)
    import inception_resnet_v1
    import inception_resnet_v2

    def build(module):
        def run(x):
            net, _ = module.inference(x, 1.0, phase_train=False, bottleneck_layer_size=128)
            return tf.nn.l2_normalize(net, 1, 1e-10)

        return lambda: slim_network(run, 160)

    yield "specs/inception-resnet-v1.incept:InceptionResNetV1Facenet", "facenet inception_resnet_v1.py", build(
        inception_resnet_v1
    )
    yield "specs/inception-resnet-v2.incept:InceptionResNetV2Facenet", "facenet inception_resnet_v2.py", build(
        inception_resnet_v2
    )


def option(name):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else None


def main():
    path = sys.argv[1]
    results = json.load(open(path)) if os.path.exists(path) else {}
    # Where the network ends in a softmax, the reference is what goes into it: probabilities hide differences.
    families = []
    if "--keras" in sys.argv:
        families.append((True, keras_networks()))
    if "--torch" in sys.argv:
        families.append((False, torch_networks()))
        families.append((True, torch_networks_with_softmax()))
    if option("--slim"):
        families.append((True, slim_networks(option("--slim"))))
    if option("--facenet"):
        families.append((False, facenet_networks(option("--facenet"))))
    folder = option("--save")
    for is_before_softmax, family in families:
        for network, source, run in family:
            if folder:
                global SAVED
                SAVED = os.path.join(folder, network.split(":")[1])
            output = run().astype(np.float64)
            results[network] = {
                "source": source,
                "isBeforeSoftmax": is_before_softmax,
                **({"gain": GAINS[network]} if network in GAINS else {}),
                **({"pictureScale": PICTURE_SCALES[network]} if network in PICTURE_SCALES else {}),
                "length": len(output),
                "norm": float(np.linalg.norm(output)),
                "first": [float(np.float32(value)) for value in output[:SHOWN]],
            }
            print(network, source, results[network]["norm"], output[:3], file=sys.stderr)
            with open(f"{path}.new", "w") as file:
                json.dump(dict(sorted(results.items())), file, indent=2)
                file.write("\n")
            os.replace(f"{path}.new", path)


if __name__ == "__main__":
    main()
