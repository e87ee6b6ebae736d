-- On top of the data of the first version: one pair meets every second time, one meeting was moved, one pair is paused.
UPDATE pairs SET rhythm_every = 2, rhythm_anchor = '2026-01-06' WHERE id = X'01900000000040008000000000000012';
UPDATE pairs SET rhythm_anchor = '2026-01-06' WHERE id = X'01900000000040008000000000000011';
UPDATE meetings SET slot_at = starts_at;
UPDATE meetings SET slot_at = '2026-01-29T15:00:00+00:00' WHERE id = X'01900000000040008000000000000025';

INSERT INTO pauses (pair_id, person_id, until_on, begun_at) VALUES
    (X'01900000000040008000000000000012', X'01900000000040008000000000000002', '2026-03-02', '2026-02-03T09:00:00+00:00'),
    (X'01900000000040008000000000000012', X'01900000000040008000000000000001', NULL, '2026-02-03T10:00:00+00:00');
