/** The files in generated/ that the short test leaves out, on a real backend. */
import { beforeAll, describe, it } from "vitest";
import { GENERATED_NETWORKS } from "../../scripts/generated-networks.ts";
import { expectNetworkRuns } from "./expect-network.ts";
import { startBackend } from "./run-model.ts";
import { SHORT_NETWORKS } from "./short-networks.ts";

beforeAll(startBackend);

describe.each(GENERATED_NETWORKS.filter((one) => !SHORT_NETWORKS.includes(one)))(
  "$network",
  (network) => {
    it("builds, counts, predicts, saves and loads as its report says", async () => {
      await expectNetworkRuns(network);
    });
  },
);
