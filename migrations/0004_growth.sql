-- Goals, and the channel that the owner of a win chose for it.

CREATE TABLE goals (
    id UUID PRIMARY KEY,
    pair_id UUID NOT NULL REFERENCES pairs (id),
    owner_id UUID NOT NULL REFERENCES people (id),
    -- Sealed, all three: the goal, its steps (one a line), how they will know.
    goal BYTEA NOT NULL,
    steps BYTEA,
    measure BYTEA,
    due_on DATE,
    state TEXT NOT NULL CHECK (state IN ('open', 'reached', 'dropped')),
    set_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX goals_pair ON goals (pair_id, state);

-- Null: the win stays with the pair.
ALTER TABLE wins ADD COLUMN channel TEXT;
