"""Writes small checkpoints in each framework's own format, and what is in them; reads what inceptc wrote.

    python scripts/reference/write_checkpoints.py write test/weights/files --numpy --torch --keras
    npx tsx scripts/reference/write-own-checkpoints.ts DIR
    python scripts/reference/write_checkpoints.py check DIR

Needs the package of each format that is asked for: numpy, torch, tensorflow and keras. What is not asked for stays as it is. No test
needs Python: test/unit/weights reads the files and compares them with expected.json beside them.
"""

import io
import json
import math
import os
import sys
import zipfile

import numpy as np
from reference_weights import noise

SPECIAL = np.array([np.nan, np.inf, -np.inf, -0.0, 1e-45, 3.4028235e38], np.float32)


def values(ordinal, shape):
    """Pseudo-random float32 numbers."""
    return (noise(ordinal, shape) * 4).astype(np.float32)


def integers(ordinal, shape, dtype):
    info = np.iinfo(dtype)
    low, high = max(info.min, -(2**24)), min(info.max, 2**24)
    return (noise(ordinal, shape) * (high - low) + (high + low) / 2).astype(dtype)


def entry(name, array, kind=None):
    """What a reader must find: values become float32."""
    array = np.asarray(array)
    with np.errstate(over="ignore"):
        flat = array.astype(np.float32).ravel()
    return {
        "name": name,
        "shape": list(array.shape),
        "type": kind or str(array.dtype),
        "values": [float(x) if math.isfinite(x) else str(x) for x in flat],
    }


def numpy_files(folder):
    arrays = {
        "conv2d/kernel": values(1, (3, 3, 2, 4)),
        "conv2d/bias": values(2, (4,)),
        "fortran": np.asfortranarray(values(3, (3, 4, 5))),
        "big_endian": values(4, (2, 3)).astype(">f8"),
        "big_endian_fortran": np.asfortranarray(integers(5, (3, 2), np.int32).astype(">i4")),
        "half": values(6, (2, 5)).astype(np.float16),
        "double": values(7, (3,)).astype(np.float64) / 3,
        "int64": integers(8, (2, 2), np.int64),
        "uint64": integers(9, (3,), np.uint64),
        "uint32": integers(10, (3,), np.uint32),
        "int16": integers(11, (3,), np.int16),
        "uint16": integers(12, (3,), np.uint16),
        "int8": integers(13, (3,), np.int8),
        "uint8": integers(14, (3,), np.uint8),
        "bool": np.array([True, False, True]),
        "scalar": np.float32(0.25),
        "empty": np.zeros((0, 3), np.float32),
        "special": SPECIAL,
        "größe": values(15, (2,)),
    }
    with open(os.path.join(folder, "stored.npz"), "wb") as file:
        np.savez(file, **arrays)
    with open(os.path.join(folder, "compressed.npz"), "wb") as file:
        np.savez_compressed(file, **arrays)
    entries = []
    for name, array in arrays.items():
        kind = np.asarray(array).dtype.newbyteorder("=").name
        entries.append(entry(name, array, kind))
    return {"stored.npz": entries, "compressed.npz": entries}


