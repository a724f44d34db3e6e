/** Caches what was computed from an object for as long as that object lives. */

/** The cached value for `subject` under `key`; computed and stored if there is none. */
export function remember<Subject extends object, Value>(
  known: WeakMap<Subject, Map<string, Value>>,
  subject: Subject,
  key: string,
  make: () => Value,
): Value {
  const ofSubject = known.get(subject) ?? new Map<string, Value>();
  const value = ofSubject.get(key) ?? make();
  known.set(subject, ofSubject.set(key, value));
  return value;
}
