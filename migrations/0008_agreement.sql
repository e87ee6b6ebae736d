-- What two people agree, when they look back at it, and how they finish.

-- One row a version: a draft until both have signed, a change that was proposed, and what is over.
CREATE TABLE agreements (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'agreed', 'proposed', 'replaced', 'lapsed')),
    -- Sealed, both.
    goals BYTEA,
    more BYTEA,
    -- The first review, on the pair's own calendar.
    review_on DATE NOT NULL,
    -- Null: drawn up by the app.
    written_by UUID REFERENCES people (id),
    written_at TIMESTAMPTZ NOT NULL,
    mentee_signed_at TIMESTAMPTZ,
    mentor_signed_at TIMESTAMPTZ,
    -- Of a change: until when the other may sign it, and when they would rather not; nobody is told the latter.
    answer_by TIMESTAMPTZ,
    declined_at TIMESTAMPTZ,
    CHECK (state <> 'proposed' OR answer_by IS NOT NULL)
);
CREATE UNIQUE INDEX agreements_one ON agreements (pair_id) WHERE state IN ('draft', 'agreed');
CREATE UNIQUE INDEX agreements_one_change ON agreements (pair_id) WHERE state = 'proposed';

-- A time at which a pair looks back; one a pair that is not closed.
CREATE TABLE reviews (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    -- The way to the review date begins here.
    counts_from TIMESTAMPTZ NOT NULL,
    review_on DATE NOT NULL,
    asked_at TIMESTAMPTZ,
    -- The first of the missed meetings in a row that brought it forward.
    streak_from TIMESTAMPTZ,
    closed_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX reviews_one_open ON reviews (pair_id) WHERE closed_at IS NULL;
CREATE INDEX reviews_pair ON reviews (pair_id);

-- What one of the two answered; carrying on is the only answer that is kept, the others end the review.
CREATE TABLE review_answers (
    review_id UUID NOT NULL REFERENCES reviews (id),
    person_id UUID NOT NULL REFERENCES people (id),
    next_review_on DATE NOT NULL,
    answered_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (review_id, person_id)
);

-- How two people finished: who ended it, and a few words of each.
CREATE TABLE finishes (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    person_id UUID NOT NULL REFERENCES people (id),
    -- Sealed, all three.
    got_out BYTEA,
    thanks BYTEA,
    what_next BYTEA,
    -- Null: nobody was asked.
    stay_in_touch BOOLEAN,
    ended_it BOOLEAN NOT NULL,
    finished_at TIMESTAMPTZ NOT NULL,
    UNIQUE (pair_id, person_id)
);
