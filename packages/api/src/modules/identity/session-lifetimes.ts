/** How long a session lives, in milliseconds: unused, and at all. */
export const sessionLifetimes = {
  own: { idle: 8 * 3_600_000, absolute: 30 * 86_400_000 },
  shared: { idle: 15 * 60_000, absolute: 12 * 3_600_000 },
} as const