def torch_files(folder):
    import torch

    def tensor(ordinal, shape, dtype=torch.float32):
        return torch.from_numpy(values(ordinal, shape)).to(dtype)

    def entries_of(state, prefix=""):
        entries = []
        for name, value in state.items():
            wide = value.detach().to(torch.float64 if value.dtype.is_floating_point else value.dtype)
            entries.append(entry(prefix + name, wide.numpy(), str(value.dtype).removeprefix("torch.")))
        return entries

    net = torch.nn.Sequential(
        torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4), torch.nn.Flatten(), torch.nn.Linear(16, 5)
    )
    with torch.no_grad():
        for place, value in enumerate(net.state_dict().values()):
            if value.is_floating_point():
                value.copy_(tensor(100 + place, tuple(value.shape)))
    state = net.state_dict()
    expected = {}

    def save(name, content, tensors, **options):
        torch.save(content, os.path.join(folder, name), **options)
        expected[name] = entries_of(tensors)

    legacy = {"_use_new_zipfile_serialization": False}
    save("net.pt", state, state)
    save("net-legacy.pt", state, state, **legacy)

    shared = tensor(120, (4, 6))
    odd = {
        "transposed": tensor(121, (3, 5)).t(),
        "channels_last": tensor(122, (2, 3, 2, 2)).contiguous(memory_format=torch.channels_last),
        "rows": shared[1:3],
        "columns": shared[:, 2:5],
        "every_second": shared.reshape(-1)[1::2],
        "expanded": tensor(123, (1, 3)).expand(2, 3),
        "half": tensor(124, (3,), torch.float16),
        "bfloat16": tensor(125, (2, 3), torch.bfloat16).t(),
        "double": tensor(126, (2,), torch.float64) / 3,
        "int64": torch.tensor([1, -(2**40), 3]),
        "int32": torch.tensor([1, -2], dtype=torch.int32),
        "int16": torch.tensor([1, -2], dtype=torch.int16),
        "int8": torch.tensor([1, -2], dtype=torch.int8),
        "uint8": torch.tensor([1, 255], dtype=torch.uint8),
        "bool": torch.tensor([True, False]),
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(0, 3),
        "special": torch.from_numpy(SPECIAL),
        "parameter": torch.nn.Parameter(tensor(127, (2, 2))),
    }
    save("odd.pt", odd, odd)
    save("odd-legacy.pt", odd, odd, **legacy)
    save("odd-protocol-4.pt", odd, odd, pickle_protocol=4)
    unsigned = {"uint16": torch.tensor([1, 65535], dtype=torch.uint16).to(torch.uint16)}
    torch.save(unsigned, os.path.join(folder, "unsigned.pt"))
    expected["unsigned.pt"] = [entry("uint16", np.array([1, 65535], np.uint16))]

    # What training programs save: the state dict is one of several entries, its names those of a parallel model.
    parallel = {"module." + name: value for name, value in state.items()}
    optimizer = torch.optim.Adam(net.parameters())
    net(torch.from_numpy(values(130, (2, 3, 4, 4)))).sum().backward()
    optimizer.step()
    training = {"epoch": 7, "arch": "small", "state_dict": parallel, "optimizer": optimizer.state_dict()}
    save("training.pt", training, parallel)
    save("training-legacy.pt", training, parallel, **legacy)
    save("nested.pt", {"model": state, "epoch": 3}, state)

    # As a machine of the other byte order writes it: its own entry says so, and PyTorch reads it here.
    floats = {name: value for name, value in odd.items() if value.dtype == torch.float32}
    little = io.BytesIO()
    torch.save(floats, little)
    path = os.path.join(folder, "big-endian.pt")
    with zipfile.ZipFile(little) as read, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as written:
        for info in read.infolist():
            content = read.read(info)
            if info.filename.endswith("/byteorder"):
                content = b"big"
            elif "/data/" in info.filename:
                content = np.frombuffer(content, "<f4").astype(">f4").tobytes()
            written.writestr(zipfile.ZipInfo(info.filename), content)
    for name, value in torch.load(path).items():
        assert torch.allclose(value, floats[name], equal_nan=True, rtol=0, atol=0), name
    expected["big-endian.pt"] = entries_of(floats)

    return expected


def small_keras_model(keras):
    """A model as a layer of another one, names of the user, and a normalization without gamma."""
    layers = keras.layers
    inner_input = keras.Input((None, None, 4))
    inner = keras.Model(inner_input, layers.Conv2D(3, 1, name="project")(inner_input), name="inner")
    picture = keras.Input((8, 8, 2))
    x = layers.Conv2D(4, 3, use_bias=False)(picture)
    x = layers.BatchNormalization(scale=False)(x)
    return keras.Model(picture, layers.Dense(5, name="predictions")(inner(x)), name="small")


def tiny_keras_model(keras):
    layers = keras.layers
    picture = keras.Input((4, 4, 2))
    x = layers.BatchNormalization()(layers.Conv2D(3, 3)(picture))
    return keras.Model(picture, layers.Dense(2, name="predictions")(x), name="tiny")


def kinds_of_keras_layers(keras):
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((8, 8, 2)),
            layers.DepthwiseConv2D(3),
            layers.SeparableConv2D(4, 1),
            layers.BatchNormalization(),
            layers.PReLU(shared_axes=[1, 2]),
            layers.LayerNormalization(),
            layers.Dropout(0.2),
        ],
        name="kinds",
    )


