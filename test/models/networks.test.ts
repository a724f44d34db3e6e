/** One generated network of each family, on a real backend: shapes, counts, names, saving, and training of the small ones. */
import { beforeAll, describe, it } from "vitest";
import { expectNetworkRuns } from "./expect-network.ts";
import { startBackend } from "./run-model.ts";
import { SHORT_NETWORKS } from "./short-networks.ts";

beforeAll(startBackend);

describe.each(SHORT_NETWORKS)("$network", (network) => {
  it("builds, counts, predicts, saves and loads as its report says", async () => {
    await expectNetworkRuns(network);
  });
});
