/** Collects the files of all networks and reports two that would have the same name. */
import type { Report } from "../diagnostics/outcome.ts";
import type { Architecture } from "../ir/architecture.ts";
import type { GeneratedFile } from "./target.ts";

export interface FileCollector {
  readonly add: (file: GeneratedFile, architecture: Architecture) => void;
  /** In the order in which they were added. */
  readonly files: () => readonly GeneratedFile[];
}

/** Names that differ only in case are one name, as they are on the file systems of macOS and Windows. */
export function createFileCollector(report: Report): FileCollector {
  const files = new Map<string, GeneratedFile>();
  const owners = new Map<string, Architecture>();
  return {
    add: (file, architecture) => {
      const { fileName } = file;
      const key = fileName.toLowerCase();
      const owner = owners.get(key);
      if (owner && owner !== architecture) {
        const names = { first: owner.name, second: architecture.name, fileName };
        report("emit/duplicate-file-name", architecture.span, names, {
          related: [{ span: owner.span, message: `\`${owner.name}\` is written to it too` }],
        });
        return;
      }
      owners.set(key, architecture);
      files.set(key, file);
    },
    files: () => [...files.values()],
  };
}
