-- The system of record of one node. Every table but the three marked "not a sealed row" ends in:
--   version  how many times the row was written, from 1; part of what the seal covers
--   sealed   nonce (24 bytes), then the sealed payload; the seal covers the table, every column before it and the version

-- Facts about this register itself. Not a sealed row.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY NOT NULL, -- what the fact is called
    value BLOB NOT NULL              -- the fact; sealed where the name says so
) STRICT;

-- One line per named write, in order: the signed journal entry. Not a sealed row; chained and keyed by mac.
CREATE TABLE journal (
    seq      INTEGER PRIMARY KEY NOT NULL, -- place in the journal, from 0; 0 is the node's own opening entry
    bytes    BLOB NOT NULL,                -- the signed entry, exactly as in record/journal.log
    body_at  INTEGER NOT NULL,             -- where in bytes the body (what was written) begins
    body_len INTEGER NOT NULL,             -- how long the body is; 0 for the opening entry
    mac      BLOB NOT NULL                 -- keyed digest over seq, body_at, body_len, the previous bytes and bytes
) STRICT;

-- The data key of each person. Never in the journal: destroying the row makes the person unreadable everywhere.
CREATE TABLE person_keys (
    person_id BLOB PRIMARY KEY NOT NULL, -- whose key
    version   INTEGER NOT NULL,
    sealed    BLOB NOT NULL              -- the data key, wrapped by the node's wrap key
) STRICT;

CREATE TABLE people (
    id      BLOB PRIMARY KEY NOT NULL, -- the person's identifier in this node
    list    TEXT NOT NULL,             -- 'held' or 'sought'
    power   TEXT NOT NULL,             -- label of the Power whose forces the person serves in
    item    BLOB,                      -- the person's opaque name in the shared record, once given
    state   TEXT,                      -- status code of the standing: missing, held, alive, dead, freed
    version INTEGER NOT NULL,
    sealed  BLOB NOT NULL              -- the dossier and its search tags, under the person's own key
) STRICT;
CREATE INDEX people_by_list ON people (list, id);
CREATE INDEX people_by_item ON people (item);

-- Keyed hashes of the search keys of a person. Not a sealed row: derived from the sealed dossier and checked against it.
CREATE TABLE search_tags (
    tag       BLOB NOT NULL, -- keyed hash of one search key
    person_id BLOB NOT NULL, -- whom it finds
    PRIMARY KEY (tag, person_id)
) STRICT;
CREATE INDEX search_tags_by_person ON search_tags (person_id);

CREATE TABLE officers (
    id       TEXT PRIMARY KEY NOT NULL, -- the officer's label, as it stands in the journal
    roles    TEXT NOT NULL,             -- role labels, separated by one space
    language TEXT NOT NULL,             -- language of the desk: uk, ru, en
    active   INTEGER NOT NULL,          -- 1 may sign in, 0 may not
    version  INTEGER NOT NULL,
    sealed   BLOB NOT NULL              -- display name
) STRICT;

CREATE TABLE links (
    token_hash BLOB PRIMARY KEY NOT NULL, -- hash of the one-time sign-in token
    officer    TEXT NOT NULL,             -- whom it signs in
    expires_at INTEGER NOT NULL,          -- until when, ms since 1970
    used_at    INTEGER,                   -- when it was used, ms since 1970
    version    INTEGER NOT NULL,
    sealed     BLOB NOT NULL              -- nothing; the seal guards the columns
) STRICT;

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY NOT NULL, -- hash of the session token
    officer    TEXT NOT NULL,             -- who is signed in
    expires_at INTEGER NOT NULL,          -- until when, ms since 1970
    version    INTEGER NOT NULL,
    sealed     BLOB NOT NULL              -- the stated purpose
) STRICT;

CREATE TABLE entries (
    author   TEXT NOT NULL,    -- label of the log's only writer
    seq      INTEGER NOT NULL, -- place in that log, from 0
    hash     BLOB NOT NULL,    -- SHA-256 of the entry's bytes
    position INTEGER NOT NULL, -- order in which this node took the entries in, from 0
    version  INTEGER NOT NULL,
    sealed   BLOB NOT NULL,    -- the entry's exact bytes
    PRIMARY KEY (author, seq)
) STRICT;
CREATE UNIQUE INDEX entries_by_position ON entries (position);

