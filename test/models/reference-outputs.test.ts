/** Tests that Inception-v4 computes what its authors' code computes; reference-outputs.long.test.ts has the others. */
import { beforeAll, it } from "vitest";
import { expectReference } from "./expect-reference.ts";
import references from "./reference-outputs.json" with { type: "json" };
import { startBackend } from "./run-model.ts";

beforeAll(startBackend);

it("Inception-v4 computes what TF-slim computes", async () => {
  const name = "specs/inception-v4.incept:InceptionV4";
  await expectReference(name, references[name]);
});
