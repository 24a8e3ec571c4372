# Terms: what the rules read out of an agreement’s text.

terms-read = What the rules read
terms-read-lead = This is what the program counts by. Each line names the clause that it rests on.
terms-clause = clause { $no }
terms-rests = Read out of it:
terms-direction = { $from } to { $to }

terms-section-parties = Who takes part
terms-section-legs = Who hands over to whom
terms-section-quantities = How many
terms-section-readings = What a party reads otherwise
terms-section-ratios = What stands against what
terms-section-scales = What each class is worth
terms-section-categories = Categories, first to last
terms-section-lists = How a list comes about
terms-section-gates = What is needed before anyone goes
terms-section-phases = Phases as planned
terms-section-conditions = What must be kept afterwards
terms-section-notices = Notices of violations
terms-section-disclosure = What may be published
terms-section-families = Families
terms-section-annexes = Annexes

terms-label-status = Recognised by all parties
terms-label-agent = May speak for it
terms-label-roles = What it does
terms-label-object = What goes
terms-label-account = Account
terms-label-destination = Where to
terms-label-custodian = Kept there by
terms-label-crossing = Crossing
terms-label-counts-on = Counts once
terms-label-together = Only together with
terms-label-unit = Counted in
terms-label-legs = Who to whom
terms-label-categories = Only the categories
terms-label-classes = Only the classes
terms-label-per-day = In a day
terms-label-side = One side
terms-label-against = Against
terms-label-matching = Matched
terms-label-rounding = A fraction of a head
terms-label-carry = A difference after a round
terms-label-about = About
terms-label-text-says = The text says
terms-label-reads = The party reads
terms-label-who = Who counts
terms-label-extent = How far it reaches
terms-label-tested = When it is tested
terms-label-proposer = Names are given by
terms-label-veto = Names are struck by
terms-label-notice = Before the handover
terms-label-objection = Time to object
terms-label-order = Order
terms-label-objective = What comes first
terms-label-rule = Rule
terms-label-by = Said by
terms-label-occasions = How often
terms-label-shown = Where it is shown
terms-label-after = After
terms-label-opens = Opens
terms-label-lasts = Lasts
terms-label-extension = Prolonged
terms-label-suspension = While suspended
terms-label-completes = Complete
terms-label-expiry = What is left when it ends
terms-label-bound = Who is bound
terms-label-until = Until
terms-label-answer = Time to answer
terms-label-to-public = To everyone
terms-label-to-families = To families
terms-label-to-neutral = To neutrals
terms-label-open-from = From when
terms-label-calls = Time to call before the press is told
terms-label-digest = Digest (SHA-256)

terms-status-recognised = nobody contests it
terms-status-unclear = not by all; signing with it recognises nobody
terms-agent = { $name }, from { $from } to { $until }
terms-agent-open = { $name }, from { $from }
terms-neutral = { $name } (neutral)
terms-role-none = the text does not say
terms-role-host = receives the talks
terms-role-guarantor = stands for the terms being kept
terms-role-carrier = carries people
terms-role-custodian = keeps people until they go on
terms-role-verifier = verifies wills, identities, counts

terms-object-persons = living persons
terms-object-remains = remains
terms-object-effects = effects and documents
terms-destination-home = home
terms-destination-neutral-hospital = hospital in a neutral country
terms-destination-neutral-internment = internment in a neutral country
terms-destination-neutral-custody = custody of a neutral until their will is known
terms-destination-third-country = a third country
terms-destination-deportation = sent out of the country that held them
terms-counts-on-receipt = both sides say: handed over and received
terms-counts-on-declaration = both have received and declared the exchange; until then on parole

terms-amount-exactly = exactly { $n }
terms-amount-at-least = at least { $n }
terms-amount-at-most = at most { $n }
terms-amount-between = { $least } to { $most }
terms-amount-all-known = all (known: { $n })
terms-amount-all = all
terms-amount-not-published = a number that was not published
terms-unit-heads = persons
terms-unit-value = value by the scale “{ $scale }”
terms-unit-containers = containers of remains
terms-unit-identified = persons identified among remains
terms-unit-items = items

terms-scale = Scale “{ $id }”
terms-worth-most = { $worth } (at most { $n } of them)
terms-ratio = Ratio “{ $id }”
terms-side-each = { $legs }: each counts { $worth }
terms-side-scale = { $legs }: by the scale “{ $scale }”
terms-matching-by-value = by value alone
terms-matching-equal-first = equal for equal first, the rest by value
terms-rounding-down = is not due yet
terms-rounding-up = makes a whole head due
terms-rounding-nearest = to the nearest; a half makes a whole
terms-carry-carried = is carried on, exactly
terms-carry-lapses = lapses: each round stands alone
terms-reading = { $party } reads it otherwise
terms-words-only = another meaning, without a number

