-- Distinct topics of profiles, and the keys under which a search finds them.

-- Each as it was typed. Which profiles have it, profile_topics says.
CREATE TABLE topics (
    topic TEXT PRIMARY KEY,
    -- The fingerprint of the thesaurus that made its keys; where it is another by now, they are made anew.
    read_by BIGINT NOT NULL
);

CREATE TABLE topic_keys (
    key TEXT NOT NULL,
    topic TEXT NOT NULL REFERENCES topics (topic),
    PRIMARY KEY (key, topic)
);
CREATE INDEX topic_keys_topic ON topic_keys (topic);

-- Who offers a topic, beginning anywhere among them.
CREATE INDEX profile_topics_topic ON profile_topics (topic, kind, person_id);
