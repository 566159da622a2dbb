/** Figures as Markdown tables. */

export function table(first: string, columns: readonly string[]): void {
  console.log(`\n| ${[first, ...columns].join(" | ")} |\n| --- |${" ---: |".repeat(columns.length)}`);
}

export function row(first: string, cells: readonly string[]): void {
  console.log(`| ${[first, ...cells].join(" | ")} |`);
}

export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}
