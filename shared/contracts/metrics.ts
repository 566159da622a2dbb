/** Measures of our own in CloudWatch: who logs them and who watches them must say the same. */
export const METRICS = {
  namespace: "Fairway",
  /** Waits that no open task will ever end, as the hourly sweep finds them (I8). By `Stage`. */
  waitsWithoutTask: "WaitsWithoutTask",
} as const;