CREATE TABLE attachments (
    digest  BLOB PRIMARY KEY NOT NULL, -- SHA-256 of the attachment's bytes
    kind    TEXT NOT NULL,             -- what it is: 'pool', 'text', ...
    version INTEGER NOT NULL,
    sealed  BLOB NOT NULL              -- the bytes
) STRICT;

CREATE TABLE drafts (
    id         TEXT PRIMARY KEY NOT NULL, -- 32 hexadecimal digits
    kind       TEXT NOT NULL,             -- what is proposed: 'roll', 'bulletin', 'merge', ...
    round      INTEGER,                   -- for which round, if for one
    drafted_by TEXT NOT NULL,             -- officer who proposed
    drafted_at INTEGER NOT NULL,          -- ms since 1970
    state      TEXT NOT NULL,             -- open, carried-out, dismissed
    decided_by TEXT,                      -- officer who decided
    decided_at INTEGER,                   -- ms since 1970
    version    INTEGER NOT NULL,
    sealed     BLOB NOT NULL              -- the proposal
) STRICT;
CREATE INDEX drafts_by_state ON drafts (state, drafted_at, id);

CREATE TABLE lines (
    round     INTEGER NOT NULL, -- round of the agreement
    item      BLOB NOT NULL,    -- the person's opaque name in the shared record
    holder    TEXT NOT NULL,    -- label of the party that holds the person
    person_id BLOB,             -- the person, where this node knows whom the item means
    version   INTEGER NOT NULL,
    sealed    BLOB NOT NULL,    -- details; under the person's own key where there is one
    PRIMARY KEY (round, item)
) STRICT;
CREATE INDEX lines_by_person ON lines (person_id);

CREATE TABLE calls (
    id        TEXT PRIMARY KEY NOT NULL, -- 32 hexadecimal digits
    round     INTEGER NOT NULL,          -- after which round
    person_id BLOB NOT NULL,             -- about whom
    state     TEXT NOT NULL,             -- due, reached, escalated
    due_by    INTEGER NOT NULL,          -- until when the family is to be told, ms since 1970
    version   INTEGER NOT NULL,
    sealed    BLOB NOT NULL              -- the tries; under the person's own key
) STRICT;
CREATE INDEX calls_by_state ON calls (state, due_by, id);

CREATE TABLE bulletins (
    id          TEXT PRIMARY KEY NOT NULL, -- 32 hexadecimal digits
    round       INTEGER NOT NULL,          -- of which round
    state       TEXT NOT NULL,             -- draft, released, withdrawn
    drafted_by  TEXT NOT NULL,             -- officer who wrote it
    released_by TEXT,                      -- officer who released it
    released_at INTEGER,                   -- ms since 1970
    version     INTEGER NOT NULL,
    sealed      BLOB NOT NULL              -- the bulletin
) STRICT;
CREATE INDEX bulletins_by_state ON bulletins (state, round, id);

CREATE TABLE facts (
    id       TEXT PRIMARY KEY NOT NULL, -- 32 hexadecimal digits
    bulletin TEXT NOT NULL,             -- the bulletin that states the fact
    version  INTEGER NOT NULL,
    sealed   BLOB NOT NULL              -- the fact
) STRICT;
CREATE INDEX facts_by_bulletin ON facts (bulletin, id);

CREATE TABLE imports (
    id      TEXT PRIMARY KEY NOT NULL, -- 32 hexadecimal digits
    list    TEXT NOT NULL,             -- 'held' or 'sought'
    rows    INTEGER NOT NULL,          -- how many people it brought
    officer TEXT NOT NULL,             -- who imported
    at      INTEGER NOT NULL,          -- ms since 1970
    version INTEGER NOT NULL,
    sealed  BLOB NOT NULL              -- the list's name, as the officer called it
) STRICT;
CREATE INDEX imports_by_time ON imports (at, id);

CREATE TABLE settings (
    key     TEXT PRIMARY KEY NOT NULL, -- what is set
    version INTEGER NOT NULL,
    sealed  BLOB NOT NULL              -- the value
) STRICT;
