/** Sizes of charts. They are drawn in percent and em, without a viewBox, so that large type stays large. */

/** Share of the width that the scale's numbers take. */
const GUTTER = 12;

/** Round numbers from 0 to at least the greatest value, four steps at most. */
export function listScale(greatest: number): number[] {
  const wanted = Math.max(greatest, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = Math.max(1, ([1, 2, 5, 10].find((each) => each * power >= wanted) ?? 10) * power);
  const steps = Math.max(1, Math.ceil(greatest / step));
  return Array.from({ length: steps + 1 }, (_, at) => at * step);
}

/** Where a share (0 to 1) of the width lies, beside the scale. */
export function across(share: number): string {
  return percent(GUTTER + share * (100 - GUTTER));
}

/** A share of the width beside the scale. */
export function widthOf(share: number): string {
  return percent(share * (100 - GUTTER));
}

/** Where a value lies from the top, on a scale that begins at 0. */
export function down(value: number, scale: readonly number[]): string {
  return percent(100 - (value / (scale.at(-1) ?? 1)) * 100);
}

export function heightOf(value: number, scale: readonly number[]): string {
  return percent((value / (scale.at(-1) ?? 1)) * 100);
}

function percent(value: number): string {
  return `${Number(value.toFixed(2))}%`;
}

export type ColumnPoint = {
  /** In full, for the table and the description. */
  label: string;
  /** Below the column. */
  short: string;
  /** Null: a number too small to be told; undefined: none is known. */
  value: number | null | undefined;
};

export type LinePoint = {
  /** From 0, where the chart begins, to 1. */
  at: number;
  value: number;
};
export type LineSeries = { label: string; points: readonly LinePoint[] };
