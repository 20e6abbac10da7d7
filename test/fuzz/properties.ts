import { anyRequestProperties } from "./properties/any-request.ts";
import { askedOfAUser } from "./properties/asked-of-a-user.ts";
import { postedAsText } from "./properties/posted-as-text.ts";
import { replaysOnce } from "./properties/replays.ts";
import { exactBytes } from "./properties/signatures.ts";
import { streamProperties } from "./properties/streams.ts";
import type { FuzzProperty } from "./property.ts";

/** All that the edges promise whatever they are sent. */
export const fuzzProperties: readonly FuzzProperty[] = [
  ...anyRequestProperties,
  ...askedOfAUser,
  postedAsText,
  exactBytes,
  replaysOnce,
  ...streamProperties,
];
