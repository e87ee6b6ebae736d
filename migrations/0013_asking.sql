-- Profiles, what a mentor asks before answering, and suggestions of somebody else.

CREATE TABLE profiles (
    person_id UUID PRIMARY KEY REFERENCES people (id),
    -- One line, shown to others only while open_to is 'anybody'.
    about TEXT,
    -- Who may ask this person to mentor them: who finds them in the list, who knows their name, nobody.
    open_to TEXT NOT NULL CHECK (open_to IN ('anybody', 'by_name', 'nobody')),
    most_mentees INTEGER NOT NULL CHECK (most_mentees BETWEEN 1 AND 10),
    introductions BOOLEAN NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL
);

-- One topic a row, as it was typed, in the order it was typed.
CREATE TABLE profile_topics (
    person_id UUID NOT NULL REFERENCES profiles (person_id),
    kind TEXT NOT NULL CHECK (kind IN ('offered', 'sought')),
    place INTEGER NOT NULL,
    topic TEXT NOT NULL,
    PRIMARY KEY (person_id, kind, place)
);

-- Confidential: read to fill in its owner's own form and to keep two people apart, for nothing else.
CREATE TABLE profile_not_with (
    person_id UUID NOT NULL REFERENCES profiles (person_id),
    other_id UUID NOT NULL REFERENCES people (id),
    PRIMARY KEY (person_id, other_id),
    CHECK (person_id <> other_id)
);

-- "Tell me more": what a mentor asks the mentee before answering. One at a time, at most three.
CREATE TABLE inquiries (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    round INTEGER NOT NULL CHECK (round BETWEEN 1 AND 3),
    state TEXT NOT NULL CHECK (state IN ('asked', 'answered', 'unanswered')),
    -- Sealed, both.
    question BYTEA NOT NULL,
    answer BYTEA,
    asked_at TIMESTAMPTZ NOT NULL,
    answer_by TIMESTAMPTZ NOT NULL,
    -- Until when the mentor had to answer the proposal when the clock stopped.
    stopped_at TIMESTAMPTZ NOT NULL,
    attention_at TIMESTAMPTZ,
    UNIQUE (pair_id, round),
    CHECK ((state = 'answered') = (answer IS NOT NULL))
);
CREATE UNIQUE INDEX inquiries_one_open ON inquiries (pair_id) WHERE state = 'asked';
CREATE INDEX inquiries_attention ON inquiries (attention_at) WHERE attention_at IS NOT NULL;

-- "Suggest someone else": whom a mentor suggests instead, with a line if they wrote one.
CREATE TABLE mentor_suggestions (
    pair_id UUID PRIMARY KEY REFERENCES pairs (id),
    suggested_id UUID NOT NULL REFERENCES people (id),
    -- Sealed.
    note BYTEA,
    suggested_at TIMESTAMPTZ NOT NULL
);

-- "Ask my manager to suggest someone".
CREATE TABLE manager_requests (
    id UUID PRIMARY KEY,
    asker_id UUID NOT NULL REFERENCES people (id),
    manager_id UUID NOT NULL REFERENCES people (id),
    state TEXT NOT NULL CHECK (state IN ('asked', 'suggested', 'nobody', 'expired')),
    suggested_id UUID REFERENCES people (id),
    asked_at TIMESTAMPTZ NOT NULL,
    answer_by TIMESTAMPTZ NOT NULL,
    attention_at TIMESTAMPTZ,
    CHECK (asker_id <> manager_id),
    CHECK ((state = 'suggested') = (suggested_id IS NOT NULL))
);
CREATE UNIQUE INDEX manager_requests_one_open ON manager_requests (asker_id) WHERE state = 'asked';
CREATE INDEX manager_requests_asker ON manager_requests (asker_id, asked_at);
CREATE INDEX manager_requests_manager ON manager_requests (manager_id) WHERE state = 'asked';
CREATE INDEX manager_requests_attention ON manager_requests (attention_at) WHERE attention_at IS NOT NULL;

-- The title in somebody's Slack profile, for whoever they ask.
ALTER TABLE people ADD COLUMN title TEXT;
