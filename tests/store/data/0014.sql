-- Added to what 0001.sql holds. The address is sealed with a key that nobody has: it is not read here.
INSERT INTO people (id, team_id, user_id, name, time_zone, standing, deactivated, conversation) VALUES
    (X'019000000000400080000000000000a1', '@outside', '019000000000400080000000000000a1', 'Jane Doe', 'Europe/London',
        'outsider', FALSE, NULL);
INSERT INTO contacts (person_id, pair_id, email, reply_to, stop_token, sends_aim, added_at, stopped_at, unreachable_at,
    refused_code) VALUES
    (X'019000000000400080000000000000a1', X'01900000000040008000000000000011', X'00', NULL,
        'f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0', FALSE, '2026-02-02T09:00:00+00:00', NULL, '2026-02-03T09:00:00+00:00', '550');
