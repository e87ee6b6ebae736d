-- One text for SQLite and PostgreSQL. Times are UTC with microseconds; private text is sealed (BYTEA) before it gets here.

CREATE TABLE master_keys (
    id TEXT PRIMARY KEY,
    -- A known value sealed under the key: a wrong key is found out at start.
    proof BYTEA NOT NULL,
    made_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE people (
    id UUID PRIMARY KEY,
    -- Who somebody is: workspace and user, never an e-mail address.
    team_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    time_zone TEXT,
    standing TEXT NOT NULL CHECK (standing IN ('member', 'guest', 'outsider', 'bot')),
    deactivated BOOLEAN NOT NULL,
    -- The direct message conversation between the app and this person, once opened.
    conversation TEXT,
    UNIQUE (team_id, user_id)
);
CREATE INDEX people_user ON people (user_id);

CREATE TABLE pairs (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('in_org', 'external', 'peer')),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'active', 'paused', 'ended', 'declined', 'expired')),
    mentee_id UUID NOT NULL REFERENCES people (id),
    mentor_id UUID NOT NULL REFERENCES people (id),
    -- Sealed: what the mentee wants to work on.
    aim BYTEA NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    answer_by TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ,
    rhythm_cron TEXT,
    rhythm_zone TEXT,
    length_minutes INTEGER CHECK (length_minutes BETWEEN 1 AND 60),
    -- When the planner has something to look at; null when there is nothing to come.
    attention_at TIMESTAMPTZ,
    CHECK (mentee_id <> mentor_id),
    CHECK (state NOT IN ('active', 'paused') OR rhythm_cron IS NOT NULL)
);
CREATE UNIQUE INDEX pairs_one_live ON pairs (mentee_id, mentor_id) WHERE state IN ('proposed', 'active', 'paused');
CREATE INDEX pairs_mentor ON pairs (mentor_id);
CREATE INDEX pairs_attention ON pairs (attention_at) WHERE attention_at IS NOT NULL;

-- A key of each pair's own, wrapped by the master key. Without it nothing the pair wrote can be read again.
CREATE TABLE pair_keys (
    pair_id UUID PRIMARY KEY REFERENCES pairs (id),
    master_key_id TEXT NOT NULL REFERENCES master_keys (id),
    wrapped BYTEA NOT NULL
);

CREATE TABLE meetings (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    starts_at TIMESTAMPTZ NOT NULL,
    length_minutes INTEGER NOT NULL CHECK (length_minutes BETWEEN 1 AND 60),
    state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'missed', 'skipped', 'moved')),
    planned_at TIMESTAMPTZ NOT NULL,
    not_yet_at TIMESTAMPTZ,
    -- Sealed.
    most_useful BYTEA,
    attention_at TIMESTAMPTZ,
    UNIQUE (pair_id, starts_at)
);
CREATE INDEX meetings_attention ON meetings (attention_at) WHERE attention_at IS NOT NULL;

CREATE TABLE agenda_parts (
    meeting_id UUID NOT NULL REFERENCES meetings (id),
    part TEXT NOT NULL CHECK (part IN ('why', 'challenge', 'upcoming', 'topic', 'homework')),
    -- Sealed.
    body BYTEA NOT NULL,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (meeting_id, part)
);

CREATE TABLE homework (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    owner_id UUID NOT NULL REFERENCES people (id),
    -- Sealed, both.
    task BYTEA NOT NULL,
    findings BYTEA,
    state TEXT NOT NULL CHECK (state IN ('open', 'returned', 'reviewed', 'dropped')),
    -- Null: due at the next meeting.
    due_on DATE,
    -- The meeting at which it comes back.
    returned_for UUID REFERENCES meetings (id),
    set_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX homework_pair ON homework (pair_id, state);

CREATE TABLE wins (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    person_id UUID NOT NULL REFERENCES people (id),
    -- Sealed.
    body BYTEA NOT NULL,
    logged_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX wins_pair ON wins (pair_id, logged_at);

-- What somebody is owed. The words are made when it is sent; here is only what it is about.
CREATE TABLE outbox (
    id UUID PRIMARY KEY,
    dedupe_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    subject_id UUID NOT NULL,
    person_id UUID NOT NULL REFERENCES people (id),
    -- Travels with the message and nothing else does: how to find out whether it arrived.
    nonce TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('pending', 'claimed', 'sent', 'doubt', 'dropped', 'parked')),
    due_at TIMESTAMPTZ NOT NULL,
    until_at TIMESTAMPTZ NOT NULL,
    not_before TIMESTAMPTZ NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    attempt_at TIMESTAMPTZ,
    lease_until TIMESTAMPTZ,
    -- Processes that died with this message in flight.
    deaths INTEGER NOT NULL DEFAULT 0,
    -- Complete looks into the history that did not find it.
    looks INTEGER NOT NULL DEFAULT 0,
    channel TEXT,
    ts TEXT,
    settled_at TIMESTAMPTZ,
    -- Why it was dropped or parked, in one word of Slack's or ours.
    reason TEXT
);
CREATE INDEX outbox_open ON outbox (state, not_before) WHERE state IN ('pending', 'claimed', 'doubt');
CREATE INDEX outbox_conversation ON outbox (person_id, due_at) WHERE state IN ('pending', 'claimed', 'doubt');
CREATE INDEX outbox_subject ON outbox (subject_id);

-- What is on somebody's screen and follows its state: a Home (id is the person's) or a message (id is the outbox row's).
CREATE TABLE screens (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('home', 'message')),
    person_id UUID NOT NULL REFERENCES people (id),
    wanted BIGINT NOT NULL,
    shown BIGINT NOT NULL,
    not_before TIMESTAMPTZ NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    -- Slack's mark of the Home that is shown: publishing over another one is refused.
    hash TEXT
);
CREATE INDEX screens_due ON screens (not_before) WHERE wanted > shown;

-- What Slack told us, so that telling it twice does nothing.
CREATE TABLE inbox (
    dedupe_key TEXT PRIMARY KEY,
    received_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX inbox_received ON inbox (received_at);

-- Which replica plans and delivers.
CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    holder UUID NOT NULL,
    until_at TIMESTAMPTZ NOT NULL
);
