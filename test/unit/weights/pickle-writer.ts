/** Writes pickles that PyTorch would not write. */
export class Pickle {
  readonly #bytes: number[] = [0x80, 0x02];

  /** Instructions and their bytes, one a character. */
  op(codes: string): this {
    for (const code of codes) this.#bytes.push(code.charCodeAt(0));
    return this;
  }

  text(value: string): this {
    const bytes = new TextEncoder().encode(value);
    this.op("X").#int32(bytes.length);
    this.#bytes.push(...bytes);
    return this;
  }

  number(value: number): this {
    this.op("J").#int32(value);
    return this;
  }

  /** A tuple. */
  numbers(values: readonly number[]): this {
    this.op("(");
    for (const value of values) this.number(value);
    return this.op("t");
  }

  /** A name, as `module.name`: what is behind the last dot is the name. */
  global(name: string): this {
    const dot = name.lastIndexOf(".");
    return this.op(`c${name.slice(0, dot)}\n${name.slice(dot + 1)}\n`);
  }

  bytes(): Uint8Array {
    return Uint8Array.from([...this.#bytes, 0x2e]);
  }

  #int32(value: number): void {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setInt32(0, value, true);
    this.#bytes.push(...bytes);
  }
}
