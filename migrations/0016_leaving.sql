-- Leaving: what somebody takes along, what is erased, and since when an account is switched off.

-- Since when the account counts as switched off; null while it is on.
ALTER TABLE people ADD COLUMN gone_since TIMESTAMPTZ;

-- Somebody asked for everything the app keeps of them. What is in the files is never kept here.
CREATE TABLE exports (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id),
    asked_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX exports_person ON exports (person_id, asked_at);

-- Somebody was forgotten: that it happened, how much it was, and nothing about whom.
CREATE TABLE erasures (
    id UUID PRIMARY KEY,
    -- What is left of the person: a row without a name.
    person_id UUID NOT NULL REFERENCES people (id),
    -- Sealed: the account, so that the receipt finds it and nobody is learnt again by themselves. Null once they came back.
    mark BYTEA,
    pairs_ended INTEGER NOT NULL,
    pairs_kept INTEGER NOT NULL,
    pairs_erased INTEGER NOT NULL,
    agendas INTEGER NOT NULL,
    homework INTEGER NOT NULL,
    goals INTEGER NOT NULL,
    wins INTEGER NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    -- Null while the receipt, or anything else, is on its way to them.
    settled_at TIMESTAMPTZ,
    -- Null while traces may be left in free pages; not before the other they are wiped once more.
    wiped_at TIMESTAMPTZ,
    wipe_not_before TIMESTAMPTZ NOT NULL
);
CREATE INDEX erasures_open ON erasures (asked_at) WHERE wiped_at IS NULL;
