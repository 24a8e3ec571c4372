# The overview.

overview-title = Overview
overview-nothing-waits = Nothing needs you right now.
overview-agreement = Agreement
overview-delivered = { $from } to { $to }
overview-differences = Accounts of closed rounds
overview-no-differences = No differences
overview-differs = Round { $round }: { $n ->
    [one] { $n } difference.
   *[other] { $n } differences.
}
overview-to-ledger = Open the ledger
overview-neutral = A neutral sees what both logs say, not who the persons are.
overview-nobody-yet = Nobody has come home under this agreement yet.
overview-progress = Persons home, after each round
overview-floor = At least
overview-round = Round
overview-planned = Planned for
overview-state = State
overview-next = Next step
overview-rounds = Rounds
overview-no-rounds = The rounds appear here once an agreement’s text is known.
overview-state-planned = planned
overview-state-committed = committed
overview-state-revealed = seeds revealed
overview-state-nominated = nominated
overview-state-proposed = list proposed
overview-state-listed = list in force
overview-state-crossing = crossing
overview-state-closing = closing
overview-state-closed = closed
overview-state-void = void
overview-next-planned = Both sides commit to a pool.
overview-next-committed = The other side commits; then both nodes reveal their seeds.
overview-next-revealed = Each side nominates its roll.
overview-next-nominated = One side proposes the list.
overview-next-proposed = The other side accepts or rejects the list.
overview-next-listed = Each person is asked; vacated slots are refilled.
overview-next-crossing = The receiving side confirms or disputes each release.
overview-next-closing = The other side books its account and closes.
overview-next-closed = Families are called; then a bulletin may be released.
overview-next-void = A seed was withheld: close the round
overview-alert-stopped = The register has stopped writing: open the log.
overview-alert-fork = An author signed two entries under one number: the record is frozen
overview-alert-unequal = A node holds the same entries and came to another state
overview-alert-files-behind = The record files lack entries; the next write brings them up.
overview-alert-entries-wait = Entries wait for others that have not arrived
overview-alert-agreement-waits = The other party’s text of the agreement waits for this side
overview-alert-drafts-wait = Drafts wait for your approval
overview-alert-proposal-waits = The other party’s list waits for an answer, round
overview-alert-calls-overdue = Family calls are overdue
overview-alert-accounts-differ = The two sides’ accounts differ, rounds
