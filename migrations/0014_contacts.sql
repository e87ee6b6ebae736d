-- Mentors outside who have only an e-mail address. Each is a row of people, too, in a workspace that Slack cannot have.
CREATE TABLE contacts (
    person_id UUID PRIMARY KEY REFERENCES people (id),
    -- One mentee's: the same address given by two mentees is two contacts.
    pair_id UUID NOT NULL REFERENCES pairs (id),
    -- Sealed with the pair's key; never looked for.
    email BYTEA NOT NULL,
    -- Sealed: where answers go. Null: the mentee's address in Slack.
    reply_to BYTEA,
    -- Of the address that stops letters.
    stop_token TEXT NOT NULL,
    -- What the mentee wants to work on goes with the first letter.
    sends_aim BOOLEAN NOT NULL,
    added_at TIMESTAMPTZ NOT NULL,
    -- The contact wants no more letters.
    stopped_at TIMESTAMPTZ,
    -- A mail server refused the address, and with which of its codes.
    unreachable_at TIMESTAMPTZ,
    refused_code TEXT
);
CREATE UNIQUE INDEX contacts_pair ON contacts (pair_id);
CREATE UNIQUE INDEX contacts_stop_token ON contacts (stop_token);
