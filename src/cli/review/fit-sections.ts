/** Shortens a text of many sections to a size limit: the last sections become brief, then only a count. */

export interface Section {
  readonly full: string;
  /** What must be said even where there is no room. */
  readonly brief: string;
}

export interface FittedSections {
  readonly texts: readonly string[];
  /** How many sections are shortened. */
  readonly briefCount: number;
  /** How many are left out. */
  readonly omittedCount: number;
}

/** Texts of together at most `maxBytes` in UTF-8. Sections stay whole: full, brief, or not there. */
export function fitSections(sections: readonly Section[], maxBytes: number): FittedSections {
  let room = maxBytes;
  const kept: Section[] = [];
  for (const section of sections) {
    const size = Buffer.byteLength(section.brief);
    if (size > room) break;
    room -= size;
    kept.push(section);
  }
  let briefCount = 0;
  const texts = kept.map(({ full, brief }) => {
    const growth = Buffer.byteLength(full) - Buffer.byteLength(brief);
    if (growth > room) {
      briefCount += 1;
      return brief;
    }
    room -= growth;
    return full;
  });
  return { texts, briefCount, omittedCount: sections.length - kept.length };
}
