/** Assertions about the compiler itself: they throw, while a user's mistake is a diagnostic and never throws. */

/** Thrown when an invariant of the compiler does not hold; the command line turns it into exit code 4. */
export class InternalError extends Error {
  override readonly name = "InternalError";
}

export function assert(condition: unknown, invariant: string): asserts condition {
  if (!condition) throw new InternalError(`broken invariant: ${invariant}`);
}

/** Makes the compiler prove that a union was handled completely. */
export function unreachable(value: never): never {
  throw new InternalError(`unhandled case: ${JSON.stringify(value)}`);
}
