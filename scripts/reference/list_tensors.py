"""Lists the names and shapes of the tensors that checkpoints of real frameworks hold, a line each.

    python scripts/reference/list_tensors.py test/weights/names

Needs torch, torchvision, timm and keras. test/weights/name-tensors.test.ts compares them with the names that the files beside
the specifications give.
"""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")


def write(folder, name, tensors):
    with open(f"{folder}/{name}.txt", "w") as file:
        file.writelines(f"{key} {'x'.join(map(str, shape))}\n" for key, shape in tensors)


def of_torch(model):
    return [(key, value.shape) for key, value in model.state_dict().items() if not key.endswith("num_batches_tracked")]


def of_keras(model):
    return [(variable.path, variable.shape) for variable in model.weights]


def main():
    from measure_outputs import declare_torchvision_operators

    operators = declare_torchvision_operators()
    import keras
    import timm
    import torchvision

    folder = sys.argv[1]
    for name in ("inception_v3", "inception_v4", "inception_resnet_v2"):
        write(folder, f"timm-{name}", of_torch(timm.create_model(name, pretrained=False)))
    models = torchvision.models
    write(folder, "torchvision-inception_v3", of_torch(models.inception_v3(weights=None, init_weights=False)))
    write(folder, "torchvision-resnet50", of_torch(models.resnet50(weights=None)))
    for name in ("InceptionV3", "InceptionResNetV2"):
        keras.utils.clear_session()
        write(folder, f"keras-{name}", of_keras(getattr(keras.applications, name)(weights=None)))


if __name__ == "__main__":
    main()
