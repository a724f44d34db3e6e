/** Formats counts, bytes and percentages for people. */

/** `12345678` as `12,345,678`, in every locale. */
export function formatExact(count: number): string {
  return count.toLocaleString("en-US", { maximumFractionDigits: 0 });
}

/** Three or four digits and a unit: `42.68M`, `12.27G`, `960`. */
export function formatShort(count: number): string {
  return scale(count, 1000, ["", "K", "M", "G", "T", "P"]);
}

/** Bytes in powers of 1024: `85.3 MiB`. */
export function formatBytes(bytes: number): string {
  return scale(bytes, 1024, [" B", " KiB", " MiB", " GiB", " TiB", " PiB"]);
}

/** `0.123` as `12.3%`; a share that is not quite nothing never reads `0.0%`. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return part > 0 ? "" : "0.0%";
  const percent = (part / whole) * 100;
  return percent < 0.05 ? "<0.1%" : `${percent.toFixed(1)}%`;
}

function scale(count: number, base: number, units: readonly string[]): string {
  let value = count;
  let step = 0;
  // 999.995 would round to "1000.00": move on before it does.
  while (step < units.length - 1 && value >= base - 0.005) {
    value /= base;
    step++;
  }
  const digits = step === 0 ? 0 : value >= 100 ? 1 : 2;
  return `${value.toFixed(digits)}${units[step] ?? ""}`;
}
