/** Chooses the generated networks that `npm test` runs: small ones of each kind, and one as large as the papers'. */
import { GENERATED_NETWORKS } from "../../scripts/generated-networks.ts";

const CHOSEN: ReadonlySet<string> = new Set([
  "Starter",
  "InceptionV4",
  "SmallInceptionResNet",
  "MobileNetV2",
  "SqueezeNet",
]);

export const SHORT_NETWORKS = GENERATED_NETWORKS.filter(({ network }) => CHOSEN.has(network));
