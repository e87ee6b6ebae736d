-- Added to what 0001.sql holds.

UPDATE people SET locale = 'de-AT' WHERE id = X'01900000000040008000000000000003';

INSERT INTO person_settings (person_id, working_days, works_from, works_until, agenda_days, notice_days, starting_soon_minutes) VALUES
    (X'01900000000040008000000000000001', 'Mon,Tue,Wed,Sat', 450, 930, 3, 2, 10),
    (X'01900000000040008000000000000002', NULL, NULL, NULL, NULL, NULL, 0);

INSERT INTO days_off (person_id, first_day, last_day) VALUES
    (X'01900000000040008000000000000001', '2026-02-16', '2026-02-16'),
    (X'01900000000040008000000000000001', '2026-12-24', '2027-01-02');
