// The workspace's clock as components read it: told every second and whenever the clock was turned.
import { useMemo } from 'preact/hooks';
import { observable, useSelected } from './observe.js';
import { listen, now, useWorld, world } from './store.js';
import { dayOf } from './dates.js';

const source = observable();
setInterval(source.tell, 1000);
let heard = 0;
listen(() => {
  if (world.clockHeard !== heard) source.tell();
  heard = world.clockHeard;
});

/** Seconds since the epoch in steps of `step` seconds. */
export const useSeconds = (step = 1) => useSelected(source, () => Math.floor(now() / 1000 / step) * step);
const useDay = (zone) => useSelected(source, () => dayOf(now() / 1000, zone));

/**
 * With whose eyes texts are read: zone, today's date and the names behind ids. The same object while nothing changed;
 * a new conversation is no change, or every message would be drawn again.
 */
export function useEye(person) {
  const people = useWorld((state) => state.peopleVersion);
  const day = useDay(person.tz);
  return useMemo(() => ({
    viewer: person,
    zone: person.tz || 'UTC',
    now,
    mention: (id) => `@${world.people.get(id)?.handle ?? id}`,
    channel: (id) => `#${world.conversations.get(id)?.name ?? id}`,
    person: (id) => world.people.get(id),
  }), [person, people, day]);
}
