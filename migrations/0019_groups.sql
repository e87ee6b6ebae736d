-- Names meet: the group conversation of an introduction, and the message in whose thread everything later goes.
CREATE TABLE introduction_threads (
    introduction_id UUID PRIMARY KEY REFERENCES introductions (id),
    channel TEXT NOT NULL,
    -- Null until the first message is known to stand there.
    ts TEXT
);
