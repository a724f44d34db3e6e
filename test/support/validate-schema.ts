/** Validates a value by the subset of JSON Schema that this project uses; any other keyword is an error. */

/** What does not fit, each with the path to it; nothing where all fits. */
export function schemaErrors(schema: unknown, value: unknown, path = "$"): readonly string[] {
  if (!isRecord(schema)) throw new Error(`${path}: a schema is an object`);
  return Object.entries(schema).flatMap(([keyword, given]) => {
    const check = KEYWORDS[keyword];
    if (!check) throw new Error(`${path}: the keyword ${keyword} is not known`);
    return check(given, value, path);
  });
}

type Check = (given: unknown, value: unknown, path: string) => readonly string[];

const IGNORED: Check = () => [];

const KEYWORDS: Readonly<Record<string, Check>> = {
  $schema: IGNORED,
  title: IGNORED,
  description: IGNORED,
  type: (given, value, path) =>
    [given].flat().includes(typeOf(value)) ||
    (given === "number" && typeOf(value) === "integer") ||
    (Array.isArray(given) && given.includes("number") && typeOf(value) === "integer")
      ? []
      : [`${path}: ${JSON.stringify(value)} is not ${JSON.stringify(given)}`],
  const: (given, value, path) => (given === value ? [] : [`${path}: is not ${String(given)}`]),
  enum: (given, value, path) =>
    Array.isArray(given) && given.includes(value)
      ? []
      : [`${path}: ${String(value)} is not listed`],
  minimum: (given, value, path) =>
    typeof value !== "number" || value >= Number(given) ? [] : [`${path}: ${value} is too small`],
  pattern: (given, value, path) =>
    typeof value !== "string" || new RegExp(String(given)).test(value)
      ? []
      : [`${path}: ${value} does not match`],
  required: (given, value, path) =>
    [given]
      .flat()
      .flatMap((name) =>
        isRecord(value) && String(name) in value ? [] : [`${path}: ${String(name)} is missing`],
      ),
  properties: (given, value, path) =>
    Object.entries(isRecord(value) ? value : {}).flatMap(([name, inner]) =>
      isRecord(given) && name in given
        ? schemaErrors(given[name], inner, `${path}.${name}`)
        : [`${path}.${name}: is not in the schema`],
    ),
  items: (given, value, path) =>
    Array.isArray(value)
      ? value.flatMap((inner: unknown, index) => schemaErrors(given, inner, `${path}[${index}]`))
      : [],
  anyOf: (given, value, path) => {
    const tries = [given].flat().map((schema) => schemaErrors(schema, value, path));
    return tries.some((errors) => errors.length === 0) ? [] : tries.flat();
  },
};

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
