-- Added to what the versions before hold.

INSERT INTO topic_aliases (id, words, added_at) VALUES
    (X'019000000000400080000000000000f1', 'OKR, objectives and key results', '2026-01-29T09:00:00.25+00:00');
