# Bringing a list of people in.

import-title = Import a list
import-lead = A list is read and checked first. Nobody is stored until you confirm, and then everyone in one step.
import-which = Which list is it?
import-to-held = People we hold
import-to-sought = People we are looking for
import-hint-held = Prisoners of the other side in our custody
import-hint-sought = Our own people, missing or known to be held by the other side
import-file = The list
import-file-hint = CSV or JSON, up to 15 MiB together with its joined files. Larger lists go in with “homeward import” on the stopped node.
import-name = Name of the list
import-name-hint = As colleagues will know it, for example “Hospital, 1 June”. Left empty, the file’s name is used.
import-map = How the columns are read
import-map-by-columns = Choose by the columns of the file
import-map-held = Our list of people in custody
import-map-sought = Our list of people sought
import-map-uk-cmp = British roll of prisoners (with joined files)
import-map-au-dva-json = Australian nominal roll, JSON
import-map-au-dva-csv = Australian nominal roll, CSV
import-own-map = Another map
import-own-map-hint = A map file (TOML), if none of the above fits. It takes precedence.
import-joined = Joined file { $n }
import-joined-hint = Only if the map joins further files, each under its own name
import-joined-title = Another map, or files that the map joins
import-read = Read and check
import-before = Imported before
import-before-latest = The latest { $n } are listed; every import is in the journal.
import-before-none = No list has been imported yet.
import-at = When
import-list = To
import-officer = Officer
import-persons = Persons
import-preview-title = Check before importing
import-nothing-stored = Nothing is stored yet. Compare these numbers with the list in your hands.
import-all-good = { $n ->
    [one] Every row can be read: { $n } person.
   *[other] Every row can be read: { $n } persons.
}
import-some-refused = { $n ->
    [one] { $n } row is refused. As the list stands, nothing is imported.
   *[other] { $n } rows are refused. As the list stands, nothing is imported.
}
import-file-refused = The file as a whole is refused. Nothing is imported.
import-rows = Rows
import-rows-accepted = Rows accepted
import-rows-refused = Rows refused
import-map-used = Map
import-unread = Columns that are not read
import-confirm = { $n ->
    [one] Import { $n } person
   *[other] Import { $n } persons
}
import-confirm-rest = { $n ->
    [one] Import { $n } person and leave the refused rows out
   *[other] Import { $n } persons and leave the refused rows out
}
import-confirm-rest-hint = Better: correct the list and read it again. Whoever is left out is not looked for and not offered.
import-again = Read another file
import-problems = Refused, by reason
import-refused-cells = What is refused
import-refused-first = The first { $shown } of { $all } are shown.
import-findings-caption = Worth a look; none of it stops the import
import-row = Row
import-column = Column
import-reason = Reason
import-cells = Times
import-found = What was found
import-finding = Finding
import-reason-file-too-large = the file is too large
import-reason-empty = the file is empty
import-reason-encoding = the characters are not in the encoding the map declares
import-reason-syntax = the file is not in the format the map declares
import-reason-too-many-rows = too many rows
import-reason-too-many-columns = too many columns
import-reason-too-deep = nested too deep
import-reason-ragged-row = more or fewer cells than the header
import-reason-duplicate-column = two columns of one name
import-reason-missing-column = a column the map names is missing
import-reason-missing-lookup = a file the map joins was not uploaded
import-reason-duplicate-lookup-key = one key twice in a joined file
import-reason-too-many-refusals = more refusals than can be listed: probably the wrong map
import-reason-other-list = the map reads the other list: held for sought, or the reverse
import-reason-missing-power = nobody says which Power these people serve
import-reason-cell-too-long = longer than the field may be
import-reason-control-character = a control or invisible character
import-reason-bidi-character = a character that reorders what is shown
import-reason-not-text = a list or an object where text belongs
import-reason-orphan-key = the joined file does not have this key
import-reason-missing-key = the key is missing
import-reason-known-key = the register has somebody under this key already, from this source
import-reason-missing-surname = the surname is missing
import-reason-unreadable-name = the name is not in the declared form
import-reason-unreadable-date = the date cannot be read, or there is no such day
import-reason-date-out-of-range = the date is outside the plausible range
import-reason-end-before-start = the end lies before the start
import-reason-captured-before-birth = captured before birth
import-reason-duplicate-spell = the same stay twice
import-reason-unknown-word = a word the field does not know
import-reason-incomplete = half of a statement is missing
import-reason-person-refused = another row of the same person is refused
import-finding-shared-service-number = one service number, different persons
import-finding-differs-within-person = rows of one person differ; the first is kept
import-finding-repeated-row = the row adds nothing
import-finding-rank-not-in-table = the rank is not in the table; kept as written
refusal-map = The map is refused:
refusal-map-unknown = There is no map of this name.
refusal-map-unclear = The columns fit no map, or several. Choose the map by name.
refusal-rows-refused = Rows are refused, and the list goes in whole or not at all. Refused rows:
