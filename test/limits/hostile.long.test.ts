/** Tests every command on every hostile text, under the limits that hold by default. */
import { describe, test } from "vitest";
import { DEFAULT_LIMITS } from "../../src/compiler/core/limits.ts";
import { createFolder, runIn } from "../cli/support/run-in-folder.ts";
import { expectCommandsEnd, expectFinding } from "./expect-answer.ts";
import { HOSTILE_CASES, type HostileCase } from "./hostile-cases.ts";

/** As if nothing were known of a limit that is met sooner. */
function underDefaults({ files, says }: HostileCase): HostileCase {
  return { files, says };
}

describe.each(Object.entries(HOSTILE_CASES))("%s", (_, hostile) => {
  // The short test has checked the others under the defaults.
  test.runIf(hostile.sooner)("is checked under the default limits", async () => {
    const folder = createFolder(hostile.files(DEFAULT_LIMITS));
    expectFinding(await runIn(folder, ["check", "main.incept"]), underDefaults(hostile));
  });

  test("ends every other command too, and leaves no file", async () => {
    await expectCommandsEnd(underDefaults(hostile));
  });
});
