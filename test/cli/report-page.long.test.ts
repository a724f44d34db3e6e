/** Tests sorting on the page of `inceptc report --format html` in a real browser, where one is installed. */
import { describe, expect, test } from "vitest";
import { CHROMIUM, dumpPage } from "../../scripts/chromium.ts";
import { pageOf } from "./support/report-page.ts";

describe("in a browser", () => {
  /** Clicks the heads of columns one after the other, and gives the first column and all `aria-sort` after each click. */
  async function play(browser: string, clicks: readonly string[], ...args: readonly string[]) {
    const script = `<script>
      const heads = () => [...document.querySelectorAll(".rows thead th")];
      const look = () => ({
        names: [...document.querySelectorAll(".rows tbody tr")].map((row) => row.cells[0].innerText),
        sorted: heads().flatMap((head) => {
          const state = head.getAttribute("aria-sort");
          return state === null || state === "none" ? [] : [head.innerText + " " + state];
        }),
      });
      document.body.dataset.seen = JSON.stringify(${JSON.stringify(clicks)}.map((title) => {
        const button = heads().find((head) => head.innerText === title).querySelector("button");
        button.focus();
        if (document.activeElement !== button) throw new Error("not reached by the keyboard");
        button.click();
        return look();
      }));
    </script></body>`;
    const dom = dumpPage(
      browser,
      (await pageOf(...args)).replace("</body>", () => script),
    );
    const seen = /data-seen="([^"]*)"/.exec(dom)?.[1];
    expect(seen, "the page's scripts ran").toBeDefined();
    return JSON.parse((seen ?? "null").replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
  }

  test("a head sorts, then the other way round, then no more; blocks stay in their block", async (context) => {
    if (CHROMIUM === undefined) return context.skip("no Chromium is installed");
    const seen = await play(CHROMIUM, ["params", "params", "params"], "--levels", "2");
    expect(seen).toEqual([
      { names: ["c10", "c10.q", "c10.p", "c2", "a"], sorted: ["params descending"] },
      { names: ["a", "c2", "c10", "c10.p", "c10.q"], sorted: ["params ascending"] },
      { names: ["c2", "c10", "c10.p", "c10.q", "a"], sorted: [] },
    ]);
  });

  test("another head takes over, and numbers in names count as numbers", async (context) => {
    if (CHROMIUM === undefined) return context.skip("no Chromium is installed");
    const seen = await play(CHROMIUM, ["MACs", "block", "memory"]);
    expect(seen).toEqual([
      { names: ["c10", "c2", "a"], sorted: ["MACs descending"] },
      { names: ["a", "c2", "c10"], sorted: ["block ascending"] },
      { names: ["c10", "c2", "a"], sorted: ["memory descending"] },
    ]);
  });
});
