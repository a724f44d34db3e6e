/**
 * Reads pickles without running anything: a name of a module is a value only if the reader allows it, and calling one is
 * calling the reader's own function.
 *
 * Source: the instructions are those of CPython's Lib/pickletools.py, those of protocol 2 to 4 that data need.
 */
import {
  PickleDict,
  PickleGlobal,
  type PickleKey,
  PickleList,
  PickleRefusal,
  PickleTooShort,
  PickleTuple,
  type PickleValue,
} from "./pickle-value.ts";

export interface PickleRules {
  /** What a name stands for, as `module.name`, and undefined where it is not allowed. */
  readonly global: (name: string) => PickleGlobal | undefined;
  /** What stands outside of the pickle: in PyTorch's files, storages. */
  readonly persistent: (id: PickleValue) => PickleValue;
}

/** Most containers and objects of a pickle. An instruction of one byte can make one, which takes a hundred. */
const MAX_CONTAINERS = 1_000_000;

/** Most bytes of a whole number: larger ones are no data of a checkpoint, and take long to compute with. */
const MAX_NUMBER_BYTES = 64;

/** Stands on the stack for the start of a group of values. */
const MARK = Symbol("mark");

type StackValue = PickleValue | typeof MARK;

/**
 * The value of the pickle that starts at `start`, and where it ends. Throws a {@link PickleTooShort} or a
 * {@link PickleRefusal}, with the position in `at`.
 */
export function unpickle(
  bytes: Uint8Array,
  start: number,
  rules: PickleRules,
): { value: PickleValue; end: number } {
  return new Unpickler(bytes, start, rules).run();
}

class Unpickler {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #rules: PickleRules;
  readonly #stack: StackValue[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #at: number;
  #containers = 0;

