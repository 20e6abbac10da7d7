const names = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** `once`, `twice`, `three times`. */
export function timesText(times: number): string {
  if (times === 1) return "once";
  return times === 2 ? "twice" : `${names[times] ?? times} times`;
}

/** `45 s`, `2 min 5 s`, `1 h 20 min`. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const [minutes, restS] = [Math.floor(whole / 60), whole % 60];
  if (minutes < 60) return restS === 0 ? `${minutes} min` : `${minutes} min ${restS} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
