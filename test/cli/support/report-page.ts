/** The network whose page of `inceptc report --format html` is tested, and that page. */
import { createFolder, runIn } from "./run-in-folder.ts";

export const NET = `network Net {
  input 16x16x3
  c2: conv 3x3 4 norm=none
  c10: { p: conv 1x1 8 norm=none q: conv 3x3 16 norm=none }
  a: conv 1x1 2 norm=none
}
`;

export async function pageOf(...args: readonly string[]): Promise<string> {
  const folder = createFolder({ "net.incept": NET });
  const { stdout } = await runIn(folder, ["report", "net.incept", "--format", "html", ...args]);
  return stdout;
}
