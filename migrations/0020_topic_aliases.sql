-- Words that mean the same in this organisation, as its coordinators add them in Slack.

CREATE TABLE topic_aliases (
    id UUID PRIMARY KEY,
    -- One group: words and phrases with commas between, the first of them its name.
    words TEXT NOT NULL UNIQUE,
    added_at TIMESTAMPTZ NOT NULL
);
