-- Keys say which parts of a topic they come from, and words that nobody knows are kept once, not with every topic.

-- The parts of the topic that this key comes from, and all that say something, a bit each. 0: not known yet, so the topic may
-- always fit.
ALTER TABLE topic_keys ADD COLUMN stands_for BIGINT NOT NULL DEFAULT 0;
ALTER TABLE topic_keys ADD COLUMN parts BIGINT NOT NULL DEFAULT 0;
CREATE INDEX topic_keys_parts ON topic_keys (key, stands_for, parts, topic);

-- Words of topics that nobody knows, by their beginning without as many letters as they may have errors.
CREATE TABLE topic_spellings (
    rest TEXT NOT NULL,
    word TEXT NOT NULL,
    -- The key of the topics that have the word.
    key TEXT NOT NULL,
    PRIMARY KEY (rest, word)
);
DELETE FROM topic_keys WHERE key LIKE 'd:%';
