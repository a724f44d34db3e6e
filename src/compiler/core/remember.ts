/** Caches what was computed from an object for as long as that object lives. */

/** What is known of `subject` under `key`, or else made and kept. */
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
