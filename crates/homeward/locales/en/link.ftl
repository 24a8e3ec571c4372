# homeward link: its answer, its explanations, its report.

link-read-as = read as: { $columns }
link-not-compared = not compared: { $columns }
link-only-here = only in { $file }, so not compared: { $columns }
link-empty = empty, left out: { $columns }
link-nameless = column { $n } without a header
link-column = column { $n }
link-letters = { $file } is read as { $encoding }
link-letters-guessed = { $file } is not in UTF-8. It is read as { $encoding }, which its letters are most like; where names look wrong, say encoding in the settings
link-separator = { $file }: its cells are parted by “{ $separator }”
link-separator-tab = tab
link-unread = { $n ->
    [one] { $file }: letters of { $n } record, in line { $line }, cannot be read and are taken as unknown
   *[other] { $file }: letters of { $n } records, the first in line { $line }, cannot be read and are taken as unknown
}
link-no-id = { $file }: no column is the records’ identifier: they are called by their number, the first below the header is 1
link-blank-ids = { $n ->
    [one] { $file }: { $n } record has no identifier in “{ $column }”, in line { $line }: it is called by its number, which changes with the list. Give it one
   *[other] { $file }: { $n } records have no identifier in “{ $column }”, the first in line { $line }: they are called by their numbers, which change with the list. Give each one
}
link-id-shared = { $file }: “{ $column }” is not the records’ identifier, since { $n } records share their number with another; the first two stand in lines { $one } and { $other }. Give each its own, or, where that is one person’s number, say "number" in the settings
link-aside = { $n ->
    [one] { $file }: beside { $n } name, in line { $line }, something stands that is no part of it. It is set aside and compared with nothing: { $kinds }
   *[other] { $file }: beside { $n } names, the first in line { $line }, something stands that is no part of them. It is set aside and compared with nothing: { $kinds }
}
link-aside-rank = rank
link-aside-quoted = words in quotes
link-aside-bracketed = words in brackets
link-aside-behind = words behind a comma
link-no-birth = { $file }: no column is the date of birth: namesakes are hardly told apart. Where one is, --settings says so
link-no-date = { $n ->
    [one] { $column }: { $n } cell is no date that is known, and says nothing; it is in { $file }, line { $line }
   *[other] { $column }: { $n } cells are no date that is known, and say nothing; the first is in { $file }, line { $line }
}
link-days = { $n ->
    [one] { $file }, “{ $column }”: { $n } cell, in line { $line }, is a number of days as spreadsheets count them from 1900, and is read as that day
   *[other] { $file }, “{ $column }”: { $n } cells, the first in line { $line }, are numbers of days as spreadsheets count them from 1900, and are read as those days
}
link-as-id = the record’s identifier
link-as-source = which list it is from
link-as-name = whole name, surname first
link-as-name-given-first = whole name, given name first
link-as-surname = surname
link-as-given = given name
link-as-patronymic = patronymic
link-as-birth = date of birth
link-as-words = words, by sound
link-as-code = a code that several share
link-as-number = a number of one person
link-as-category = one of few values
link-as-ignore = not compared
link-kind-workbook = { $file } is a workbook or an archive, not a list: save the sheet as CSV in UTF-8
link-kind-old-workbook = { $file } is a workbook of the old kind (.xls), not a list: save the sheet as CSV in UTF-8
link-kind-compressed = { $file } is compressed: unpack it first
link-kind-pdf = { $file } is a PDF, which has no columns: ask for the list itself
link-kind-picture = { $file } is a picture: ask for the list itself, or have it typed
link-kind-database = { $file } is a database: export the table as CSV in UTF-8
link-kind-json = { $file } seems to be JSON, which has no header line. Lists are read as CSV or, by a program built for it, Parquet: export it as CSV in UTF-8
link-kind-markup = { $file } seems to be XML or a web page, which has no header line. Lists are read as CSV or, by a program built for it, Parquet: export the table as CSV in UTF-8
link-kind-document = { $file } seems to be a text document (RTF), which has no columns. Lists are read as CSV or, by a program built for it, Parquet: ask for the list itself
link-kind-cards = { $file } seems to be contacts or a calendar (vCard, iCalendar), which have no header line. Lists are read as CSV or, by a program built for it, Parquet: export it as CSV in UTF-8
link-kind-commands = { $file } seems to be commands for a database (SQL), which have no header line. Lists are read as CSV or, by a program built for it, Parquet: export the table as CSV in UTF-8
link-kind-zeros = { $file } is no text: there are zero bytes in it, the first in line { $line }; save the list again as CSV in UTF-8
link-refused-no-header = { $file }: there is no header line. The first line must say what each column is
link-refused-no-record = { $file }: there is a header line and no record beneath it
link-refused-sources = the column { $column } names more than { $most } lists, too many for what each gets wrong to be learned; if it is something else, say so with --settings: "ignore", or what else it is
link-refused-columns = { $file } has { $n } columns; at most { $most } are read. Leave out those that do not tell who a person is
link-refused-twice = { $file }: columns { $one } and { $other } have one header, “{ $column }”, so that nothing tells them apart. Give one of them another, or leave one out
link-refused-lines = { $file }: the record from line { $line } has lines of text in a cell; is a quote not closed?
link-refused-long = { $file }: the record from line { $line } has more than { $most } bytes, which no record of a person has; is a quote not closed?
link-refused-long-row = record { $n } has more than { $most } bytes, which no record of a person has
link-refused-cells = { $file }: in the record from line { $line } { $n ->
    [one] there is { $n } cell
   *[other] there are { $n } cells
}, and { $header } in the header; is a quote not closed, or a separator within a cell?
link-refused-id-twice = { $file }: records { $one } and { $other } have one identifier, “{ $id }”. Where that column is none, say so with --settings: "ignore", or what else it is
link-refused-no-column = { $n ->
    [one] the settings name a column { $columns } that { $file } does not have; there are { $there }
   *[other] the settings name columns { $columns } of which { $file } has none; there are { $there }
}
link-refused-no-name-lacks = Of the columns that the settings name { $file } lacks { $columns }
link-quoted = “{ $text }”
link-not-there = no list here has { $columns }, so what the settings say of that is not used
link-refused-no-name = { $file }: no column is known to hold names. Read as: { $columns }. Say what holds them with --settings, for instance [columns] with "surname" = "surname" or "name" = "name"
link-refused-no-source = the settings name a list “{ $list }” that no record is from; there are { $there }
link-refused-settings-long = { $file }: more than { $most } bytes
link-refused-encoding = { $file }: no encoding is called “{ $encoding }”; known are, among others, utf-8, utf-16le, windows-1251, koi8-u and ibm866
link-refused-purpose = { $file }: column “{ $column }” is for “{ $purpose }”; known are { $known }
link-refused = REFUSED: { $why }
link-open-absent = { $file } is not there. Look whether the name and the folder are right
link-open-folder = { $file } is a folder. Name a file in it
link-open-pipe = { $file } is no file on a disk, and a list is read twice: write it to a file first
link-open-failed = cannot read { $file }
link-asked-nothing = nothing is asked for: give --out for pairs, --report for a report, or --explain for two records
link-asked-explain = --explain only says why and writes no file: leave out --out, --clusters, --report, --events and --keep-weights, or run without --explain
link-asked-clusters = --clusters goes with --out: add --out and a file for the pairs
link-asked-examples = --examples is of the report: add --report and a file, or leave out --examples
link-asked-events = --events says what became of the persons of --before: add --before and the --clusters file of last time, or leave out --events
link-asked-weights = with --weights nothing is learned that --keep-weights could keep: to use old weights leave out --keep-weights, to learn new ones leave out --weights
link-asked-json = --out - writes the pairs where --json writes its answer: give --out a file, or leave out --json
link-asked-stdout = only --out can be -, standard output: give the others a file each
link-asked-same-list = both lists are one file, in which everyone would find himself: for repeats within one list give it once
link-asked-only-new = --only-new compares what is new since last time, by the weights of then: add --before and --weights, or leave out --only-new
link-asked-least = --least: expected a number from 0 to 1, such as 0.05; found “{ $found }”
link-asked-threads = --threads: expected a number from 1 to { $most }; found “{ $found }”
link-least-one = --least 1 leaves out all that is found, since nothing found is certain; only what was decided, and what weighs so much that its figure is 1, is written. --least 0.99 writes what may be linked
link-refused-input = { $option } { $path } is one file with { $input }, which is read: it would be lost, so it is never overwritten, not even with --force. Give { $option } another file
link-refused-outputs = { $path } is asked for twice, by { $other } and { $option }: give each its own file
link-refused-there = { $option }: { $path } is there already. Give another file, or --force to overwrite it
link-refused-no-file = { $option }: cannot write { $path }: it is no file. Give the name of a file
link-refused-not-written = { $option }: cannot create { $path } ({ $why }). Give a folder that is there and may be written to, and a shorter name where this one is too long
link-refused-first-line = { $file }: the first line must have the names of columns, and looks like a record: it has a date or a number, and no name of a column that is known. Put a line above it, for instance id,surname,given,date_of_birth
link-refused-title = { $file }: the first line looks like a title, and the names of columns stand in the line below it. Take out what is above them
link-refused-no-known = { $file }: no column is known to hold names, and no header is known. Where the first line is a record already, put a line with the names of columns above it; else say with --settings what the columns hold, for instance [columns] with "col1" = "surname"
link-refused-toml = { $file }, line { $line }, sign { $column }: these are no settings. They are TOML: once = ["list"], encoding = "utf-8" and, beneath [columns], "header" = "surname"; see docs/formats/link.md
link-refused-toml-quotes = { $file }, line { $line }: the header and what it is for stand in quotes. Write: { $meant }
link-refused-mistyped = the settings name a column “{ $column }” that no list here has; there is “{ $near }”. If that is meant, write it so in the settings
link-refused-same = { $file }: same has groups of two headers and more that hold one thing, and each header once: same = [["Town", "Місто"]]. Look at “{ $column }”
link-refused-same-kind = the settings call “{ $one }” and “{ $other }” one column, and nothing tells what they hold: say it of one of them beneath [columns], for instance "place"
link-refused-unread = { $file }, line { $line }: this cannot be read as CSV: { $why }
link-no-record = no record has the identifier “{ $id }”
link-explain-two = --explain takes two records, of two lists one of each: write an identifier that is in both as left:ID or right:ID
link-explain-one = --explain takes two records, and these are one
link-explain-both = “{ $id }” is in both lists and was taken as { $this }; for the other write { $that }.
link-told-no-id = { $file }: no column holds identifiers, and a record without one is not found again; say with --settings which does
link-told-line = { $file }, line { $line }: { $why }
link-told-empty = { $file }: there is no header line { $header }
link-told-header = expected the header { $header }, its words parted by a comma, a semicolon, a tab or |, and all lines alike
link-told-cells = { $n } fields where { $header } are expected
link-told-letters = it is not in UTF-8; save the file in UTF-8
link-told-read = it cannot be read
link-told-nameless = an identifier is missing
link-told-kind = expected left, right, alias or gone, and of gone no person; found “{ $found }”
link-told-again = { $file },{ $id } is there a second time
link-told-alias = { $file }: { $id } is a person and an alias of { $to }
link-told-leads = { $file }: { $id } leads to { $to }, who is not there
link-told-itself = a record is decided to be, or not to be, itself
link-told-another = another decision on these two than in line { $line }; one line decides a pair
link-told-decision = expected same, different or open; found “{ $found }”
link-told-contradiction = { $file }: { $one } and { $other } are decided to be different, and to be the same by way of { $between }
link-told-which = with two lists an identifier says of which it is: left:{ $id } for the first, right:{ $id } for the second; found “{ $id }” alone
link-weights-unread = { $file }: { $why }. --weights takes a file that --keep-weights wrote
link-weights-misfit = --weights are of other columns than these lists compare, or of the same in another order. The weights are of: { $kept }. Compared here: { $here }. Link without --weights, and keep new ones with --keep-weights
link-weights-older = { $file } holds weights of an older program, whose figures meant something else. Link once without --weights, and keep new ones with --keep-weights
link-weights-short = it ends too early
link-weights-line = line { $line }: expected { $expected }
link-weights-expected-title = the title of kept weights
link-weights-expected-columns = the columns, each with its kind
link-weights-expected-source = a list: “source”, a hash and a count
link-weights-expected-sources = 1 to { $most } lists above it
link-weights-expected-figures = { $n ->
    [one] “{ $word }” and { $n } figure within its limits
   *[other] “{ $word }” and { $n } figures within their limits
}
link-weights-expected-end = the end
link-weights-no-column = no column beside the name
link-parquet-not-built = { $file } is a Parquet file, and this program was built without what reads them. Build it with: cargo build --release -p homeward --features parquet. Or make it CSV, for instance: duckdb -c "COPY '{ $file }' TO '{ $file }.csv' (HEADER)"
link-parquet-damaged = the Parquet file cannot be read: { $why }
link-parquet-damaged-at = the Parquet file cannot be read at record { $n }: { $why }
link-parquet-nested = column “{ $column }” holds lists or groups, which are no cells
link-parquet-encoding = a column is written as { $encoding }, which is not read; make it CSV, or write it without that encoding
link-parquet-over = { $what }: { $n }, at most { $most } are read; part the file, or make it CSV
link-parquet-what-footer = bytes of the footer
link-parquet-what-records = records
link-parquet-what-columns = columns
link-parquet-what-page = bytes of a page
link-parquet-what-held = bytes held at a time
link-parquet-what-all = bytes when unpacked