terms-test-everyone = everyone
terms-test-medical = medical ground: { $groups }
terms-test-age-between = { $from } or older and under { $below } { $day }
terms-test-age-from = { $from } or older { $day }
terms-test-age-below = under { $below } { $day }
terms-test-men = men
terms-test-women = women
terms-test-captured-between = captured from { $from } to { $until }
terms-test-captured-from = captured from { $from } on
terms-test-captured-until = captured until { $until }
terms-test-rank = rank by code: { $ranks }
terms-test-status = held as: { $statuses }
terms-test-not-units = of none of these units: { $units }
terms-test-identified = identified by both sides
terms-day-capture = on the day of capture
terms-day-signing = on the day of signing
terms-day-listing = on the day of listing
terms-day-handover = on the day of handover
terms-group-direct = direct repatriation
terms-group-neutral = stay in a neutral country
terms-group-for-commission = for the medical commission
terms-group-no-ground = no ground recorded
terms-held-as-prisoner-of-war = prisoners of war
terms-held-as-civilian = civilians
terms-held-as-retained = retained medical and religious personnel
terms-held-as-convict = convicted persons
terms-held-as-foreigner = foreigners
terms-held-as-contested = persons of contested status

terms-extent-all = all for all
terms-extent-within = within the numbers and places
terms-tested-at-listing = when the list is made
terms-tested-at-handover = again at the handover

terms-lists = Names
terms-by-holder = who holds them
terms-by-receiver = who receives them
terms-by-both = both; only those on both lists go
terms-by-neutral = the neutral
terms-veto-most = { $who }, at most { $n }
terms-order-sick-first = the seriously ill and wounded first
terms-order-women-first = women first
terms-order-young-first = the young first
terms-order-old-first = the old first
terms-order-seniority = by seniority of rank
terms-order-longest-held = the longest held first
terms-selection = Selection by the published order
terms-criterion-medical-group = medical group
terms-criterion-category = category
terms-criterion-longest-held = length of captivity
terms-criterion-lot = lot
terms-objective-priority-first = the order comes before the number
terms-replacement = Who fills a vacated slot
terms-replacement-same-order = the next person of the same order
terms-replacement-renamed = another, named by whoever named the first
terms-replacement-later = nobody in this round; it is owed in a later one

terms-gate-will = The person’s own will
terms-gate-clearance = A pardon, or the end of a prosecution or sentence
terms-gate-fitness = A physician’s word that the person can travel
terms-gate-verification = That this is the person named
terms-gate-security = A security check
terms-shown-in-record = in the shared record, which keeps it itself
terms-shown-in-acts = among the acts: without it no release is booked

terms-by-act = when every party concerned has said so
terms-opens-after-signing = { $hours } after the beginning of the day of signing
terms-opens-after-phases = { $hours } after the phases before are complete
terms-lasts-until = until { $at }
terms-lasts-open = without an end, says the text
terms-extension = { $hours } more for every { $per } received beyond { $beyond }
terms-extension-most = at most { $hours } in all
terms-suspension-clock-stops = the clock stands still: it ends later
terms-suspension-clock-runs = the clock runs on
terms-completes-when-filled = when every number that counts only its legs is reached
terms-expiry-lapses = is no longer owed
terms-expiry-stays-owed = stays owed

terms-condition-no-active-service = No return to active military service
terms-condition-neutral-stay = Stay in a neutral country
terms-condition-no-ceremony = No ceremony, no cameras
terms-condition-stay-away = Not to come back
terms-condition-reporting = To report to an authority
terms-condition-other = Another condition
terms-until-days = { $n ->
    [one] { $n } day from the receipt
   *[other] { $n } days from the receipt
}
terms-until-end-of-hostilities = until the parties say that hostilities have ended
terms-until-lifted = until the other parties lift it
terms-until-always = without an end, says the text
terms-notices = A numbered notice and its answer

terms-field-round-number-of-persons = How many persons were in a round
terms-field-category = Categories
terms-field-capture-period = The period of capture
terms-field-conditions = States of health
terms-field-totals = Totals over the agreement
terms-open-withheld = withheld
terms-open-aggregate = in general terms only
terms-open-published = published
terms-from-families-told = once the families have been told
terms-from-completion = once the agreement is complete
terms-families = Families learn before the press

terms-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
terms-times = { $n ->
    [one] { $n } time
   *[other] { $n } times
}
terms-label-whence = Where it stands
terms-reading-attached = attached by the party later, not in the signed text
terms-reading-signed = in the signed text
terms-on-parole = on parole
