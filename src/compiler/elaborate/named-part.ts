/** What an edit can refer to: the named parts of a network, found by their paths. */
import { joinPath } from "../ir/walk.ts";
import type { Site } from "./edit-plan.ts";

/** A part of a network by its name in the scope around it. Without a name it adds to that scope what is inside it. */
export interface NamedPart {
  readonly name: string;
  /** Where an edit to it applies; absent where only what is inside can be edited. */
  readonly site: Site | undefined;
  readonly inside: readonly NamedPart[];
  /** Present where the inside is shared, and so has the sites that it has elsewhere. */
  readonly shared?: { readonly from: Site; readonly to: Site };
}

/** The site of the first part at a path. */
export function siteAt(named: readonly NamedPart[], path: string): Site | undefined {
  return findSite(named, path.split("."), (site) => site);
}

function findSite(
  named: readonly NamedPart[],
  path: readonly string[],
  place: (site: Site) => Site,
): Site | undefined {
  const [name, ...rest] = path;
  for (const part of named) {
    if (part.name !== name && part.name !== "") continue;
    if (part.name !== "" && rest.length === 0) {
      if (part.site !== undefined) return place(part.site);
      continue;
    }
    const inside = findSite(part.inside, part.name === "" ? path : rest, placeInside(part, place));
    if (inside !== undefined) return inside;
  }
  return undefined;
}

function placeInside({ shared }: NamedPart, place: (site: Site) => Site): (site: Site) => Site {
  if (!shared) return place;
  const { from, to } = shared;
  return (site) => place(to + site.slice(from.length));
}

/** The paths of all parts, in order; inside parts that are alike, those of the first. */
export function pathsOf(named: readonly NamedPart[]): ReadonlySet<string> {
  const paths = new Set<string>();
  const seen = new Set<readonly NamedPart[]>();
  const enter = (parts: readonly NamedPart[], around: string): void => {
    if (seen.has(parts)) return;
    seen.add(parts);
    for (const { name, site, inside } of parts) {
      const path = joinPath(around, name);
      if (name !== "" && site !== undefined) paths.add(path);
      enter(inside, path);
    }
  };
  enter(named, "");
  return paths;
}
