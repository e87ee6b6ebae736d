-- What is put on an agenda between meetings, what is carried from one to the next, and the questions a mentor is given.

-- One entry on a pair's agenda. It keeps its place in no text: nobody's words can overwrite it.
CREATE TABLE agenda_items (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    -- Null: it waits for the pair's next meeting, which is not on the calendar yet.
    meeting_id UUID REFERENCES meetings (id),
    -- Null: a point from the mentor, which belongs to no part.
    part TEXT CHECK (part IN ('why', 'challenge', 'upcoming', 'topic', 'homework')),
    author_id UUID NOT NULL REFERENCES people (id),
    -- Sealed, both.
    body BYTEA NOT NULL,
    source BYTEA,
    created_at TIMESTAMPTZ NOT NULL,
    -- Of what was not covered: the meeting it was first meant for, and how many meetings ago that was.
    first_meant_for TIMESTAMPTZ,
    carried INTEGER NOT NULL DEFAULT 0,
    CHECK (carried = 0 OR first_meant_for IS NOT NULL)
);
CREATE INDEX agenda_items_meeting ON agenda_items (meeting_id);
CREATE INDEX agenda_items_waiting ON agenda_items (pair_id) WHERE meeting_id IS NULL;

-- A question typed, until its writer says what shall become of it; a day at most.
CREATE TABLE kept_questions (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    person_id UUID NOT NULL REFERENCES people (id),
    -- Sealed.
    body BYTEA NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX kept_questions_asked ON kept_questions (asked_at);

-- Which coaching question a mentor was given for which part of which meeting.
CREATE TABLE coaching_questions_asked (
    meeting_id UUID NOT NULL REFERENCES meetings (id),
    part TEXT NOT NULL CHECK (part IN ('why', 'challenge', 'upcoming', 'topic', 'homework')),
    pair_id UUID NOT NULL REFERENCES pairs (id),
    question_id TEXT NOT NULL,
    chosen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (meeting_id, part)
);
CREATE INDEX coaching_questions_pair ON coaching_questions_asked (pair_id, part);
