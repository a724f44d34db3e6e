/** Patterns of paths, in which `{i}` stands for a number, and the names made of what they matched. */

/** Numbers by the variable that stands for each. */
export type PatternValues = ReadonlyMap<string, number>;

/**
 * A matcher of paths: `stage{s}.{i}.conv` matches `stage2.3.conv`, with 2 for `s` and 3 for `i`. A path that does not match
 * gives undefined.
 */
export function pathMatcher(pattern: string): (path: string) => PatternValues | undefined {
  const variables: string[] = [];
  const source = pattern.replace(/\{([a-z]+)\}|[.*+?^${}()|[\]\\]/g, (text, variable?: string) => {
    if (variable === undefined) return `\\${text}`;
    variables.push(variable);
    return "(\\d+)";
  });
  const expression = new RegExp(`^${source}$`);
  return (path) => {
    const match = expression.exec(path);
    if (match === null) return undefined;
    return new Map(variables.map((name, index) => [name, Number(match[index + 1])]));
  };
}

const VARIABLE = /\{([a-z]+)(?:([+-]\d+)|:([A-Za-z0-9]+))?\}/g;

/**
 * A name in which `{i}` is a variable's value, `{i+6}` is 6 more, and `{i:bcde}` is the letter at that place, counted from 0.
 * Throws a RangeError for a variable that has no value, and for a letter that is not there.
 */
export function fillTemplate(template: string, values: PatternValues): string {
  return template.replace(VARIABLE, (text, name: string, offset?: string, letters?: string) => {
    const value = values.get(name);
    if (value === undefined)
      throw new RangeError(`${text} in the name ${template} is not in its path`);
    if (letters === undefined) return String(value + Number(offset ?? 0));
    const letter = letters[value];
    if (letter === undefined)
      throw new RangeError(`${text} in the name ${template} has no letter for ${value}`);
    return letter;
  });
}
