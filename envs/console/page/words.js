// Numbers as people say them; nothing where nobody knows one.
const units = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];

// The two largest units of a time in seconds.
export function span(seconds) {
  if (seconds === null) return "";
  const known = units.filter(([, size]) => size === 1 || seconds >= size).slice(0, 2);
  let rest = Math.floor(seconds);
  const parts = known.map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return count || known.length === 1 ? `${count} ${name}` : "";
  });
  return parts.filter(Boolean).join(" ");
}

export function perMinute(rate) {
  return rate === null ? "" : `${Number(rate.toFixed(1))} a minute`;
}
