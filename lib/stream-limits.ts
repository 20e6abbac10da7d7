/**
 * How long a page is told things by one invocation, after which it comes back. Lambda does not tell a function when its
 * page has gone, so what has been left alone goes on for so long, too.
 */
export const streamS = 60;

/** It waits nearly always, and is paid for by the second: what it needs, and no processor beyond. */
export const streamMb = 192;
