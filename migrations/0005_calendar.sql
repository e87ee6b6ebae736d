-- Holidays of the programme out of calendars that others keep. What was read last stays until a later reading succeeds.

CREATE TABLE holiday_calendars (
    -- Where the calendar is; of an address the host, since the rest may be secret, and a number that tells it from others.
    source TEXT PRIMARY KEY,
    -- When it is to be read next. Whoever reads it puts this off first, so that one replica alone does.
    read_at TIMESTAMPTZ NOT NULL,
    -- When it was last read without failing.
    good_at TIMESTAMPTZ
);

CREATE TABLE holidays (
    source TEXT NOT NULL REFERENCES holiday_calendars (source),
    day DATE NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (source, day)
);
