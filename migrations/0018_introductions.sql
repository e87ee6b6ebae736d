-- "Who can I talk to about …?": asks, the mentors who are asked to name somebody, and whom they name.

CREATE TABLE introductions (
    id UUID PRIMARY KEY,
    asker_id UUID NOT NULL REFERENCES people (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'met', 'written', 'helped', 'nobody', 'withdrawn')),
    -- Sealed with the ask's own key, all of them.
    topic BYTEA NOT NULL,
    why BYTEA,
    would_help BYTEA,
    give_back BYTEA,
    -- Mentors may pass it on to their own mentors, one step.
    may_pass_on BOOLEAN NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    answer_by TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    -- People who offer the topic were looked for, because no mentor named anybody.
    looked_further BOOLEAN NOT NULL,
    -- What the asker said when asked what came of it.
    follow_up TEXT CHECK (follow_up IN ('talked', 'not_yet', 'no_longer_needed')),
    followed_up_at TIMESTAMPTZ,
    -- Sealed: for whoever introduced them.
    came_of_it BYTEA,
    -- Counts the changes: whoever changes it says which one they have seen.
    revision INTEGER NOT NULL,
    attention_at TIMESTAMPTZ,
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK ((follow_up IS NULL) = (followed_up_at IS NULL))
);
CREATE INDEX introductions_asker ON introductions (asker_id, asked_at);
CREATE INDEX introductions_attention ON introductions (attention_at) WHERE attention_at IS NOT NULL;

-- A key of each ask's own, wrapped by the master key.
CREATE TABLE introduction_keys (
    introduction_id UUID PRIMARY KEY REFERENCES introductions (id),
    master_key_id TEXT NOT NULL REFERENCES master_keys (id),
    wrapped BYTEA NOT NULL
);

-- Somebody who is asked to name somebody: a mentor or peer of the asker, or one of theirs.
CREATE TABLE introduction_requests (
    id UUID PRIMARY KEY,
    introduction_id UUID NOT NULL REFERENCES introductions (id),
    person_id UUID NOT NULL REFERENCES people (id),
    -- Who passed it on to them; null when the asker knows them.
    passed_on_by UUID REFERENCES people (id),
    state TEXT NOT NULL
        CHECK (state IN ('asked', 'nominated', 'helping', 'passed_on', 'declined', 'expired', 'closed')),
    asked_at TIMESTAMPTZ NOT NULL,
    answer_by TIMESTAMPTZ NOT NULL,
    UNIQUE (introduction_id, person_id)
);
CREATE INDEX introduction_requests_person ON introduction_requests (person_id, state);

CREATE TABLE nominations (
    id UUID PRIMARY KEY,
    introduction_id UUID NOT NULL REFERENCES introductions (id),
    -- The request of whoever named them; null for somebody who offers the topic and was found by the app.
    request_id UUID REFERENCES introduction_requests (id),
    -- Null for somebody outside, of whom there are name and address instead.
    nominee_id UUID REFERENCES people (id),
    -- Sealed with the ask's key, all three.
    outside_name BYTEA,
    outside_email BYTEA,
    note BYTEA,
    state TEXT NOT NULL CHECK (state IN
        ('waiting', 'asked', 'happy', 'declined', 'expired', 'unasked', 'closed', 'to_write', 'written')),
    nominated_at TIMESTAMPTZ NOT NULL,
    asked_at TIMESTAMPTZ,
    answer_by TIMESTAMPTZ,
    CHECK ((nominee_id IS NULL) = (outside_name IS NOT NULL)),
    CHECK ((outside_name IS NULL) = (outside_email IS NULL))
);
CREATE INDEX nominations_introduction ON nominations (introduction_id);
CREATE INDEX nominations_nominee ON nominations (nominee_id, asked_at) WHERE nominee_id IS NOT NULL;
CREATE INDEX nominations_request ON nominations (request_id) WHERE request_id IS NOT NULL;

-- How often somebody may be asked to be introduced; without a row: twice a month.
CREATE TABLE introduction_preferences (
    person_id UUID PRIMARY KEY REFERENCES people (id),
    -- 0: never again.
    most_a_month INTEGER NOT NULL CHECK (most_a_month BETWEEN 0 AND 10)
);
