-- People somebody is willing to introduce others to, and a key of each person's own.

-- Wrapped by the master key. Without it nothing that somebody wrote for themselves alone can be read again.
CREATE TABLE person_keys (
    person_id UUID PRIMARY KEY REFERENCES people (id),
    master_key_id TEXT NOT NULL REFERENCES master_keys (id),
    wrapped BYTEA NOT NULL
);

-- Read by its owner, and by a search on behalf of somebody whom the owner mentors, whose result the owner alone sees.
CREATE TABLE network_entries (
    id UUID PRIMARY KEY,
    owner_id UUID NOT NULL REFERENCES people (id),
    -- Somebody in Slack; null: somebody outside, with a name and an address.
    person_id UUID REFERENCES people (id),
    -- Sealed with the owner's key, all four. Topics are one a line.
    name BYTEA,
    email BYTEA,
    topics BYTEA NOT NULL,
    note BYTEA,
    added_at TIMESTAMPTZ NOT NULL,
    UNIQUE (owner_id, person_id),
    CHECK (owner_id <> person_id),
    CHECK ((person_id IS NULL) = (name IS NOT NULL)),
    CHECK ((name IS NULL) = (email IS NULL))
);
CREATE INDEX network_entries_person ON network_entries (person_id) WHERE person_id IS NOT NULL;

-- Whom somebody is or was in a pair with, from either side.
CREATE INDEX pairs_mentee ON pairs (mentee_id);
