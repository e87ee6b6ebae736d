-- What people set for themselves, and where the calendar has put a meeting.

-- The language tag Slack reports; null when it reports none.
ALTER TABLE people ADD COLUMN locale TEXT;

-- Null everywhere: as the programme has it.
CREATE TABLE person_settings (
    person_id UUID PRIMARY KEY REFERENCES people (id),
    -- Three letters each, with commas between them.
    working_days TEXT,
    -- Minutes since midnight on their own clock.
    works_from INTEGER CHECK (works_from BETWEEN 0 AND 1439),
    works_until INTEGER CHECK (works_until BETWEEN 0 AND 1439),
    agenda_days INTEGER CHECK (agenda_days BETWEEN 1 AND 10),
    notice_days INTEGER CHECK (notice_days BETWEEN 1 AND 10),
    -- 0: never.
    starting_soon_minutes INTEGER CHECK (starting_soon_minutes BETWEEN 0 AND 60),
    CHECK ((works_from IS NULL AND works_until IS NULL) OR works_from < works_until)
);

CREATE TABLE days_off (
    person_id UUID NOT NULL REFERENCES people (id),
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    PRIMARY KEY (person_id, first_day),
    CHECK (first_day <= last_day)
);

-- Where working days put the meeting: a start that is another was chosen by hand and stays.
ALTER TABLE meetings ADD COLUMN placed_at TIMESTAMPTZ;
UPDATE meetings SET placed_at = slot_at;
