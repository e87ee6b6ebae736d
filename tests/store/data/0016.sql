-- Added to what the versions before hold.

UPDATE people SET gone_since = '2026-01-20T09:00:00.5+00:00' WHERE id = X'01900000000040008000000000000004';

INSERT INTO exports (id, person_id, asked_at) VALUES
    (X'019000000000400080000000000000c1', X'01900000000040008000000000000001', '2026-01-28T09:00:00.25+00:00');

INSERT INTO people (id, team_id, user_id, name, time_zone, standing, deactivated, conversation) VALUES
    (X'01900000000040008000000000000008', 'forgotten', '01900000000040008000000000000008', 'somebody who left', NULL, 'member', TRUE, NULL);

INSERT INTO erasures (id, person_id, mark, pairs_ended, pairs_kept, pairs_erased, agendas, homework, goals, wins, asked_at, settled_at, wiped_at, wipe_not_before) VALUES
    (X'019000000000400080000000000000c2', X'01900000000040008000000000000008', NULL, 1, 2, 0, 12, 3, 1, 4,
     '2026-01-29T09:00:00+00:00', '2026-01-29T09:00:02+00:00', '2026-01-29T09:00:03+00:00', '2026-01-29T09:00:00+00:00');
