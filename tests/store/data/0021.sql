-- Added to what the versions before hold.

INSERT INTO topic_spellings (rest, word, key) VALUES ('quilin', 'quilling', 's:quill');