link-records = { $n ->
    [one] { $n } record
   *[other] { $n } records
}
link-pairs = { $n ->
    [one] { $n } pair
   *[other] { $n } pairs
}
link-pairs-link = { $n ->
    [one] { $n } pair to link
   *[other] { $n } pairs to link
}
link-pairs-likely = { $n ->
    [one] { $n } likely pair, for a person’s eye
   *[other] { $n } likely pairs, for a person’s eye
}
link-pairs-held = { $n ->
    [one] { $n } pair held back, for a person’s eye: it may be of two people
   *[other] { $n } pairs held back, for a person’s eye: they may be of two people each
}
link-pairs-unlikely = { $n ->
    [one] { $n } unlikely pair, for a person’s eye
   *[other] { $n } unlikely pairs, for a person’s eye
}
link-pairs-no = { $n ->
    [one] { $n } pair not of one person
   *[other] { $n } pairs not of one person
}
link-compared = { $n ->
    [one] { $records }, { $n } pair compared
   *[other] { $records }, { $n } pairs compared
}
link-given-up = { $n ->
    [one] { $n } key was shared by too many records to compare them all; who agrees in nothing rarer was not met
   *[other] { $n } keys were shared by too many records to compare them all; who agrees in nothing rarer was not met
}
link-no-join = nothing was compared: whatever these records have in common, too many share. Add a column that tells people apart, such as the date of birth, a place or a number
link-few = fewer than { $n } records: what they have in common is hardly learned from them, so the probabilities lean on what is believed of lists in general
link-band-link = to link
link-band-likely = likely, for a person’s eye
link-band-held = held back, for a person’s eye
link-band-unlikely = unlikely, for a person’s eye
link-band-no = not of one person
link-likely-of = { $n ->
    [one] { $n } pair at 0.5 or more: { $sources }
   *[other] { $n } pairs at 0.5 or more: { $sources }
}
link-and = { $one } and { $other }
link-within = within { $list }
link-of-list = { $list }: { $source }
link-no-source = no list named
link-held = { $probability } is no probability but the most that such a pair may be given, however much else agrees: two people can be so alike, such as brothers, a father and his son, men of one unit or bearers of one name
link-exclusive = of these, { $n } exclude one another: they share a record, and their other records are two of a list that names everyone once. Of such pairs one at the most is right, unless somebody is in that list twice
link-together = { $n ->
    [one] { $n } person has two records or more, { $records } in all
   *[other] { $n } persons have two records or more, { $records } in all
}
link-not-together = of the pairs to link, { $n } are not within one of these persons: a heavier pair went before, or the person’s other records speak against
link-settled = { $n ->
    [one] { $n } pair more is settled by decisions on others and not asked again: its two records are decided to be one person, or one of them is decided to be somebody else
   *[other] { $n } pairs more are settled by decisions on others and not asked again: their two records are decided to be one person, or one of them is decided to be somebody else
}
link-held-at = held back at { $probability }
link-through-at = { $probability } by way of a third record, { $own } by itself
link-sum-held = in bits all together, and no more: held back at { $probability }
link-event-gone = { $n ->
    [one] { $n } record is no longer there
   *[other] { $n } records are no longer there
}
link-event-split = { $n ->
    [one] { $n } record is split off as another person’s
   *[other] { $n } records are split off as another person’s
}
link-event-moved = { $n ->
    [one] { $n } record moved to another person who was there
   *[other] { $n } records moved to another person who was there
}
link-event-merged = { $n ->
    [one] { $n } person is one with another now
   *[other] { $n } persons are one with another now
}
link-event-new = { $n ->
    [one] { $n } new record of a new person
   *[other] { $n } new records of new persons
}
link-event-joined = { $n ->
    [one] { $n } new record found its person
   *[other] { $n } new records found their person
}
link-examples-warning = The report shows data of people: names, dates and all other cells of its examples. Keep it as you keep the lists themselves.

