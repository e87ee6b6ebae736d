-- Peers each prepare their own agenda, and a pair may be asked to become peers.

-- Which half of the pair wrote it. SQLite cannot change a primary key: a new table takes everything over.
CREATE TABLE agenda_parts_of_halves (
    meeting_id UUID NOT NULL REFERENCES meetings (id),
    half TEXT NOT NULL DEFAULT 'mentee' CHECK (half IN ('mentee', 'mentor')),
    part TEXT NOT NULL CHECK (part IN ('why', 'challenge', 'upcoming', 'topic', 'homework')),
    -- Sealed.
    body BYTEA NOT NULL,
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (meeting_id, half, part)
);
-- Until now the mentee alone wrote.
INSERT INTO agenda_parts_of_halves (meeting_id, half, part, body, written_at)
    SELECT meeting_id, 'mentee', part, body, written_at FROM agenda_parts;
DROP TABLE agenda_parts;
ALTER TABLE agenda_parts_of_halves RENAME TO agenda_parts;

-- One of the two asks the other to become peers.
CREATE TABLE peer_questions (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    asked_by UUID NOT NULL REFERENCES people (id),
    -- They shall meet every two weeks from then on.
    every_two_weeks BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'agreed', 'declined', 'lapsed')),
    asked_at TIMESTAMPTZ NOT NULL,
    answer_by TIMESTAMPTZ NOT NULL,
    -- When the planner has something to look at; null when there is nothing to come.
    attention_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX peer_questions_one_open ON peer_questions (pair_id) WHERE state = 'open';
CREATE INDEX peer_questions_pair ON peer_questions (pair_id, asked_at);
CREATE INDEX peer_questions_attention ON peer_questions (attention_at) WHERE attention_at IS NOT NULL;