  constructor(bytes: Uint8Array, start: number, rules: PickleRules) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = start;
    this.#rules = rules;
  }

  run(): { value: PickleValue; end: number } {
    while (true) {
      const place = this.#at;
      const code = this.#skip(1);
      const opcode = this.#bytes[code] ?? 0;
      if (opcode === STOP) return { value: this.#pop(), end: this.#at };
      if (!this.#data(opcode) && !this.#containersOf(opcode) && !this.#references(opcode)) {
        throw new PickleRefusal(
          `has the pickle instruction 0x${opcode.toString(16)} at byte ${place}, which data do not need`,
        );
      }
    }
  }

  /** Instructions that push a number or a text. */
  #data(opcode: number): boolean {
    switch (opcode) {
      case 0x80: // PROTO
        this.#skip(1);
        return true;
      case 0x95: // FRAME
        this.#skip(8);
        return true;
      case 0x4e: // NONE
        return this.#push(null);
      case 0x88: // NEWTRUE
        return this.#push(true);
      case 0x89: // NEWFALSE
        return this.#push(false);
      case 0x4a: // BININT
        return this.#push(this.#view.getInt32(this.#skip(4), true));
      case 0x4b: // BININT1
        return this.#push(this.#view.getUint8(this.#skip(1)));
      case 0x4d: // BININT2
        return this.#push(this.#view.getUint16(this.#skip(2), true));
      case 0x8a: // LONG1
        return this.#push(this.#long(this.#length(1)));
      case 0x8b: // LONG4
        return this.#push(this.#long(this.#length(4)));
      case 0x47: // BINFLOAT
        return this.#push(this.#view.getFloat64(this.#skip(8)));
      case 0x58: // BINUNICODE
        return this.#push(this.#text(this.#length(4)));
      case 0x8c: // SHORT_BINUNICODE
        return this.#push(this.#text(this.#length(1)));
      case 0x8d: // BINUNICODE8
        return this.#push(this.#text(this.#length(8)));
      case 0x54: // BINSTRING, a text of Python 2
        return this.#push(this.#text(this.#length(4)));
      case 0x55: // SHORT_BINSTRING
        return this.#push(this.#text(this.#length(1)));
      case 0x42: // BINBYTES
        return this.#push(this.#raw(this.#length(4)));
      case 0x43: // SHORT_BINBYTES
        return this.#push(this.#raw(this.#length(1)));
      default:
        return false;
    }
  }

  /** Instructions that make containers, or put values into them. */
  #containersOf(opcode: number): boolean {
    switch (opcode) {
      case 0x28: // MARK
        this.#stack.push(MARK);
        return true;
      case 0x5d: // EMPTY_LIST
        return this.#push(this.#counted(new PickleList()));
      case 0x29: // EMPTY_TUPLE
        return this.#push(this.#counted(new PickleTuple([])));
      case 0x74: // TUPLE
        return this.#push(this.#counted(new PickleTuple(this.#popGroup())));
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return this.#push(this.#counted(new PickleTuple(this.#popMany(opcode - 0x84))));
      case 0x7d: // EMPTY_DICT
        return this.#push(this.#counted(new PickleDict()));
      case 0x61: // APPEND
        return this.#append([this.#pop()]);
      case 0x65: // APPENDS
        return this.#append(this.#popGroup());
      case 0x73: // SETITEM
        return this.#setItems(this.#popMany(2));
      case 0x75: // SETITEMS
        return this.#setItems(this.#popGroup());
      default:
        return false;
    }
  }

  /** Instructions that name, call, or repeat a value. */
  #references(opcode: number): boolean {
    switch (opcode) {
      case 0x30: // POP
        this.#pop();
        return true;
      case 0x63: // GLOBAL
        return this.#push(this.#global(this.#line(), this.#line()));
      case 0x93: {
        // STACK_GLOBAL
        const [module, name] = this.#popMany(2);
        if (typeof module !== "string" || typeof name !== "string") {
          throw new PickleRefusal("names a function by something that is no text");
        }
        return this.#push(this.#global(module, name));
      }
      case 0x52: // REDUCE
      case 0x81: // NEWOBJ
        return this.#reduce();
      case 0x62: // BUILD
        return this.#build();
      case 0x51: // BINPERSID
        return this.#push(this.#counted(this.#rules.persistent(this.#pop())));
      case 0x71: // BINPUT
        return this.#put(this.#view.getUint8(this.#skip(1)));
      case 0x72: // LONG_BINPUT
        return this.#put(this.#view.getUint32(this.#skip(4), true));
      case 0x94: // MEMOIZE
        return this.#put(this.#memo.size);
      case 0x68: // BINGET
        return this.#get(this.#view.getUint8(this.#skip(1)));
      case 0x6a: // LONG_BINGET
        return this.#get(this.#view.getUint32(this.#skip(4), true));
      default:
        return false;
    }
  }

  #push(value: PickleValue): true {
    this.#stack.push(value);
    return true;
  }

  #pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw emptyStack();
    return value;
  }

  #popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.#pop()).reverse();
  }

  /** The values behind the last mark. */
  #popGroup(): PickleValue[] {
    const group: PickleValue[] = [];
    while (true) {
      const value = this.#stack.pop();
      if (value === undefined) throw emptyStack();
      if (value === MARK) return group.reverse();
      group.push(value);
    }
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw emptyStack();
    return value;
  }

  #counted<T extends PickleValue>(container: T): T {
    this.#containers += 1;
    if (this.#containers > MAX_CONTAINERS) {
      throw new PickleRefusal(`has more than ${MAX_CONTAINERS} lists, dictionaries and tensors`);
    }
    return container;
  }

  #append(items: readonly PickleValue[]): true {
    const list = this.#top();
    if (!(list instanceof PickleList))
      throw new PickleRefusal("appends to something that is no list");
    for (const item of items) list.items.push(item);
    return true;
  }

  #setItems(items: readonly PickleValue[]): true {
    const dict = this.#top();
    if (!(dict instanceof PickleDict) || items.length % 2 !== 0) {
      throw new PickleRefusal("sets entries of something that is no dictionary");
    }
    for (let at = 0; at < items.length; at += 2) {
      const [key = null, value = null] = [items[at], items[at + 1]];
      if (!isKey(key))
        throw new PickleRefusal("has a dictionary whose keys are no texts or numbers");
      dict.entries.set(key, value);
    }
    return true;
  }

  #global(module: string, name: string): PickleGlobal {
    const full = `${module}.${name}`;
    const known = this.#rules.global(full);
    if (known !== undefined) return known;
    throw new PickleRefusal(
      `would call ${JSON.stringify(full.slice(0, 200))}, which is no data: only tensors, dictionaries, lists, numbers and texts are read`,
      "if you trust where it comes from, load it in Python and save model.state_dict() alone",
    );
  }

  #reduce(): true {
    const [callee, args] = this.#popMany(2);
    if (!(callee instanceof PickleGlobal) || !(args instanceof PickleTuple)) {
      throw new PickleRefusal("calls something that is no function");
    }
    if (callee.call === undefined) {
      throw new PickleRefusal(`would call "${callee.name}", which is no function`);
    }
    return this.#push(this.#counted(callee.call(args.items)));
  }

  /** Attributes of a dictionary or of an object, such as the versions of a state dict's modules: no data. */
  #build(): true {
    this.#pop();
    const target = this.#top();
    if (target instanceof PickleGlobal || target === null || typeof target !== "object") {
      throw new PickleRefusal("sets attributes of something that has none");
    }
    return true;
  }

  #put(index: number): true {
    this.#memo.set(index, this.#top());
    return true;
  }

  #get(index: number): true {
    const value = this.#memo.get(index);
    if (value === undefined) throw new PickleRefusal(`reads value ${index}, which it did not keep`);
    return this.#push(value);
  }

  /** Where the next `count` bytes begin; they are there. */
  #skip(count: number): number {
    const at = this.#at;
    if (count > this.#bytes.length - at) throw new PickleTooShort();
    this.#at = at + count;
    return at;
  }

  #length(bytes: 1 | 4 | 8): number {
    const at = this.#skip(bytes);
    if (bytes === 1) return this.#view.getUint8(at);
    if (bytes === 4) return this.#view.getUint32(at, true);
    return Number(this.#view.getBigUint64(at, true));
  }

  #raw(length: number): Uint8Array {
    const at = this.#skip(length);
    return this.#bytes.slice(at, at + length);
  }

  #text(length: number): string {
    const at = this.#skip(length);
    return new TextDecoder().decode(this.#bytes.subarray(at, at + length));
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw new PickleTooShort();
    const text = this.#text(end - this.#at);
    this.#skip(1);
    return text;
  }

  /** A whole number in two's complement; as a number where one holds it. */
  #long(length: number): number | bigint {
    if (length > MAX_NUMBER_BYTES) throw new PickleRefusal(`has a number of ${length} bytes`);
    const bytes = this.#raw(length);
    const unsigned = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    const value = BigInt.asIntN(length * 8, unsigned);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }
}

const STOP = 0x2e;

function emptyStack(): PickleRefusal {
  return new PickleRefusal("is a damaged pickle: it takes a value where there is none");
}

function isKey(value: PickleValue): value is PickleKey {
  return value === null || ["string", "number", "bigint", "boolean"].includes(typeof value);
}
