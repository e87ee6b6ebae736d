-- One message instead of several, when a person has several pairs on one day.

-- The message with which this one was said. Its own row is dropped then, with the reason 'said_together'.
ALTER TABLE outbox ADD COLUMN said_with UUID REFERENCES outbox (id);
CREATE INDEX outbox_said_with ON outbox (said_with) WHERE said_with IS NOT NULL;
