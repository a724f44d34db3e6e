/** Records which structural edits of a variant apply at which sites, which stay stable when nodes are renumbered. */
import type { BoundFile } from "../names/bound-program.ts";
import type { Edit, Statement } from "../syntax/ast.ts";
import type { WidthEdit } from "./resolve-operator.ts";

/**
 * A place in the elaborated network: the chain of syntax nodes and repeat indices that leads there. Unlike a path it
 * stays the same when an edit renumbers its neighbours.
 */
export type Site = string;

/** What is written in a variant sees the variant's file, and only the width edits that come after it. */
export interface EditSurroundings {
  readonly file: BoundFile;
  readonly widths: readonly WidthEdit[];
}

export interface SiteEdits {
  readonly before: readonly Inserted[];
  readonly after: readonly Inserted[];
  /** In place of what was there; an empty list removes it. */
  readonly content?: EditContent;
}

export interface EditContent extends Pick<Statement, "steps" | "assertion" | "span"> {
  readonly surroundings: EditSurroundings;
}

export interface Inserted {
  readonly statement: Statement;
  readonly surroundings: EditSurroundings;
}

export interface EditPlan {
  readonly at: ReadonlyMap<Site, SiteEdits>;
  /** Every site at or below which an edit applies; other parts can be shared. */
  readonly touched: ReadonlySet<Site>;
}

export const NO_EDITS: EditPlan = { at: new Map(), touched: new Set() };

/** The plan with one more structural edit at a site. */
export function withEdit(
  plan: EditPlan,
  site: Site,
  edit: Extract<Edit, { kind: "replace" | "insert" | "remove" }>,
  surroundings: EditSurroundings,
): EditPlan {
  const at = new Map(plan.at);
  const old: SiteEdits = at.get(site) ?? { before: [], after: [] };
  switch (edit.kind) {
    case "replace":
      at.set(site, { ...old, content: { ...edit.statement, surroundings } });
      break;
    case "remove":
      at.set(site, { ...old, content: { steps: [], span: edit.span, surroundings } });
      break;
    case "insert": {
      const inserted = { statement: edit.statement, surroundings };
      at.set(
        site,
        edit.side === "before"
          ? { ...old, before: [...old.before, inserted] }
          : { ...old, after: [inserted, ...old.after] },
      );
      break;
    }
  }
  const around = [...site.matchAll(/[/#]/g)].map(({ index }) => site.slice(0, index));
  return { at, touched: new Set([...plan.touched, ...around, site]) };
}

const identities = new WeakMap<object, number>();
let nextIdentity = 0;

/** A number for a syntax node, the same each time. */
export function identityOf(node: object): number {
  const known = identities.get(node);
  if (known !== undefined) return known;
  const fresh = nextIdentity++;
  identities.set(node, fresh);
  return fresh;
}

/** The site of `node` inside `parent`. */
export function siteOf(parent: Site, node: object): Site {
  return `${parent}/${identityOf(node)}`;
}

/** The site of instance `index` of a repeat. */
export function instanceSite(parent: Site, index: number): Site {
  return `${parent}#${index}`;
}
