-- What registrars decided about two dossiers of this register: whether they are of one person.
CREATE TABLE pairs (
    first_id  BLOB NOT NULL,    -- the person with the lower identifier
    second_id BLOB NOT NULL,    -- the other person
    version   INTEGER NOT NULL,
    sealed    BLOB NOT NULL,    -- what was decided, by whom and when; under the second person's key within the first's
    PRIMARY KEY (first_id, second_id)
) STRICT;

CREATE INDEX pairs_by_second ON pairs (second_id); -- to ask what was decided about a person
