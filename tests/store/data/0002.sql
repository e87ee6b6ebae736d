-- On top of the data of the first version: one pair meets every second time, and one meeting was moved.
UPDATE pairs SET rhythm_every = 2, rhythm_anchor = '2026-01-06' WHERE id = X'01900000000040008000000000000012';
UPDATE pairs SET rhythm_anchor = '2026-01-06' WHERE id = X'01900000000040008000000000000011';
UPDATE meetings SET slot_at = starts_at;
UPDATE meetings SET slot_at = '2026-01-29T15:00:00+00:00' WHERE id = X'01900000000040008000000000000025';
