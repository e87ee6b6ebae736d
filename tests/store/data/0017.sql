-- Added to what the versions before hold. Sealed with a key that nobody has: it is not read here.

INSERT INTO person_keys (person_id, master_key_id, wrapped)
    SELECT X'01900000000040008000000000000002', id, X'00' FROM master_keys;

INSERT INTO network_entries (id, owner_id, person_id, name, email, topics, note, added_at) VALUES
    (X'019000000000400080000000000000d1', X'01900000000040008000000000000002', X'01900000000040008000000000000003',
        NULL, NULL, X'00', NULL, '2026-02-05T09:00:00.5+00:00'),
    (X'019000000000400080000000000000d2', X'01900000000040008000000000000002', NULL,
        X'00', X'00', X'00', X'00', '2026-02-06T09:00:00+00:00');
