# Rounds: steps, sheets, rolls, reasons, and what the shared record refuses.

rounds-title = Rounds
rounds-lead = Each round has its own pools, lot, list and accounts. Open a round to see where it stands and what comes next.
rounds-none = There are no rounds yet. They follow from the agreement once both parties have signed it.
rounds-caption = Rounds of the agreement
rounds-observe-title = Observation
rounds-observe-hint = Writes into your own log which entries of every log this node holds. Do this after each round: it shows later who had said what by then.
rounds-observe = Record the observation
rounds-stands = Where it stands
rounds-planned = Planned for
rounds-categories = Categories
rounds-places = Places on each side
rounds-crossing-place = Crossing
rounds-next = Next step
rounds-by-role = An officer in this role does it: { $role }.
rounds-by-them = { $party } takes this step. Nothing to do here until its entry arrives.
rounds-by-node = The node does this by itself.
rounds-to-books = To the accounts of this round
rounds-agreement-link = Open the agreement
rounds-commit = Commit to the pool
rounds-nominate = Draft the nomination
rounds-list = Draft the list
rounds-amend = Draft an amendment
rounds-roll-link = Rolls and reasons
rounds-wills-link = Wills at the listing
rounds-crossing-link = Sheet of the crossing
rounds-links-link = Link the other side’s people to dossiers
rounds-drafts = Drafts that wait for a second officer
rounds-draft-nominate = Nomination
rounds-draft-propose = List or amendment
rounds-draft-accept = Acceptance of a proposal
rounds-draft-reject = Rejection of a proposal
rounds-draft-mine = You drafted this; another officer approves it.
rounds-draft-waits = An approver decides.
rounds-approve = Approve
rounds-dismiss = Dismiss
rounds-proposal = Proposed list, version { $version }
rounds-proposal-mine = Your side proposed it and waits for an answer. Until then nobody of yours may be released in this round.
rounds-proposal-by = Proposed by: { $party }.
rounds-proposal-items = Your side: { $mine }; the other side: { $theirs }.
rounds-entry = Entry
rounds-flagged = { $n ->
    [one] Look at { $n } item before you answer.
   *[other] Look at { $n } items before you answer.
}
rounds-not-flagged = This desk found nothing against it.
rounds-accept = Draft the acceptance
rounds-reject-open = Reject this proposal
rounds-reject-ground = Why is it rejected?
rounds-reject-button = Draft the rejection
rounds-reject-already-returned = It lists someone who is home already
rounds-reject-not-nominated = It lists someone who was not nominated
rounds-reject-check-failed = It does not follow from the published order
rounds-reject-other = Another ground, told by other means
flag-already-returned = home already, by our own dossier
flag-not-nominated = not nominated by its holder
flag-check-failed = does not follow from the published order, or was not opened to us
rounds-sides = Both sides
rounds-us = (your side)
rounds-list-in-force = In force: version { $version } of the list. Your side: { $mine }; the other side: { $theirs }.
rounds-committed = Pool committed
rounds-revealed = Seed revealed
rounds-nominated = Nominated
rounds-listed = On the list in force
rounds-vacated = Slots vacated
rounds-released = Released
rounds-received = Received, by receipt
rounds-closed = Closed
rounds-yes = yes
rounds-no = not yet
rounds-check-ok = The selection of the other side ({ $party }) was run again here: the same roll comes out.
rounds-check-faults = The selection of the other side ({ $party }) was run again here, and it does not hold.
rounds-fault-pool = The opened pool is missing or is not the one committed to.
rounds-fault-unopened = Not opened to us:
rounds-fault-not-in-pool = Not in the committed pool:
rounds-fault-twice = Named twice:
rounds-fault-over-round = More people than the round has places.
rounds-fault-over-site = More people of one site than its cap.
rounds-fault-left-out = A place is empty that this person could take:
rounds-fault-passed-over = Ahead in the order and left out:
rounds-fault-instead = in their place:
rounds-rule-group = priority class
rounds-rule-time-held = time held
rounds-rule-lot = lot
rounds-vacated-mine = { $n ->
    [one] { $n } slot of your side is vacated. It stays owed: an amendment fills it with the next of the committed order.
   *[other] { $n } slots of your side are vacated. They stay owed: an amendment fills them with the next of the committed order.
}
rounds-vacated-theirs = { $n ->
    [one] { $n } slot of the other side is vacated. The other side refills it by its own amendment.
   *[other] { $n } slots of the other side are vacated. The other side refills them by its own amendment.
}
rounds-list-too = The other side has priority for version 1. Your side may propose as well; the side with priority then either proposes or accepts.
rounds-no-list = There is no list in force yet.
rounds-depart-how = When someone leaves the list (does not want to go, has died, was not brought), open the person from the rolls and record it there.
rounds-items-of = { $n ->
    [one] { $party }: { $n } item of this round
   *[other] { $party }: { $n } items of this round
}
rounds-notices = Notices
rounds-notice-open = Give notice about this round
rounds-notice-what = What is to be said?
rounds-notice-until = Until (if a day is known)
rounds-notice-until-hint = Year-month-day, such as 2025-06-10.
rounds-notice-button = Give notice
rounds-notice-kind-postponed = postponed
rounds-notice-kind-resumed = goes on
rounds-notice-kind-cancelled = cancelled
rounds-notice-said = { $party }: { $what }.
rounds-notice-until-day = { $party }: { $what }, until { $day }.
rounds-books = Accounts of this round
rounds-no-account = Neither side has booked an account of this round yet.
rounds-accounts = What each side states, and what the receipts say
rounds-from-to = { $from } to { $to }
rounds-no-differences = The figures agree.
rounds-differences = The figures differ. They stay side by side until one side books a corrected account; nothing is settled by software.
rounds-outside = Persons you also count as delivered who went home outside the exchange
rounds-outside-hint = Usually 0. The other side sees the total; a difference is shown to both.
rounds-close = Book the account and close the round
rounds-account-open = Book a corrected account
rounds-account-button = Book the account
rounds-state-planned = planned
rounds-state-committed = pools being committed
rounds-state-revealed = seeds revealed
rounds-state-nominated = nominated
rounds-state-proposed = list proposed
rounds-state-listed = list in force
rounds-state-crossing = crossing
rounds-state-closing = closing
rounds-state-closed = closed
rounds-item-listed = not asked yet
rounds-item-willed-once = asked once
rounds-item-willed-twice = asked twice
rounds-item-in-transit = on the way
rounds-item-received = received
rounds-item-not-delivered = not delivered
rounds-item-other-person = another person came
rounds-item-taken-back = held again
rounds-item-departed = left the list
rounds-item-dropped = no longer listed
rounds-answer-willing = wants to go
rounds-answer-unwilling = does not want to go
rounds-answer-unable = could not answer
rounds-arrival-received = has come
rounds-arrival-not-delivered = nobody came
rounds-arrival-other-person = another person came
rounds-ground-unwilling = does not want to go
rounds-ground-died = has died
rounds-ground-escaped = has escaped
rounds-ground-recovered = no longer falls under the ground for which the person was listed
rounds-ground-already-returned = went home before, by another way
rounds-ground-not-brought = was not brought to the crossing
rounds-step-none = Nothing to do.
rounds-step-observe = After the round is closed, record which entries this node holds.
rounds-step-agreement = There is no agreement in force yet. Both parties have to sign its text first.
rounds-step-cancelled = The round is cancelled. Nothing follows until one side says that it goes on.
rounds-step-approve = A draft waits for a second officer.
rounds-step-answer = The other side has proposed a list. Look at what is flagged, then draft an acceptance or a rejection.
rounds-step-commit = Commit to the pool: everyone eligible goes into it. After this nobody can be added to the pool of this round.
rounds-step-round-before = The round before has to be closed first.
rounds-step-their-commit = The other side has to commit to its pool.
rounds-step-reveal = Your seed is revealed as soon as both commitments are here.
rounds-step-their-reveal = The other side has to reveal its seed.
rounds-step-nominate = The lot is drawn. Look at the roll, then draft the nomination.
rounds-step-their-nomination = The other side has to nominate.
rounds-step-their-answer = Your proposal waits for the other side’s answer.
rounds-step-list = Both sides have nominated and your side has priority: draft the list.
rounds-step-their-list = Both sides have nominated; the other side has priority for the list.
rounds-step-depart = Someone does not go. Record that they leave the list, so that the slot can be filled.
rounds-step-amend = A slot of your side is vacated. Draft an amendment that fills it.
rounds-step-wills = Ask everyone on the list, in private, whether they want to go.
rounds-step-crossing = At the crossing everyone is asked again; who wants to go is handed over.
rounds-step-arrivals = The other side has released people. Record who has come.
rounds-step-take-back = The other side denies an arrival. If the person is with you, record that they are held again.
rounds-step-their-take-back = You denied an arrival. The other side has to say whether the person is held again.
rounds-step-their-amendment = A slot of the other side is vacated. It proposes who fills it.
rounds-step-their-release = The other side has still to ask and release its people.
rounds-step-their-receipt = The other side has to confirm who has come.
rounds-step-close = Everyone has arrived. Book the account and close the round.
rounds-step-their-close = Your side has closed; the other side has to close.
rounds-step-differences = The round is closed, but the two accounts differ. Look at the figures and, if yours was wrong, book a corrected account.
rounds-step-done = The round is closed and both accounts agree.
rounds-column-round = Round
rounds-column-planned = Planned for
rounds-column-state = Where it stands
rounds-column-item = Item
rounds-column-will1 = At the listing
rounds-column-will2 = At the crossing
rounds-column-version = Since version
rounds-column-direction = Direction
rounds-column-ours = Your account
rounds-column-other-side = The other side’s account
rounds-column-record = Receipts
rounds-column-draft = Draft
rounds-column-drafted-by = Drafted by
rounds-column-drafted-at = When
rounds-column-decision = Decision
rounds-column-person = Person
rounds-column-answer = Answer
rounds-column-release = Handover
rounds-column-take-back = Held again
rounds-column-arrival = Arrival
rounds-column-place = Position
rounds-column-class = Priority class
rounds-column-category = Category
rounds-column-held-since = Held since
rounds-column-lot = Lot
rounds-column-why = Why
rounds-column-in-pool = In the pool
rounds-column-places = Places
rounds-wills-title = Wills at the listing, round { $round }
rounds-wills-lead = Ask each person alone. Nobody goes against their will: without a recorded “wants to go”, here and again at the crossing, nobody can be released. Nothing is preset; who was not asked stays unanswered.
rounds-wills-open = { $n ->
    [0] Everyone on the list has been asked.
    [one] { $n } person is still to be asked.
   *[other] { $n } persons are still to be asked.
}
rounds-wills-caption = Your people on the list
rounds-wills-button = Record the answers
rounds-crossing-title = Crossing, round { $round }
rounds-crossing-lead = First ask, then hand over, then record who has come. Each form is stored whole or not at all.
rounds-frozen = An amendment of your side waits for an answer. Until then nobody may be handed over.
rounds-own-title = People you hold
rounds-own-none = Nobody stands ready here. People come onto this sheet once they were asked at the listing.
rounds-own-caption = { $n ->
    [one] To be asked and handed over: { $n } person
   *[other] To be asked and handed over: { $n } persons
}
rounds-handed-over = handed over
rounds-release-hint = “Handed over” is refused for anyone who has not said twice that they want to go.
rounds-crossing-button = Record answers and handovers
rounds-coming-title = People coming to you
rounds-coming-none = Nobody is on the way to you.
rounds-coming-caption = { $n ->
    [one] Released by the other side: { $n } person
   *[other] Released by the other side: { $n } persons
}
rounds-linked = linked
rounds-unlinked = not linked
rounds-arrival-hint = Check the person, not the paper. “Has come” puts the family on the call list if a dossier is linked; a registrar links it.
rounds-arrivals-button = Record the arrivals
rounds-away-title = Not confirmed yet
rounds-away-lead = You have recorded these handovers; the other side has not confirmed them. Only if a person is with you again, record it here.
rounds-away-caption = { $n ->
    [one] Handed over without receipt: { $n } person
   *[other] Handed over without receipt: { $n } persons
}
rounds-held-again = is with us again
rounds-take-back-button = Record as held again
rounds-roll-title = Rolls and reasons, round { $round }
rounds-roll-lead = The roll follows from the committed pool, the published order (priority class, longest held, lot) and the joint seed. Open a person to see why they are in or not.
rounds-roll-seed = Joint seed begins with
rounds-roll-of = Roll: { $party }
rounds-roll-counts = { $chosen } from a pool of { $pool }.
rounds-roll-digest = Digest
rounds-roll-caption = Who goes, in the published order: { $party }
rounds-roll-next = { $n ->
    [one] Next in the order: { $n } person
   *[other] Next in the order: { $n } persons
}
rounds-roll-groups = Places by priority class
rounds-reason-goes = goes
rounds-reason-group = priority class
rounds-reason-time-held = others are held longer
rounds-reason-lot = lot
rounds-reason-site = site is full
rounds-reason-no-places = no places
rounds-reason-not-in-pool = not in the pool
rounds-reason-title = Reason sheet, round { $round }
rounds-reason-in = This person is on the roll of this round.
rounds-reason-out = This person is not on the roll of this round.
rounds-bound-group = The places went to people of priority classes that go before.
rounds-bound-time-held = Within the same priority class the places went to people who have been held longer.
rounds-bound-lot = Same priority class and same day of capture: the lot decided. The lower number goes first.
rounds-bound-site = The places of the person’s site were taken by people ahead in the order.
rounds-bound-no-places = The round has no places for this side.
rounds-bound-not-in-pool = The person is not in the committed pool of this round, so the selection never saw them.
rounds-position = Position in the published order
rounds-position-of = { $place } of { $of }
rounds-lot-own = Own lot
rounds-last = Last person who goes
rounds-last-values = Class { $class }, held since { $day }, lot
rounds-change-title = What would have to change
rounds-change-places = { $n ->
    [one] With { $n } further place in the round, everything else unchanged, this person would go.
   *[other] With { $n } further places in the round, everything else unchanged, this person would go.
}
rounds-change-site = { $n ->
    [one] And { $n } further place for the person’s site.
   *[other] And { $n } further places for the person’s site.
}
rounds-change-vacated = Each slot that is vacated ahead brings the person one step nearer, in this same order.
rounds-order-published = The order is the one published in the agreement. Neither side could steer the lot: both committed to their pools and seeds before either seed was known.
rounds-depart-title = Leaves the list
rounds-depart-ground = On which ground?
rounds-depart-hint = The slot stays owed and is filled by the next of the same order. This cannot be undone in this round.
rounds-depart-button = Record that the person leaves the list
refusal-draft-waits = The same draft waits for a second officer already.
refusal-only-neutral = Only a neutral observes; a party writes its own entries.
refusal-record-forked = One author has signed two entries under one number; the record is frozen:
refusal-record-neutral = A neutral observes; it does not act for a party.
refusal-record-again = Your side has already done this in round
refusal-record-void = A side stated that the other did not show its seed; nothing more is nominated or listed in round
refusal-record-too-early = Both sides have to take the step before first, round
refusal-record-not-open = This can no longer be answered or withdrawn:
refusal-record-priority-proposed = Your side has priority and has proposed this version itself; it cannot accept another. Version
refusal-record-own-proposal-open = Your own proposal still waits for an answer:
refusal-record-version = Another version of the list is next:
refusal-record-not-nominated = This item was not nominated by its holder:
refusal-record-drops-others = This item is held by the other side and its slot is not vacated:
refusal-record-drops-released = This item is already released and cannot be taken from the list:
refusal-record-not-listed = This item is not on the list in force as held by your side:
refusal-record-frozen = Your amendment waits for an answer; until then nobody is released. Proposal
refusal-record-released = This item is already released:
refusal-record-slot-elsewhere = Somebody nominated has a slot already in a round that the holder has not closed:
refusal-record-other-holder = This item stands under the other holder elsewhere:
refusal-record-no-consent = Nobody goes without having said twice that they want to. Not said for:
refusal-record-not-asked = This person was not asked at the listing:
refusal-record-settled = This release is already confirmed, denied or taken back:
refusal-record-departed = This person has left the list:
refusal-record-in-transit = A round closes only when nobody is on the way. Still on the way:
refusal-record-proposal-open = A round closes only when no proposal waits. Waiting:
refusal-record-closed = The round is closed already by
