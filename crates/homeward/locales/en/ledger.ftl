# The ledger.

ledger-title = Ledger
ledger-lead = What is owed and what has been received, as both logs have it. A handover counts when the receiving side has signed its receipt.
ledger-neutral = A neutral is given no pools: these books count heads and know no categories.
ledger-no-agreement = The accounts open when both parties have signed the agreement’s text.
ledger-fault = An act of the record cannot be booked: { $fault }
ledger-unknown = { $n ->
    [one] { $n } person is in no account: the pool that says the category was not opened here.
   *[other] { $n } persons are in no account: the pool that says their category was not opened here.
}
ledger-clauses = What the clauses owe
ledger-clause = Clause
ledger-from = Releases
ledger-to = Receives
ledger-reader = As read by
ledger-the-text = the text
ledger-at-least = At least
ledger-received = Received
ledger-outstanding = Outstanding
ledger-slots = Slots of each round
ledger-no-slots = No list is in force yet, so no slot is owed.
ledger-round = Round
ledger-owed = Owed
ledger-filled = Filled
ledger-vacated = Vacated
ledger-refilled = Refilled
ledger-open = Open
ledger-beside-hint = Each side’s figures stand beside the other’s. The software settles no difference: a side that counted wrongly books a corrected account.
ledger-no-accounts = Nothing has been said in any round yet.
ledger-accounts = Accounts of each round
ledger-states = { $party } states
ledger-receipts = By receipts, for { $party }
ledger-difference = Difference
ledger-stated = delivered { $delivered }, received { $received }
ledger-not-stated = not stated yet
ledger-not-both = Both have to state theirs first.
ledger-agree = agree
ledger-direction = { $from } to { $to }
ledger-names-alone = { $party } alone names
ledger-counts-more = { $party } counts { $count } and names { $named }
ledger-balances = Every account
ledger-balances-hint = In heads. Returns owed by law and the exchange are never booked against one another; each direction adds up to zero.
ledger-family = Account
ledger-post = Stands as
ledger-category = Category
ledger-heads = Heads
ledger-family-by-law = returns by law
ledger-family-exchange = exchange
ledger-family-remains-and-effects = remains and effects
ledger-post-promised = promised
ledger-post-owed = owed, nobody listed
ledger-post-listed = listed
ledger-post-pending = released, not received
ledger-post-disputed = disputed
ledger-post-filled = received
ledger-digest = Digest of this ledger
ledger-last-account = Digest of the last account of { $party }
