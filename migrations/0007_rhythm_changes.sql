-- Another rhythm, which both agree to, and pauses, which either half sets alone.

CREATE TABLE rhythm_proposals (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    -- Who proposed it; the other half answers.
    person_id UUID NOT NULL REFERENCES people (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'agreed', 'kept', 'lapsed', 'replaced', 'overtaken')),
    -- What held when it was made.
    old_cron TEXT NOT NULL,
    old_every INTEGER NOT NULL CHECK (old_every BETWEEN 1 AND 12),
    old_anchor DATE NOT NULL,
    old_zone TEXT NOT NULL,
    old_length INTEGER NOT NULL CHECK (old_length BETWEEN 1 AND 60),
    -- What shall hold.
    new_cron TEXT NOT NULL,
    new_every INTEGER NOT NULL CHECK (new_every BETWEEN 1 AND 12),
    new_anchor DATE NOT NULL,
    new_zone TEXT NOT NULL,
    new_length INTEGER NOT NULL CHECK (new_length BETWEEN 1 AND 60),
    asked_at TIMESTAMPTZ NOT NULL,
    answer_by TIMESTAMPTZ NOT NULL,
    settled_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX rhythm_proposals_open ON rhythm_proposals (pair_id) WHERE state = 'open';
CREATE INDEX rhythm_proposals_pair ON rhythm_proposals (pair_id, asked_at);

CREATE TABLE pauses (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    -- Who paused.
    person_id UUID NOT NULL REFERENCES people (id),
    -- The day on which it goes on, on the calendar of who paused.
    until_on DATE NOT NULL,
    set_at TIMESTAMPTZ NOT NULL,
    -- Null while it stands.
    ended_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX pauses_standing ON pauses (pair_id, person_id) WHERE ended_at IS NULL;
