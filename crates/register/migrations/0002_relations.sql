-- Which officer has a relation to which person, so that the dossier is closed to that officer.
CREATE TABLE relations (
    officer     TEXT NOT NULL,    -- the officer's label
    person_id   BLOB NOT NULL,    -- the person the officer has a relation to
    declared_at INTEGER NOT NULL, -- when it was declared, ms since 1970
    lifted_at   INTEGER,          -- when an administrator lifted it as declared in error, ms since 1970
    version     INTEGER NOT NULL,
    sealed      BLOB NOT NULL,    -- the kind and who declared and lifted it; under the person's own key
    PRIMARY KEY (officer, person_id)
) STRICT;

CREATE INDEX lines_by_item ON lines (item); -- to ask of which person an item in a request is
