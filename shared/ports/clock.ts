/** Now, as an instant. Embedded the clock can be moved; on AWS it is the wall. */
export interface Clock {
  now(): Date;
}

export const wallClock: Clock = { now: () => new Date() };
