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
rounds-draft-override = Somebody put on the roll by hand
rounds-draft-withheld = Statement that the other side’s seed is withheld
rounds-draft-mine = You drafted this; another officer approves it.
rounds-draft-waits = An approver decides.
rounds-approve = Approve
rounds-dismiss = Dismiss
rounds-proposal = Proposed list, version { $version }
rounds-proposal-mine = Your side proposed it and waits for an answer. Until then nobody of yours may be released in this round.
rounds-proposal-by = Proposed by: { $party }.
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
flag-passed-over = comes in by the published order, and is left out
rounds-sides = Both sides
rounds-us = (your side)
rounds-list-in-force = In force: version { $version } of the list.
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
rounds-fault-pool = The pool that was given is not a pool that the agreement admits.
rounds-fault-unopened = Not opened to us:
rounds-fault-not-in-pool = Not in the committed pool:
rounds-fault-left-out = On the roll, and not nominated:
rounds-fault-not-on-roll = Nominated, and not on the roll:
rounds-fault-pool-missing = A pool has not been given yet, so there is no roll to check by.
rounds-fault-no-roll = The rules of this round leave no roll for these pools.
rounds-fault-no-chances = The chances of this round could not be worked out, so there is no roll to check by.
rounds-fault-override-unread = Said by hand, and what it says is not here or does not read.
rounds-fault-override-ceiling = More are put on the roll by hand than the agreement allows.
rounds-fault-override-too-many = So many exchanges by hand were said that no more of them are looked at.
rounds-fault-override-persons = By hand: whoever comes in must be in the pool of that side and not on the roll, and whoever gives the place up must be on it.
rounds-fault-override-unlawful = By hand: the exchange would break a rule of the round (a place, a category or a group).
rounds-fault-seeds-not-revealed = A seed has not been shown, so there is no roll to check by.
rounds-vacated-mine = { $n ->
    [one] { $n } slot of your side is vacated. It stays owed: an amendment fills it from the committed pools by the same rules.
   *[other] { $n } slots of your side are vacated. They stay owed: an amendment fills them from the committed pools by the same rules.
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
rounds-state-void = void: a seed is stated to be withheld
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
rounds-step-their-pool = Both seeds are shown. The other side’s pool is on its way; the roll follows from both.
rounds-step-no-roll = There is no roll: a pool is not one that the agreement admits, or the rules leave none. Talk to the other side; the round can be closed, and the people stay in the pool of the next.
rounds-conflict-title = Which rules cannot hold together
rounds-conflict-one = This cannot be met:
rounds-conflict-many = These cannot hold together; one of them must give way:
rounds-conflict-demands = { $name }: at least { $n } must go
rounds-conflict-ratio = { $name }: { $first } for { $second } must stand against one another
rounds-conflict-most = { $name }: at most { $n } can go
rounds-conflict-none-more = { $name }: there is nobody more
rounds-conflict-other = { $name }: the other side can set nobody more against it
rounds-conflict-nobody = Nobody more is in category “{ $category }” at { $place }
rounds-step-withheld = The other side has not shown its seed in the time agreed. You can state that: the round is then void for both, and the people stay in the pool of the next.
rounds-step-void-close = The round is void: a side stated that a seed was withheld. Close it, so that the next can begin.
rounds-step-void = The round is void: a side stated that a seed was withheld. Nothing more happens in it.
rounds-withheld = Draft: the seed is withheld, the round is void
rounds-withheld-from = If its seed is not shown, you can state so from { $time }.
rounds-withheld-said = { $party } stated on { $time } that the seed of { $other } was withheld: { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
} after both had committed. Agreed: { $agreed }. (Times as each side wrote them into its signed entries.)
rounds-withheld-by = { $party } stated on { $time } that the seed of { $other } was withheld.
rounds-withheld-early = This statement of { $party } came too early: the agreed hours were not over. The fault lies with the statement, not with the seed.
rounds-withheld-then = The record makes the round void all the same, and nobody can undo that. Close it, so that the next begins: the people stay in its pool, under new seeds. If the statement is wrong, take it up with the other side: the signed entry proves what was said.
rounds-pool-missing = The pool of { $party } is missing since { $time }: both seeds are shown, and no document with the digest that this side committed to is here. The digest:
rounds-pool-missing-closes = Without it no roll can be found. It may still be on its way, and a closed round stays closed: so the round can be closed for want of it only from { $time }, { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
} after the seeds.
rounds-step-pool-missing = A pool has not come in the time agreed, so there is no roll. You can go on waiting, or close the round: the people then stay in the pool of the next.
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
rounds-column-class = Priority class
rounds-column-category = Category
rounds-column-site = Place
rounds-column-held-days = Days held
rounds-column-lies-in = Lies in
rounds-column-can-go = Can go at most
rounds-column-people = People
rounds-column-take-back-place = Change
rounds-column-side = Side
rounds-column-put-on = Put on the roll
rounds-column-gave-place = Gave the place up
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
rounds-roll-lead = The roll of both sides follows from both committed pools, the rules of the agreement and the joint seed: both nodes find the same one.
rounds-roll-open = Open a person to see why they are in or not, and what it would cost to have it otherwise.
rounds-roll-of = Roll: { $party }
rounds-roll-counts = { $chosen } from a pool of { $pool }.
rounds-roll-digest = Digest of the roll, before anybody was put on it by hand
rounds-roll-seed = Joint seed
rounds-roll-proved = It is proved that no other roll is as good. The certificate shows it to anybody.
rounds-roll-best-known = It is the best roll known. That none is better is not proved; the certificate says how far it may be off.
rounds-roll-by-chances = Chances drew this roll among all that are as good by the rules. Anybody can repeat the draw from the files and the joint seed; the fairness report has every chance.
rounds-roll-files = Files to check the roll with, without names
rounds-roll-files-lead = Anybody can find the same roll from these files and the joint seed, with this program or their own, and compare the digest:
rounds-roll-files-closed = Somebody of this round is closed to you, so the files in which they stand are not offered: whoever is in them and not on this page would be that person. Another officer checks the roll by them.
rounds-roll-caption = Who goes, by class, time held and lot: { $party }
rounds-roll-next = { $n ->
    [one] Who stays: { $n } person, and what decided
   *[other] Who stays: the first { $n } persons, and what decided
}
rounds-roll-groups = Places by priority class
rounds-reason-goes = goes
rounds-reason-total = fewer would go in all
rounds-reason-requested = others were asked for by name
rounds-reason-class = priority class
rounds-reason-no-way = no place or nobody against them
rounds-reason-put-on = put on by hand
rounds-reason-gave-place = gave the place up by hand
rounds-put-on = Two officers have put this person on the roll by hand, in another’s place. What follows is of the roll before that.
rounds-gave-place = Two officers have given this person’s place to another by hand. What follows is of the roll before that.
rounds-override-title = Put this person on the roll by hand
rounds-override-lead = A second officer decides. The other side sees who goes instead of whom, and why; it counts against the number that the agreement allows, and stands in the fairness report.
rounds-override-stays = In whose place?
rounds-override-ground = On which ground?
rounds-override-ground-medical = Medical urgency
rounds-override-ground-family = A death or grave illness in the family
rounds-override-ground-safety = Danger where the person is held
rounds-override-ground-court = An order of a court, or a pardon
rounds-override-ground-other = Another ground
rounds-override-says = The reason, in a few sentences
rounds-override-says-hint = The other side will read it. Write no name and no diagnosis.
rounds-override-button = Draft for a second officer
rounds-hand-caption = Put on the roll by hand (the agreement allows each side { $n })
rounds-pool-link = Pools: who is where, by class
rounds-what-if-link = What if: one place more, another class
rounds-fairness-link = Fairness report
rounds-what-if-title = What if, round { $round }
rounds-what-if-lead = The selection is repeated with the same people and the same seed, and with what you ask for. Nothing is changed by asking.
rounds-what-if-places = { $place }: { $n } places ({ $more }).
rounds-what-if-class = { $name } in class { $class }.
rounds-what-if-conflict = { $n ->
    [one] There would be no roll: { $n } place that the rules demand would stay empty.
   *[other] There would be no roll: { $n } places that the rules demand would stay empty.
}
rounds-what-if-no-roll = There would be no roll that keeps every rule.
rounds-what-if-nothing = Nothing would change.
rounds-what-if-comes = { $n ->
    [one] { $n } person would come in:
   *[other] { $n } persons would come in:
}
rounds-what-if-stays = { $n ->
    [one] { $n } person would stay instead:
   *[other] { $n } persons would stay instead:
}
rounds-what-if-cap = With other places at
rounds-what-if-more = So many more
rounds-what-if-more-hint = 1 for one place more, -1 for one fewer. Empty: as it is.
rounds-what-if-person = With this person in another class
rounds-what-if-person-hint = The beginning of the item, as it stands on the roll, or of the surname. Choose the class as well.
rounds-what-if-class-label = The class then
rounds-what-if-button = Ask
rounds-class-no = Class { $class }
rounds-class-group = medical group { $group }
rounds-class-legend = A priority class is a medical group and a category, in the order of the agreement; a lower number goes first. Medical groups: 1 direct repatriation, 2 stay in a neutral country, 3 for the medical commission, 4 no ground recorded.
rounds-roll-before-hand = People were put on this roll by hand. The rows below show the roll with them: who was put on, and who gave the place up, is marked. The digest, the proof, the places by class and the files are those of the roll before that.
rounds-roll-files-before-hand = They give the roll before anybody was put on it by hand; the exchanges are in the table on this page.
rounds-what-if-before-hand = People were put on the roll of this round by hand. Here both are compared without that: the roll as the rules alone give it.
rounds-what-if-whole-round = The whole round, { $party }
rounds-what-if-no-cap = Choose the place that is to have more or fewer places.
rounds-what-if-no-more = Write how many places more, such as 1 or -1; not fewer than there are.
rounds-what-if-no-class = Choose the class that the person would have.
rounds-what-if-no-person = Write whose class it is: nobody in the two pools fits.
rounds-what-if-persons = { $n } people fit. Write more of the item: { $people }
rounds-neutral = This node belongs to a neutral. It holds the signed record of both sides: who committed to what digest, who showed a seed, who was nominated by item, what was agreed, released and received, and when. It is given no pools and no names; so it cannot tell who is where, find a roll again, or say whether one is right. If both sides give it the files of a roll, “homeward select check” tells.
rounds-pool-absent-not-committed = Not committed to yet.
rounds-pool-absent-neutral = Committed to. The pool itself is not given to a neutral.
rounds-pool-absent-with-seed = Committed to, and cannot be changed any more. The pool itself comes here with the seed of that side, once both have committed.
rounds-pool-absent-missing = Committed to, and both seeds are shown; but the pool is not here. The page of the round says since when.
rounds-pool-absent-unreadable = Committed to, and here; but it cannot be read as a pool. Nothing can follow from it, and what was committed to cannot be changed any more.
rounds-place-nobody = Nobody who could go is held here, and no other place lies in it. Is it written as in the dossiers?
rounds-commit-undeclared = No places are declared: as it stands, everyone could go from anywhere, up to the places of the round.
rounds-commit-look = Look at the pool first, declare from where how many can go, and commit to it there.
rounds-column-account-of = Account of { $party }
refusal-neutral-pools = A neutral is given no pools, so no roll can be found at its node. Ask a party for the files of the roll and check them with “homeward select check”.
rounds-pool-title = Pools, round { $round }
rounds-pool-lead = Who could go, by place and priority class. { $n ->
    [one] The round has { $n } place on each side;
   *[other] The round has { $n } places on each side;
} how many can go from where each side declares with its pool.
rounds-pool-committed = { $n ->
    [one] Committed to: { $n } person.
   *[other] Committed to: { $n } persons.
} Nothing in it can be changed any more.
rounds-pool-now = { $n ->
    [one] Not committed to yet. Today it would be { $n } person:
   *[other] Not committed to yet. Today it would be { $n } persons:
} everyone held who counts in a category of the round and can go.
rounds-pool-none = Nobody could go in this round.
rounds-asked = asked for by name
rounds-asked-yes = yes, by the other side
rounds-pool-asked = Asked for by name by the other side: { $n }.
rounds-place-other = other places (-)
rounds-pool-not-declared = These sites stand in dossiers and are not declared as places. Who is there counts under other places, and the other side does not see the names of the sites:
rounds-pool-caption = Who is where: { $party }
rounds-place-round = The round itself
rounds-place-title = Declare from where how many can go
rounds-place-name = Place: a site, a transport or a crossing
rounds-place-name-hint = A site is written as in the dossiers.
rounds-place-within = It lies in
rounds-place-within-hint = Whoever goes from here takes a place there as well. Declare a transport before its sites.
rounds-place-at-most = At most so many people
rounds-place-at-most-hint = Empty: no number of its own.
rounds-place-button = Declare
rounds-place-take-back = Take back
rounds-evidence = Class follows from the examination of
rounds-held-days = Held on the day of the round
rounds-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
rounds-site = Place of internment
rounds-reason-why = Why
rounds-since-came-in = Came onto the list afterwards: a place was vacated, and this person was next by the same order. What follows is about the roll before that.
rounds-since-left = Has left the list since. What follows is about the roll before that.
rounds-since-came-and-left = Came onto the list afterwards, in a vacated place, and has left it again. What follows is about the roll before that.
rounds-reason-time-held = others are held longer
rounds-reason-lot = lot
rounds-reason-chance = the draw by chances
rounds-reason-not-in-pool = The person is not in the committed pool of this round, so the selection never saw them.
rounds-reason-title = Reason sheet, round { $round }
rounds-reason-in = This person is on the roll of this round.
rounds-reason-out = This person is not on the roll of this round.
rounds-lot-own = Own lot
rounds-change-vacated = A place that is vacated is filled from the same pools by the same rules, without a new seed.
rounds-order-published = The rules are those of the agreement. Neither side could steer the lot: both committed to their pools and seeds before either seed was known.
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