def keras_files(folder):
    import h5py
    import keras
    import ml_dtypes

    keras.utils.clear_session()
    expected = {}

    def layer_entries(layer, prefix=""):
        if isinstance(layer, keras.Model):
            return [e for inner in layer.layers for e in layer_entries(inner, f"{prefix}{layer.name}/")]
        return [
            entry(f"{prefix}{layer.name}/{weight.name}", np.array(weight))
            for weight in layer.weights
            if "seed" not in weight.name
        ]

    def save(build, *names):
        model = build(keras)
        for place, variable in enumerate(model.weights):
            variable.assign(values(200 + place, tuple(variable.shape)))
        model.compile(optimizer="sgd", loss="mse")
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith(".weights.h5"):
                model.save_weights(path)
            else:
                model.save(path)
            expected[name] = [e for layer in model.layers for e in layer_entries(layer)]

    save(small_keras_model, "small.weights.h5", "small.h5")
    save(tiny_keras_model, "tiny.keras")
    save(kinds_of_keras_layers, "kinds.weights.h5")

    # As Keras 2 wrote weights: `:0` behind each name, and the classifier in a scope of another name.
    old = [
        ("conv2d_1", ["conv2d_1/kernel:0", "conv2d_1/bias:0"], [(3, 3, 2, 4), (4,)]),
        ("activation_1", [], []),
        ("inner", ["conv2d_2/kernel:0", "bn/beta:0"], [(1, 1, 4, 3), (3,)]),
        ("predictions", ["predictions_1/kernel:0", "predictions_1/bias:0"], [(3, 5), (5,)]),
        ("block/conv", ["block/conv/kernel:0"], [(1, 1, 2, 2)]),
    ]
    names = [
        ("conv2d_1/kernel", "conv2d_1/bias"),
        (),
        ("inner/conv2d_2/kernel", "inner/bn/beta"),
        ("predictions/kernel", "predictions/bias"),
        ("block/conv/kernel",),
    ]
    entries = []
    with h5py.File(os.path.join(folder, "keras-2.h5"), "w") as file:
        file.attrs["layer_names"] = [layer.encode() for layer, _, _ in old]
        file.attrs["backend"] = "tensorflow"
        file.attrs["keras_version"] = "2.2.4"
        for place, ((layer, weights, shapes), shown) in enumerate(zip(old, names)):
            group = file.create_group(layer)
            group.attrs["weight_names"] = [weight.encode() for weight in weights]
            for index, (weight, shape) in enumerate(zip(weights, shapes)):
                value = values(300 + 10 * place + index, shape)
                group.create_dataset(weight, data=value)
                entries.append(entry(shown[index], value))
    expected["keras-2.h5"] = entries

    # Types, compression and names in several attributes, as h5py lays them out.
    arrays = {
        "half": values(400, (3, 2)).astype(np.float16),
        "double": values(401, (3,)).astype(np.float64) / 3,
        "big_endian": values(402, (2, 2)).astype(">f4"),
        "int32": integers(403, (3,), np.int32),
        "uint8": integers(404, (3,), np.uint8),
        "int64": integers(405, (3,), np.int64),
        "scalar": np.float32(1.5),
        "empty": np.zeros((0, 2), np.float32),
        "special": SPECIAL,
        "gzip": values(406, (40, 3)),
        "bool": np.array([True, False]),
    }
    for name, options in [("types.h5", {}), ("types-latest.h5", {"libver": "latest"})]:
        own = dict(arrays)
        if options:
            # New files of h5py keep more than 8 names, and chunks, in structures that no file of Keras has.
            own = {key: own[key] for key in ["half", "big_endian", "int64", "scalar", "special", "empty"]}
        with h5py.File(os.path.join(folder, name), "w", **options) as file:
            file.attrs["layer_names0"] = [b"a"]
            file.attrs["layer_names1"] = [b"b"]
            group = file.create_group("a")
            group.attrs["weight_names"] = np.array([f"a/{key}" for key in own], dtype=object)
            bfloat = own["half"].astype(np.float32).astype(ml_dtypes.bfloat16)
            for key, array in own.items():
                packed = {"compression": "gzip", "shuffle": True, "chunks": (16, 2)} if key == "gzip" else {}
                group.create_dataset(f"a/{key}", data=array, **packed)
            other = file.create_group("b")
            other.attrs["weight_names"] = [b"bfloat16"]
            # As Keras 3 writes it: as bytes, with an attribute.
            other.create_dataset("bfloat16", data=bfloat).attrs["dtype"] = "bfloat16"
        expected[name] = [
            entry(f"a/{key}", array, np.asarray(array).dtype.newbyteorder("=").name) for key, array in own.items()
        ] + [entry("b/bfloat16", bfloat)]
    return expected


