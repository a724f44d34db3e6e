/** What a pickle of PyTorch may name: storages, tensors on them, and ordered dictionaries. */
import type { StoredType } from "../../stored-type.ts";
import {
  PickleDict,
  PickleGlobal,
  PickleObject,
  PickleRefusal,
  PickleTuple,
  type PickleValue,
} from "./pickle-value.ts";
import type { PickleRules } from "./unpickle.ts";

/** Numbers in a row that tensors are views of. */
export class TorchStorage extends PickleObject {
  readonly kind = "storage";
  /** Its name in the file. */
  readonly key: string;
  /** Undefined where the storage is bytes, and each tensor says its own type. */
  readonly type: StoredType | undefined;
  /** Of `type`, or bytes. */
  readonly length: number;
  /** First value of a view on another storage, which old files have. */
  readonly viewStart: number;

  constructor(key: string, type: StoredType | undefined, length: number, viewStart: number) {
    super();
    this.key = key;
    this.type = type;
    this.length = length;
    this.viewStart = viewStart;
  }
}

export class TorchTensor extends PickleObject {
  readonly kind = "tensor";
  readonly storage: TorchStorage;
  readonly type: StoredType;
  /** First value in the storage. */
  readonly offset: number;
  readonly shape: readonly number[];
  /** Steps in values of each axis. */
  readonly strides: readonly number[];

  constructor(
    storage: TorchStorage,
    type: StoredType,
    offset: number,
    shape: readonly number[],
    strides: readonly number[],
  ) {
    super();
    this.storage = storage;
    this.type = type;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}

const STORAGES: Readonly<Record<string, StoredType>> = {
  DoubleStorage: "float64",
  FloatStorage: "float32",
  HalfStorage: "float16",
  BFloat16Storage: "bfloat16",
  LongStorage: "int64",
  IntStorage: "int32",
  ShortStorage: "int16",
  CharStorage: "int8",
  ByteStorage: "uint8",
  BoolStorage: "bool",
};

const DTYPES: readonly StoredType[] = [
  "float64",
  "float32",
  "float16",
  "bfloat16",
  "int64",
  "int32",
  "int16",
  "int8",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "bool",
];

/** PyTorch's greatest number of axes is 64. */
const MAX_AXES = 64;

const storages = new Map(
  Object.entries(STORAGES).map(([name, type]) => {
    const full = `torch.${name}`;
    return [full, { global: new PickleGlobal(full), type }] as const;
  }),
);

const dtypes = new Map(
  DTYPES.map((type) => [`torch.${type}`, { global: new PickleGlobal(`torch.${type}`), type }]),
);

const UNTYPED = ["torch.storage.UntypedStorage", "torch.UntypedStorage"];

const functions = new Map<string, PickleGlobal>(
  [
    ...UNTYPED.map((name) => new PickleGlobal(name)),
    new PickleGlobal("collections.OrderedDict", orderedDict),
    new PickleGlobal("torch._utils._rebuild_tensor", rebuildTensor),
    new PickleGlobal("torch._utils._rebuild_tensor_v2", rebuildTensor),
    new PickleGlobal("torch._utils._rebuild_tensor_v3", rebuildTypedTensor),
    new PickleGlobal("torch._utils._rebuild_parameter", firstTensor),
    new PickleGlobal("torch._utils._rebuild_parameter_with_state", firstTensor),
    new PickleGlobal("torch.Size", size),
    new PickleGlobal("torch.device", device),
  ].map((known) => [known.name, known]),
);

/** The rules by which the pickles of a file are read; `mentioned` gets each storage that they mention. */
export function torchRules(mentioned: Map<string, TorchStorage>): PickleRules {
  return {
    global: (name) => functions.get(name) ?? (storages.get(name) ?? dtypes.get(name))?.global,
    persistent(id) {
      const storage = storageOf(id);
      mentioned.set(storage.key, storage);
      return storage;
    },
  };
}

/** A storage's description: `("storage", type, key, device, length)`, in old files with a view behind it. */
function storageOf(id: PickleValue): TorchStorage {
  const [kind, global, key, , length, view = null] = id instanceof PickleTuple ? id.items : [];
  const typed = global instanceof PickleGlobal ? storages.get(global.name) : undefined;
  const isUntyped = global instanceof PickleGlobal && UNTYPED.includes(global.name);
  if (
    kind !== "storage" ||
    (typed === undefined && !isUntyped) ||
    typeof key !== "string" ||
    !isSize(length)
  ) {
    throw new PickleRefusal("refers to something that is no storage of a type that is read");
  }
  if (view === null) return new TorchStorage(key, typed?.type, length, 0);
  const [, start, viewLength] = view instanceof PickleTuple ? view.items : [];
  if (!isSize(start) || !isSize(viewLength)) {
    throw new PickleRefusal("has a view on a storage without first value and length");
  }
  if (start + viewLength > length) {
    throw new PickleRefusal(`has a view on a storage that ends behind its ${length} values`);
  }
  return new TorchStorage(key, typed?.type, length, start);
}

function orderedDict(args: readonly PickleValue[]): PickleDict {
  if (args.length > 0) throw new PickleRefusal("makes an ordered dictionary of something else");
  return new PickleDict();
}

/** `(storage, offset, size, strides, …)`; what follows is about gradients. */
function rebuildTensor(args: readonly PickleValue[]): TorchTensor {
  const [storage, ...place] = args;
  const type = storage instanceof TorchStorage ? storage.type : undefined;
  return tensorOf(storage, type, place);
}

/** `(storage, offset, size, strides, requires_grad, hooks, type, …)`. */
function rebuildTypedTensor(args: readonly PickleValue[]): TorchTensor {
  const [storage, offset, shape, strides, , , dtype] = args;
  const type = dtype instanceof PickleGlobal ? dtypes.get(dtype.name)?.type : undefined;
  return tensorOf(storage, type, [offset, shape, strides]);
}

function tensorOf(
  storage: PickleValue | undefined,
  type: StoredType | undefined,
  [offset, shape, strides]: readonly (PickleValue | undefined)[],
): TorchTensor {
  const [sides, steps] = [sizesOf(shape), sizesOf(strides)];
  if (
    !(storage instanceof TorchStorage) ||
    type === undefined ||
    !isSize(offset) ||
    sides === undefined ||
    sides.length !== steps?.length
  ) {
    throw new PickleRefusal("has a tensor without storage, type, first value, shape and strides");
  }
  return new TorchTensor(storage, type, storage.viewStart + offset, sides, steps);
}

/** A parameter is its tensor. */
function firstTensor([tensor]: readonly PickleValue[]): TorchTensor {
  if (!(tensor instanceof TorchTensor)) throw new PickleRefusal("has a parameter without a tensor");
  return tensor;
}

function size([sides]: readonly PickleValue[]): PickleTuple {
  const numbers = sizesOf(sides);
  if (numbers === undefined) throw new PickleRefusal("has a size that is no whole numbers");
  return new PickleTuple(numbers);
}

function device(args: readonly PickleValue[]): string {
  return args.filter((part) => typeof part === "string" || typeof part === "number").join(":");
}

function sizesOf(value: PickleValue | undefined): readonly number[] | undefined {
  const items = value instanceof PickleTuple ? value.items : undefined;
  return items !== undefined && items.length <= MAX_AXES && items.every(isSize)
    ? items.filter(isSize)
    : undefined;
}

function isSize(value: PickleValue | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
