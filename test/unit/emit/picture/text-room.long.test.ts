/** Tests that no text touches a line or another text, with every network and variant of every spec. */
import { test } from "vitest";
import { checkedNetworks } from "../../../support/checked-networks.ts";
import { expectRoomInAllLooks, expectRoomOnPaper, SHIPPED_SPECS } from "./expect-room.ts";

test.each(SHIPPED_SPECS)("no text touches anything in a picture of %s", (spec) => {
  expectRoomInAllLooks(checkedNetworks(spec));
});

test.each(SHIPPED_SPECS)("no text touches anything in a picture for print of %s", (spec) => {
  expectRoomOnPaper(checkedNetworks(spec));
});
