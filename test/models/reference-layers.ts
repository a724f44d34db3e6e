/** Reference implementations of layers as plain loops: slow, and independent of tfjs. */

export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Rows, then columns, channels innermost. */
  readonly values: ArrayLike<number>;
}

export interface Sliding {
  readonly kernel: readonly [number, number];
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding: "same" | "valid";
}

/** What a window sees at each of its places: for every sample its index in the window, and its cell or nothing. */
function slide(
  picture: Picture,
  { kernel, stride = 1, dilation = 1, padding }: Sliding,
  visit: (row: number, column: number, sample: number, cell: number | undefined) => void,
): readonly [number, number] {
  const side = (size: number, span: number): readonly [count: number, before: number] => {
    if (padding === "valid") return [Math.ceil((size - span + 1) / stride), 0];
    const count = Math.ceil(size / stride);
    return [count, Math.floor(Math.max(0, (count - 1) * stride + span - size) / 2)];
  };
  const [rows, top] = side(picture.height, (kernel[0] - 1) * dilation + 1);
  const [columns, left] = side(picture.width, (kernel[1] - 1) * dilation + 1);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      for (let i = 0; i < kernel[0] * kernel[1]; i++) {
        const y = row * stride - top + Math.floor(i / kernel[1]) * dilation;
        const x = column * stride - left + (i % kernel[1]) * dilation;
        const isInside = y >= 0 && y < picture.height && x >= 0 && x < picture.width;
        visit(row, column, i, isInside ? y * picture.width + x : undefined);
      }
    }
  }
  return [rows, columns];
}

/** A convolution in groups; the kernel is height x width x channels of a group x filters. */
export function groupedConv(
  picture: Picture,
  sliding: Sliding,
  kernel: ArrayLike<number>,
  filters: number,
  groups: number,
): readonly number[] {
  const perGroup = picture.channels / groups;
  const sums = new Map<number, number>();
  const [, columns] = sizeOf(picture, sliding);
  slide(picture, sliding, (row, column, sample, cell) => {
    for (let filter = 0; filter < filters; filter++) {
      const at = (row * columns + column) * filters + filter;
      let sum = sums.get(at) ?? 0;
      const group = Math.floor(filter / (filters / groups));
      for (let channel = 0; cell !== undefined && channel < perGroup; channel++) {
        const value = picture.values[cell * picture.channels + group * perGroup + channel] ?? 0;
        sum += value * (kernel[(sample * perGroup + channel) * filters + filter] ?? 0);
      }
      sums.set(at, sum);
    }
  });
  return inOrder(sums);
}

/** The mean of each window; zeros outside the picture count. */
export function averageCountingPad(picture: Picture, sliding: Sliding): readonly number[] {
  const { channels } = picture;
  const [, columns] = sizeOf(picture, sliding);
  const sums = new Map<number, number>();
  const size = sliding.kernel[0] * sliding.kernel[1];
  slide(picture, sliding, (row, column, _, cell) => {
    for (let channel = 0; channel < channels; channel++) {
      const at = (row * columns + column) * channels + channel;
      const value = cell === undefined ? 0 : (picture.values[cell * channels + channel] ?? 0);
      sums.set(at, (sums.get(at) ?? 0) + value / size);
    }
  });
  return inOrder(sums);
}

/**
 * Each stretch of channels at each position, or over the whole picture, without its mean and divided by its deviation; then
 * gamma and beta of each channel.
 */
export function normalizeBySelf(
  { channels, values }: Picture,
  { eps, share, perPosition }: { eps: number; share: number; perPosition: boolean },
  gamma?: ArrayLike<number>,
  beta?: ArrayLike<number>,
): readonly number[] {
  const setOf = (index: number): string => {
    const channel = index % channels;
    const place = perPosition ? (index - channel) / channels : 0;
    return `${place} ${Math.floor(channel / share)}`;
  };
  const sets = new Map<string, number[]>();
  Array.from(values).forEach((value, index) => {
    const set = sets.get(setOf(index)) ?? [];
    sets.set(setOf(index), set);
    set.push(value);
  });
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const statistics = new Map(
    [...sets].map(([key, set]) => {
      const middle = mean(set);
      return [key, { middle, variance: mean(set.map((value) => (value - middle) ** 2)) }];
    }),
  );
  return Array.from(values, (value, index) => {
    const { middle, variance } = statistics.get(setOf(index)) ?? { middle: 0, variance: 1 };
    const channel = index % channels;
    const normal = (value - middle) / Math.sqrt(variance + eps);
    return normal * (gamma?.[channel] ?? 1) + (beta?.[channel] ?? 0);
  });
}

function sizeOf(picture: Picture, sliding: Sliding): readonly [number, number] {
  return slide(picture, sliding, () => {});
}

function inOrder(values: ReadonlyMap<number, number>): readonly number[] {
  return [...values].sort(([a], [b]) => a - b).map(([, value]) => value);
}
