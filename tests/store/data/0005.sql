-- Added to what 0001.sql holds.

INSERT INTO holiday_calendars (source, read_at, good_at) VALUES
    ('https://calendar.example.org/…#0123456789abcdef', '2026-02-04T06:00:00+00:00', '2026-02-03T06:00:00+00:00'),
    ('/etc/mentor/holidays.ics', '2026-02-03T07:00:00+00:00', NULL);

INSERT INTO holidays (source, day, name) VALUES
    ('https://calendar.example.org/…#0123456789abcdef', '2026-04-03', 'Good Friday'),
    ('https://calendar.example.org/…#0123456789abcdef', '2026-12-25', 'Christmas Day ✨');
