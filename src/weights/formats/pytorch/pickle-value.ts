/** What a pickle may be made of: data, and the few functions that a reader of one format allows. */

export type PickleKey = string | number | bigint | boolean | null;

export type PickleValue =
  | PickleKey
  | Uint8Array
  | PickleList
  | PickleTuple
  | PickleDict
  | PickleGlobal
  | PickleObject;

export class PickleList {
  readonly items: PickleValue[] = [];
}

export class PickleTuple {
  readonly items: readonly PickleValue[];

  constructor(items: readonly PickleValue[]) {
    this.items = items;
  }
}

/** A dictionary, or an ordered one: a Map keeps the order of both. */
export class PickleDict {
  readonly entries = new Map<PickleKey, PickleValue>();
}

/** A name of a module that a reader allows, and what calling it gives. */
export class PickleGlobal {
  readonly name: string;
  /** Undefined for names that may be mentioned only. Throws a {@link PickleRefusal} for arguments that it does not take. */
  readonly call: ((args: readonly PickleValue[]) => PickleValue) | undefined;

  constructor(name: string, call?: (args: readonly PickleValue[]) => PickleValue) {
    this.name = name;
    this.call = call;
  }
}

/** What functions of a format make: formats extend it. */
export abstract class PickleObject {
  abstract readonly kind: string;
}

/** Something that is not unpickled; the message continues a sentence about the file. */
export class PickleRefusal extends Error {
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

/** Thrown where a pickle goes on behind the bytes that were given. */
export class PickleTooShort extends Error {}
