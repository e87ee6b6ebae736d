-- What version 7 adds to the data of the versions before it; it is read after theirs. Written once, never changed.

INSERT INTO rhythm_proposals (id, pair_id, person_id, state, old_cron, old_every, old_anchor, old_zone, old_length,
    new_cron, new_every, new_anchor, new_zone, new_length, asked_at, answer_by, settled_at) VALUES
    (X'01900000000040008000000000000081', X'01900000000040008000000000000011', X'01900000000040008000000000000001', 'replaced',
     '0 0 10 * * Thu', 1, '2026-01-06', 'America/New_York', 30, '0 0 9 * * Fri', 1, '2026-02-02', 'America/New_York', 30,
     '2026-02-02T10:00:00+00:00', '2026-02-05T14:00:00+00:00', '2026-02-03T10:00:00+00:00'),
    (X'01900000000040008000000000000082', X'01900000000040008000000000000011', X'01900000000040008000000000000001', 'open',
     '0 0 10 * * Thu', 1, '2026-01-06', 'America/New_York', 30, '0 30 9 * * Tue', 2, '2026-02-03', 'Europe/London', 45,
     '2026-02-03T10:00:00+00:00', '2026-02-06T14:00:00+00:00', NULL);

INSERT INTO pauses (id, pair_id, person_id, until_on, set_at, ended_at) VALUES
    (X'01900000000040008000000000000085', X'01900000000040008000000000000012', X'01900000000040008000000000000001', '2026-03-02',
     '2026-01-20T10:00:00+00:00', NULL),
    (X'01900000000040008000000000000086', X'01900000000040008000000000000012', X'01900000000040008000000000000002', '2026-02-01',
     '2026-01-10T10:00:00+00:00', '2026-01-12T10:00:00+00:00');
