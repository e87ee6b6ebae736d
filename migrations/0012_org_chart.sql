-- Who reports to whom, as directories say it, and pairs that rule 1 holds back.

-- What Slack says is somebody's e-mail address, to recognise them in a directory. Nothing is keyed by it.
CREATE TABLE people_emails (
    person_id UUID PRIMARY KEY REFERENCES people (id),
    -- In lower case.
    email TEXT NOT NULL
);
CREATE INDEX people_emails_email ON people_emails (email);

CREATE TABLE directory_sources (
    source TEXT PRIMARY KEY CHECK (source IN ('scim', 'csv', 'slack_profile')),
    -- When it is to be read next. Whoever reads it puts this off first, so that one replica alone does.
    sync_at TIMESTAMPTZ NOT NULL,
    -- The snapshot that counts; the rows of others are on their way in or out.
    snapshot_id UUID,
    -- When it was last read without failing.
    good_at TIMESTAMPTZ,
    -- What went wrong when it was read last, in words for an installer; null when nothing did.
    problem TEXT,
    -- The server's mark of what it said last, to ask only for what is new.
    tag TEXT,
    people BIGINT NOT NULL DEFAULT 0,
    managers BIGINT NOT NULL DEFAULT 0,
    -- The last sync would have taken so many managers that somebody is asked first.
    managers_gone BIGINT
);

CREATE TABLE directory_entries (
    id UUID PRIMARY KEY,
    source TEXT NOT NULL REFERENCES directory_sources (source),
    snapshot_id UUID NOT NULL,
    -- What the directory calls them.
    name TEXT NOT NULL,
    user_id TEXT,
    email TEXT,
    -- Null while nobody in Slack is known to be this one; who reports to them has the same manager all the same.
    person_id UUID REFERENCES people (id),
    -- The entry of whom they report to, in the same snapshot.
    manager_id UUID,
    department TEXT,
    -- False: named as a manager only.
    listed BOOLEAN NOT NULL,
    UNIQUE (snapshot_id, name)
);
CREATE INDEX directory_entries_person ON directory_entries (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX directory_entries_email ON directory_entries (email) WHERE person_id IS NULL;
CREATE INDEX directory_entries_user ON directory_entries (user_id) WHERE person_id IS NULL;
CREATE INDEX directory_entries_source ON directory_entries (source, snapshot_id);

-- Pairs that rule 1 holds back until one of the two acts. A pause is another matter: a pair meets when there is neither.
CREATE TABLE pairs_held (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    held_at TIMESTAMPTZ NOT NULL,
    -- It was paused already, so that going on does not end that pause.
    was_paused BOOLEAN NOT NULL,
    -- Null while it stands.
    settled_at TIMESTAMPTZ,
    -- Who acted.
    settled_by UUID REFERENCES people (id),
    outcome TEXT CHECK (outcome IN ('finished', 'goes_on')),
    CHECK ((settled_at IS NULL) = (outcome IS NULL))
);
CREATE UNIQUE INDEX pairs_held_standing ON pairs_held (pair_id) WHERE settled_at IS NULL;
CREATE INDEX pairs_held_pair ON pairs_held (pair_id, held_at);
