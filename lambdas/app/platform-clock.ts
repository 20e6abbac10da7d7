/** How far the platform's clock may be off ours, either way, and how late it may date what it took. */
export const PLATFORM_SKEW_MS = 120_000;
