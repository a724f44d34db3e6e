/** Tests the page of `inceptc report --format html`: its contents, and sorting in a real browser. */
import { describe, expect, test } from "vitest";
import { CHROMIUM, dumpPage } from "../../scripts/chromium.ts";
import { createFolder, runIn } from "./support/run-in-folder.ts";

const NET = `network Net {
  input 16x16x3
  c2: conv 3x3 4 norm=none
  c10: { p: conv 1x1 8 norm=none q: conv 3x3 16 norm=none }
  a: conv 1x1 2 norm=none
}
`;

async function pageOf(...args: readonly string[]): Promise<string> {
  const folder = createFolder({ "net.incept": NET });
  const { stdout } = await runIn(folder, ["report", "net.incept", "--format", "html", ...args]);
  return stdout;
}

describe("the page", () => {
  test("holds everything it needs, and forbids itself the network", async () => {
    const page = await pageOf();
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain(
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'",
    );
    expect(page).not.toMatch(/\b(?:src|href)=|@import|url\(/);
    expect(page).toContain("prefers-color-scheme: dark");
  });

  test("has figures, bars and a row of totals", async () => {
    const page = await pageOf();
    expect(page).toContain('<th scope="row">parameters</th>');
    expect(page).toContain('<td class="bar"><span style="width: 100.00%"></span></td>');
    expect(page).toMatch(/<tfoot><tr><td[^>]*>total<.*data-value="1354"/);
  });

  test("has no script where there is nothing to sort", async () => {
    const folder = createFolder({ "net.incept": NET });
    const args = ["report", "net.incept", "net.incept", "--format", "html"];
    const { stdout } = await runIn(folder, args);
    expect(stdout).not.toContain("<script");
    expect(stdout).not.toContain("script-src");
  });

  test("shows names as text, whatever they are", async () => {
    const folder = createFolder({ "<b>&.incept": NET });
    const args = ["report", "<b>&.incept", "<b>&.incept", "--format", "html"];
    const { stdout } = await runIn(folder, args);
    expect(stdout).toContain("&lt;b&gt;&amp;.incept");
    expect(stdout).not.toContain("<b>");
  });
});

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