link-part-before = before anything is compared
link-part-before-says = how seldom two records of these sources are of one person
link-part-surname = surname
link-part-given = given name
link-part-patronymic = patronymic
link-part-name = name
link-part-name-says = weighed as one
link-part-name-moved = parts stand in other places
link-part-held = held back
link-part-rivals = a rival
link-part-rivals-says = another record fits one of the two as well, or both fit two others, and these rivals are hardly of one person: the pair is no surer than that allows
link-doubt-given = two given names: they may be brothers, so the pair never weighs over 3 bits, however much else agrees
link-doubt-no-name = nothing in the names agrees: others of one camp or one unit share all else, so the pair never weighs over 3 bits
link-doubt-surnames = two surnames: strangers of one unit may share a given name and a birthday, so the pair never weighs over 3 bits, however much else agrees
link-doubt-sexes = one is a man and one a woman, by patronymic or column: they may be brother and sister, so the pair never weighs over 3 bits, however much else agrees
link-doubt-generations = years of birth a generation apart: a father may have his son’s name, so the pair never weighs over 3 bits, however much else agrees
link-doubt-birthdays = two birthdays, or years far apart, that no slip explains: namesakes differ in this, so the pair never weighs over 3 bits, however much else agrees
link-doubt-name-only = nothing beside the name agrees that tells namesakes, or brothers, apart: a name alone is never enough to link, however rare it is
link-doubt-fathers = two patronymics, or one and an initial of another: namesakes are told apart by their fathers, so the pair never weighs over 3 bits, however much else agrees
link-level-missing = missing in one record or in both
link-level-same = the same
link-level-one-name = one name, written in another way
link-level-near = a slip of the hand apart
link-level-alike = alike
link-level-differs = differs
link-level-initial = an initial that fits
link-birth-missing = missing in one record or in both
link-birth-same = the same day
link-birth-same-month = the same month, one without day
link-birth-same-year = the same year, one without month or filled in with 1 January
link-birth-exchanged = day and month exchanged
link-birth-other-day = another day of the same month
link-birth-other-month = the same day of another month
link-birth-year-slip = day and month agree, the year is one digit or one year off
link-birth-other-year = day and month agree, the year does not
link-birth-year-only = only the year agrees
link-birth-near-year = one year apart
link-birth-differs = differs
link-others = { $n ->
    [0] nobody else has it
    [one] { $n } other record has it
   *[other] { $n } other records have it
}
link-weighs-for = speaks for one person, { $times } to 1
link-weighs-against = speaks against it, { $times } to 1
link-weighs-nothing = says next to nothing
link-weighs-over = over { $times }
link-sum = in bits all together: { $probability } that they are of one person
link-verdict-link = To link: from 0.99 on, two records may be put together without a person’s eye.
link-verdict-review = For a person’s eye: from 0.05 to 0.99, the likeliest first; nobody is linked by this figure alone.
link-verdict-no = Not of one person: below 0.05 nobody needs to look.
link-verdict-same = It was decided that they are of one person: they are, whatever they weigh.
link-verdict-different = It was decided that they are of two people: they are never put together, whatever they weigh.
link-verdict-settled = Decisions on others settle it: one of the two is decided to be somebody else, so this pair is in no answer.
link-through = By way of a third record with both of which they go together it is { $probability }.
link-met-by = { $n ->
    [one] Brought together by { $n } join.
   *[other] Brought together by { $n } joins.
}
link-never-met = No join brings these two together: they share no key, so they were never compared and are in no answer. The weight is what they would have had.
link-met-not-kept = Brought together, and in no answer: by what is believed before anything is learned from these lists they weigh too little to be kept, or too many records share every key of theirs. The weight is what they would have had.
link-apart = They may not match: two records of one list that names everyone once, or of one side of two lists, are two people.

