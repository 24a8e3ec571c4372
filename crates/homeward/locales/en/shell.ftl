# The frame around every page.

service = Homeward
desk-of = Desk of { $party }
skip = Skip to main content
navigation = Main sections
language = Language
signed-in-as = Signed in as { $name }
purpose = Purpose of this view: { $purpose }
footer-unverified = † marks a rule written from memory and not yet checked against its source. Do not rely on it alone.
footer-record = What this page shows is this node’s own record. The other party keeps its own.
unverified = unverified rule
error-title = Error: { $title }
error-summary = There is a problem
error-prefix = Error:
notice-done = Done
notice-important = Important
warning = Warning
empty = Nothing here yet.
choose-file = Choose a file
optional = optional
table-scroll = { $caption }, can be scrolled sideways

page-of = Page { $page } of { $last }
page-previous = Previous
page-next = Next
pages = Pages

moment = { $day }, { $clock } UTC
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-alone-1 = January
month-alone-2 = February
month-alone-3 = March
month-alone-4 = April
month-alone-5 = May
month-alone-6 = June
month-alone-7 = July
month-alone-8 = August
month-alone-9 = September
month-alone-10 = October
month-alone-11 = November
month-alone-12 = December

persons = { $n ->
    [one] { $n } person
   *[other] { $n } persons
}
rounds = { $n ->
    [one] { $n } round
   *[other] { $n } rounds
}
slots = { $n ->
    [one] { $n } slot
   *[other] { $n } slots
}
round-no = Round { $round }

chart-home = Persons home
chart-rounds = Round
chart-floor-value = Floor: { $n }
chart-home-desc = { $party }: { $n } home after round { $round }.
chart-slots = Slots of each round
chart-slots-desc = Round { $round }: { $owed } owed, { $filled } filled, { $open } open.
chart-filled = filled
chart-refilled = refilled
chart-vacated = vacated
chart-open = open
chart-as-table = The same figures as a table
chart-balance = Posted since the beginning
chart-balance-desc = { $what }: { $n }.