WRITERS = {"--numpy": numpy_files, "--torch": torch_files, "--keras": keras_files}


def write(folder, asked):
    path = os.path.join(folder, "expected.json")
    expected = {}
    if os.path.exists(path):
        with open(path) as file:
            expected = json.load(file)
    for name in asked:
        expected.update(WRITERS[name](folder))
    with open(path, "w") as file:
        for start, (name, entries) in zip(["{\n"] + [",\n"] * len(expected), sorted(expected.items())):
            lines = ",\n".join("    " + json.dumps(entry, ensure_ascii=False) for entry in entries)
            file.write(f"{start}  {json.dumps(name)}: [\n{lines}\n  ]")
        file.write("\n}\n")


def read_npz(path):
    with np.load(path) as archive:
        return {name: archive[name] for name in archive.files}


def read_safetensors(path):
    from safetensors.numpy import load_file

    return load_file(path)


def read_h5(path):
    """By h5py, and then into a model by Keras, whose weights are read again."""
    import h5py

    with h5py.File(path) as file:
        arrays = {}
        for layer in file.attrs["layer_names"]:
            for name in file[layer].attrs["weight_names"]:
                arrays[name.decode()] = file[layer][name][()]
    model = model_of_own()
    import keras.src.legacy.saving.legacy_h5_format as legacy

    with h5py.File(path) as file:
        legacy.load_weights_from_hdf5_group(file, model)
    compare_with_model(model, arrays)
    return arrays


def read_weights_h5(path):
    import h5py

    model = model_of_own()
    model.load_weights(path)
    names = [f"{layer.name}/{weight.name}" for layer in model.layers for weight in layer.weights]
    with h5py.File(path) as file:
        datasets = {}
        file.visititems(lambda key, value: datasets.update({key: value[()]} if isinstance(value, h5py.Dataset) else {}))
        named = {file[key].parent.attrs["name"].decode() for key in datasets}
    assert named == {layer.name for layer in model.layers if layer.weights}, named
    arrays = {}
    for layer in model.layers:
        for index, weight in enumerate(layer.weights):
            arrays[f"{layer.name}/{weight.name}"] = datasets[f"layers/{layer.name}/vars/{index}"]
    assert len(names) == len(datasets)
    compare_with_model(model, arrays)
    return arrays


def model_of_own():
    """The network whose weights write-own-checkpoints.ts makes up."""
    import keras

    keras.utils.clear_session()
    picture = keras.Input((8, 8, 2))
    x = keras.layers.BatchNormalization(scale=False)(keras.layers.Conv2D(4, 3)(picture))
    return keras.Model(picture, keras.layers.Dense(3)(x))


def compare_with_model(model, arrays):
    for layer in model.layers:
        for weight in layer.weights:
            array = arrays[f"{layer.name}/{weight.name}"].astype(np.float32)
            assert np.array_equal(np.array(weight), array, equal_nan=True), weight.path


READERS = {"npz": read_npz, "safetensors": read_safetensors, "h5": read_h5, "weights.h5": read_weights_h5}


def check(folder):
    """Reads each file with the format's own package and compares it bit for bit."""
    with open(os.path.join(folder, "expected.json")) as file:
        expected = json.load(file)
    for name, entries in expected.items():
        arrays = READERS[name.split(".", 1)[1]](os.path.join(folder, name))
        assert sorted(arrays) == sorted(entry["name"] for entry in entries), (name, sorted(arrays))
        for entry in entries:
            array = arrays[entry["name"]]
            wanted = np.array([float(x) for x in entry["values"]], np.float32).reshape(entry["shape"])
            assert array.dtype == np.dtype(entry["type"]), (name, entry["name"], array.dtype)
            assert array.shape == wanted.shape, (name, entry["name"], array.shape)
            assert np.array_equal(array, wanted.astype(array.dtype), equal_nan=True), (name, entry["name"])
        print(f"{name}: {len(entries)} tensors are as written")


if __name__ == "__main__":
    command, folder, *asked = sys.argv[1:]
    if command == "write":
        write(folder, asked)
    else:
        check(folder)
