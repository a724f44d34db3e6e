/** One section of the bench: a table that is measured when it is printed. */

export interface Section {
  readonly title: string;
  /** The first column names what was measured; the others are right-aligned. */
  readonly columns: readonly string[];
  readonly rows: () => Promise<readonly (readonly string[])[]>;
}
