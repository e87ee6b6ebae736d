-- Rhythms of which every n-th moment counts, meetings that are moved without moving the rhythm.

ALTER TABLE pairs ADD COLUMN rhythm_every INTEGER NOT NULL DEFAULT 1 CHECK (rhythm_every BETWEEN 1 AND 12);
-- The local date from which moments are counted; null where each one counts.
ALTER TABLE pairs ADD COLUMN rhythm_anchor DATE;

-- The rhythm's own moment for a meeting: it stays when the meeting is moved.
ALTER TABLE meetings ADD COLUMN slot_at TIMESTAMPTZ;
UPDATE meetings SET slot_at = starts_at;
CREATE INDEX meetings_slot ON meetings (pair_id, slot_at);