link-report-title = What was linked
link-report-lead = Which records are of one person: how sure that is, how it was found, and what was missed. A probability is never higher because no other candidate was found.
link-report-no-names = There is no name and no date in this report; examples show records by their identifiers.
link-report-later = Only pairs with a record that is new, or looked at again, were compared in this run.
link-report-read = What was read
link-report-file = File
link-report-column = Column
link-report-used = Read as
link-report-empty = empty, left out
link-report-bands = Pairs by band
link-report-band = Band
link-report-pairs = Pairs
link-report-probability = Probability
link-report-below = below { $limit }
link-report-from = { $limit } and more
link-report-between = { $low } to { $high }
link-report-no-means = { $n ->
    [one] Of { $n } meeting, a pair met twice counted twice, these weighed enough to be kept and still too little to look at. All others weighed less and were not kept.
   *[other] Of { $n } meetings, a pair met twice counted twice, these weighed enough to be kept and still too little to look at. All others weighed less and were not kept.
}
link-report-sources = Pairs by source
link-report-source = Sources
link-report-review = For a person’s eye
link-report-weights = How heavy pairs are
link-report-weights-lead = A weight in bits: 0 is even, 10 is a thousand to one that the two are of one person. Each line upwards is ten times as many pairs. Two heaps with a valley between them are a good sign; a heap across a limit is where people will have to look.
link-report-weight = Bits
link-report-figures = The same figures as a table
link-report-recall = What no join brought together
link-report-recall-lead = Records are compared only when they share a key. How many pairs of one person share none cannot be counted, only estimated, in two ways. By records: two records are drawn, their parts agree as often as in pairs that were found, and it is counted how often no join holds. At the least: pairs that one join alone met tell of those that none met (Chao 1987); this is a lower bound, and lies far below the truth where columns are empty.
link-report-expected = Pairs found, by probability
link-report-missed = Missed, by records
link-report-missed-least = Missed, at the least
link-report-met-share = Share of one person’s pairs that met, estimated by records
link-report-all = all
link-report-joins = The joins
link-report-joins-lead = A join is what two records must share to be compared. Which are used is found by counting: those that strangers seldom share. A pair is counted at every join that holds for it; “alone” are pairs to link that no other join brings together.
link-report-join = Join
link-report-kept = Pairs kept
link-report-linked = To link
link-report-alone = Alone
link-report-given-up = Keys given up
link-report-held = a limit: { $probability }
link-report-no-given-up = No key was given up: none was shared by too many records.
link-key-bones = first consonants of the surname
link-key-last-bones = last consonants of the surname
link-key-day = { $column } (whole)
link-key-year = { $column } (year)
link-key-day-of-year = { $column } (day and month)
link-report-clusters = People by number of records
link-report-size = Records of the person
link-report-people = People
link-report-examples = Examples
link-report-examples-lead = Of each band the heaviest pair, one from the middle and the lightest. A bar to the right speaks for one person, a hatched one to the left against it; together they end at the sum.
link-report-example = { $one } and { $other }
link-report-what = Part
link-report-says = How it compares
link-report-sum = sum
link-report-none = No pair of this band.
link-report-made = Made by homeward link. Nothing in this page is loaded from elsewhere.

chart-weights-desc = { $from } to { $to } bits: { $n }.
chart-weights-pairs = pairs, each line ten times the one below
chart-weights-bits = weight in bits
chart-waterfall-title = Weight of the pair { $one } and { $other }
