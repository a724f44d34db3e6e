"""Writes small checkpoints in each framework's own format, and what is in them; reads what inceptc wrote.

    python scripts/reference/write_checkpoints.py write test/weights/files --numpy
    npx tsx scripts/reference/write-own-checkpoints.ts DIR
    python scripts/reference/write_checkpoints.py check DIR

Needs the package of each format that is asked for: numpy. What is not asked for stays as it is. No test
needs Python: test/unit/weights reads the files and compares them with expected.json beside them.
"""

import json
import math
import os
import sys

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


WRITERS = {"--numpy": numpy_files}


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


READERS = {"npz": read_npz, "safetensors": read_safetensors}


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
