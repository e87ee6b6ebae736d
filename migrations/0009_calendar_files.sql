-- What people's own calendars were told, and how often a meeting was put at another time.

-- How often the meeting was moved or left out: tells what is said about one time of it from what was said about another.
ALTER TABLE meetings ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

-- Until now the start itself told that apart. A meeting to come that is not at its slot counts as moved once, and the messages
-- that speak of its present time keep having been said: of each kind the newest to each reader, owed since the move.
UPDATE meetings SET revision = 1 WHERE state = 'planned' AND slot_at IS NOT NULL AND starts_at <> slot_at;
UPDATE outbox SET dedupe_key = substr(dedupe_key, 1, length(kind) + 66) || ':1'
    WHERE length(dedupe_key) > length(kind) + 66 AND state <> 'dropped'
    AND EXISTS (SELECT 1 FROM meetings m WHERE m.id = outbox.subject_id AND m.revision = 1 AND m.planned_at <= outbox.due_at)
    AND NOT EXISTS (SELECT 1 FROM outbox later WHERE later.subject_id = outbox.subject_id AND later.kind = outbox.kind
        AND later.person_id = outbox.person_id AND later.state <> 'dropped' AND later.id > outbox.id);

-- How often what a pair's calendars should show has changed; only grows.
ALTER TABLE pairs ADD COLUMN calendar_revision INTEGER NOT NULL DEFAULT 0;

-- What the calendars of a pair's two people should show for each slot of its rhythm.
CREATE TABLE calendar_entries (
    pair_id UUID NOT NULL REFERENCES pairs (id),
    slot_at TIMESTAMPTZ NOT NULL,
    starts_at TIMESTAMPTZ NOT NULL,
    length_minutes INTEGER NOT NULL CHECK (length_minutes BETWEEN 1 AND 60),
    cancelled BOOLEAN NOT NULL,
    -- The pair's calendar revision at the entry's last change.
    revision INTEGER NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (pair_id, slot_at)
);

-- A file that somebody is owed or got: an outbox row, and what is in it.
CREATE TABLE calendar_files (
    id UUID PRIMARY KEY REFERENCES outbox (id),
    pair_id UUID NOT NULL REFERENCES pairs (id),
    person_id UUID NOT NULL REFERENCES people (id),
    -- It holds everything that changed up to here since the last one that arrived.
    revision INTEGER NOT NULL,
    -- The message in whose thread it goes; null: it stands by itself.
    beside UUID REFERENCES outbox (id)
);
CREATE INDEX calendar_files_person ON calendar_files (pair_id, person_id);
