// Moments as a person reads them: Slack's date tokens, clock times and day names in the reader's own zone.
// Only formatting; the formats of tokens are the same as those of the text renderer on the server.
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December'];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const formatters = new Map();

function formatter(zone) {
  let found = formatters.get(zone);
  if (!found) {
    const options = { hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit',
      minute: '2-digit', second: '2-digit', era: 'short' };
    try {
      found = new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone || 'UTC' });
    } catch {
      found = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
    }
    formatters.set(zone, found);
  }
  return found;
}

/** The wall clock of a zone at a moment given in seconds. */
export function wallClock(seconds, zone) {
  const at = { };
  for (const part of formatter(zone).formatToParts(new Date(seconds * 1000))) at[part.type] = Number(part.value);
  const days = Math.round(Date.UTC(at.year, at.month - 1, at.day) / 86_400_000);
  return { ...at, days, weekday: ((days % 7) + 11) % 7 };
}

const two = (number) => String(number).padStart(2, '0');

function ordinal(day) {
  if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
  return `${day}${{ 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th'}`;
}

function clockTime(at, seconds) {
  const hour = at.hour % 12 === 0 ? 12 : at.hour % 12;
  return `${hour}:${two(at.minute)}${seconds ? `:${two(at.second)}` : ''} ${at.hour < 12 ? 'AM' : 'PM'}`;
}

function relativeDay(seconds, eye) {
  const apart = wallClock(seconds, eye.zone).days - wallClock(eye.now() / 1000, eye.zone).days;
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[apart] ?? null;
}

function ago(seconds, eye) {
  const apart = Math.trunc((eye.now() - seconds * 1000) / 1000);
  const size = Math.abs(apart);
  const [count, unit] = size < 60 ? [size, 'second']
    : size < 3600 ? [Math.trunc(size / 60), 'minute']
    : size < 86_400 ? [Math.trunc(size / 3600), 'hour'] : [Math.trunc(size / 86_400), 'day'];
  const shown = `${count} ${unit}${count === 1 ? '' : 's'}`;
  return apart < 0 ? `in ${shown}` : `${shown} ago`;
}

function filled(token, seconds, eye) {
  if (token.endsWith('_pretty')) {
    return relativeDay(seconds, eye) ?? filled(token.slice(0, -'_pretty'.length), seconds, eye);
  }
  const at = wallClock(seconds, eye.zone);
  const month = MONTHS[at.month - 1];
  switch (token) {
    case 'date_num': return `${at.year}-${two(at.month)}-${two(at.day)}`;
    case 'date_slash': return `${two(at.month)}/${two(at.day)}/${at.year}`;
    case 'date_long': return `${WEEKDAYS[at.weekday]}, ${month} ${ordinal(at.day)}, ${at.year}`;
    case 'date_long_full': return `${WEEKDAYS[at.weekday]}, ${month} ${at.day}, ${at.year}`;
    case 'date':
    case 'day_divider': return `${month} ${ordinal(at.day)}, ${at.year}`;
    case 'date_short': return `${month.slice(0, 3)} ${at.day}, ${at.year}`;
    case 'time': return clockTime(at, false);
    case 'time_secs': return clockTime(at, true);
    case 'ago': return ago(seconds, eye);
    default: return `{${token}}`;
  }
}

/** A format such as `{date_short_pretty} at {time}` filled in; `null` when the moment is none. */
export function dateToken(timestamp, format, eye) {
  const seconds = Number(timestamp);
  if (!Number.isInteger(seconds) || Math.abs(seconds) > 8.64e12) return null;
  return format.replace(/\{([^}]*)\}/g, (_, token) => filled(token, seconds, eye));
}

export const timeOf = (seconds, zone) => clockTime(wallClock(seconds, zone), false);

const QUARTER = 900;
const days = new Map();
/** The day as a number. Lists ask it for every message, and offsets change only at quarters of an hour. */
export function dayOf(seconds, zone) {
  let known = days.get(zone);
  if (!known || known.size > 20_000) days.set(zone, (known = new Map()));
  const quarter = Math.floor(seconds / QUARTER);
  let day = known.get(quarter);
  if (day === undefined) known.set(quarter, (day = wallClock(quarter * QUARTER, zone).days));
  return day;
}

/** `Monday, June 1` near today, with the year when it is another one. */
export function dayName(seconds, eye) {
  const relative = relativeDay(seconds, eye);
  if (relative) return relative[0].toUpperCase() + relative.slice(1);
  const at = wallClock(seconds, eye.zone);
  const year = at.year === wallClock(eye.now() / 1000, eye.zone).year ? '' : `, ${at.year}`;
  return `${WEEKDAYS[at.weekday]}, ${MONTHS[at.month - 1]} ${ordinal(at.day)}${year}`;
}

/** The whole date and time, for tooltips and lists. */
export function fullDate(seconds, zone) {
  const at = wallClock(seconds, zone);
  return `${WEEKDAYS[at.weekday]}, ${MONTHS[at.month - 1]} ${at.day}, ${at.year}, ${clockTime(at, true)}`;
}

export function shortDate(seconds, zone) {
  const at = wallClock(seconds, zone);
  return `${WEEKDAYS[at.weekday].slice(0, 3)} ${at.day} ${MONTHS[at.month - 1].slice(0, 3)}, ${clockTime(at, false)}`;
}

/** The town of a zone's name. */
export function zoneName(zone) {
  if (!zone) return 'no time zone';
  return zone.split('/').pop().replaceAll('_', ' ');
}

/** Seconds of a wall clock such as `2026-03-01T09:30` in a zone. */
export function secondsAt(wall, zone) {
  const asUtc = Date.parse(`${wall}Z`) / 1000;
  if (Number.isNaN(asUtc)) return null;
  let guess = asUtc;
  // Twice: the first step may cross a change of the offset.
  for (let step = 0; step < 2; step += 1) {
    const at = wallClock(guess, zone);
    const shown = Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second) / 1000;
    guess += asUtc - shown;
  }
  return guess;
}

/** The wall clock of a zone in the form of a date-and-time field. */
export function fieldOf(seconds, zone) {
  const at = wallClock(seconds, zone);
  return `${at.year}-${two(at.month)}-${two(at.day)}T${two(at.hour)}:${two(at.minute)}`;
}
