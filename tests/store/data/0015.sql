-- "compilers" was read by an older thesaurus, "public speaking" was never read.
INSERT INTO topics (topic, read_by) VALUES ('compilers', -1);
INSERT INTO topic_keys (key, topic) VALUES ('s:compil', 'compilers'), ('x:old', 'compilers');
