# Which dossiers may be the same person.

candidates-title = Dossiers that may be the same person
candidates-pair-title = One person or two?
candidates-queue-title = Pairs of dossiers to look at
candidates-lead = Found by name in any spelling, year of birth and service number. Each is compared with this dossier by itself: that it is the only one makes it no likelier.
candidates-pair-lead = Both dossiers stay as they are, whatever you say. If they are one person, each shows the other and what it claims.
candidates-queue-lead = First come pairs in which a family would learn that somebody of whom nothing was known is alive or held; then deaths; then where or how somebody is; then dossiers that are merely there twice.
candidates-none = No other dossier resembles this one, or all that do have been decided.
candidates-queue-none = No pair of dossiers waits for a decision.
candidates-queue-closed = Closed to you: pairs with a dossier that you may not see are left out here.
candidates-count = { $n ->
    [one] { $n } dossier resembles this one.
   *[other] { $n } dossiers resemble this one.
}
candidates-queue-count = { $n ->
    [one] { $n } pair waits.
   *[other] { $n } pairs wait.
}
candidates-pending = { $n ->
    [one] { $n } dossier has not been looked at yet. Open this page again in a while: what waits there comes into the list.
   *[other] { $n } dossiers have not been looked at yet. Open this page again in a while: what waits there comes into the list.
}
candidates-queue-caption = Pairs that wait, by what a family gains
candidates-column-gain = What a family gains
candidates-column-people = The two dossiers
candidates-column-grounds = Grounds
candidates-gain-alive = learns: alive or held
candidates-gain-dead = learns: dead
candidates-gain-knowledge = learns more: where, or how
candidates-gain-nothing = nothing new
candidates-since = Waiting since { $day }
candidates-was-unsure = { $officer } was unsure, { $at }
candidates-compare = Compare side by side
candidates-band-link = much agrees
candidates-band-review = agrees in part: look closely
candidates-band-no = does not resemble
candidates-gain-says-alive = If they are one person, a family learns that somebody of whom nothing was known is alive or held.
candidates-gain-says-dead = If they are one person, a family learns of a death.
candidates-gain-says-knowledge = If they are one person, a family learns more: where somebody is or was, or how.
candidates-gain-says-nothing = If they are one person, no family learns anything new: a dossier is there twice.
candidates-how-agrees = agrees
candidates-how-near = nearly agrees
candidates-how-differs = differs
candidates-how-missing = cannot be compared
candidates-band-says-link = Either the service number and the surname agree, or the surname, the first name and the whole date of birth. Nothing strong speaks against it.
candidates-band-says-review = Something agrees, but not enough to tell one person from two who resemble each other. Look for what a list does not say: relatives, places, photographs.
candidates-band-says-no = What is known of the two does not speak for one person.
candidates-how-list-agrees = Agree
candidates-how-list-near = Nearly agree
candidates-how-list-differs = Differ
candidates-how-list-missing = Not known in one of them or in both
candidates-compared-only = Very many dossiers share part of the name. Only the { $n } that have most in common were compared: a year of birth or a service number in the dossier would narrow it down.
candidates-why = Why (may be left empty; kept with the decision)
candidates-history = Everything that was said of this pair
candidates-said-taken-back = The last word was taken back by
candidates-days = { $n ->
    [one] new in the last day
   *[other] new in the last { $n } days
}
candidates-new = new dossier
candidates-queue-none-new = No pair with a dossier that came in these days waits.
field-why = Why
candidates-namesakes = { $n ->
    [one] { $n } other in the register bears this surname and first name.
   *[other] { $n } others in the register bear this surname and first name.
}
candidates-namesakes-none = Nobody else in the register bears this surname and first name. That alone makes nobody the same person.
candidates-namesakes-more = More than { $n } others in the register bear this surname and first name.
candidates-caption = { $one } and { $other }, side by side
candidates-field = Field
candidates-state = State by the claims
candidates-beside-names = other names
candidates-beside-claims = claims
candidates-beside-rank = rank
candidates-beside-unit = unit
candidates-beside-prisoner-number = prisoner number
candidates-beside-birth-place = place of birth
candidates-beside-captured = captured
candidates-beside-custody = held at
candidates-beside-from-list = comes from
candidates-january = In many lists 1 January stands for a day that is not known, so it is not compared as a day.
candidates-said-one = One person, says
candidates-said-two = Two people, says
candidates-said-unsure = Unsure:
candidates-stale = What is compared has changed since.
candidates-request-link-people = To be linked, if a second officer confirms it. Asked by
candidates-request-unlink-people = To be parted again, if a second officer confirms it. Asked by
candidates-withdraw = Withdraw the request
candidates-born = born { $day }
candidates-asked = { $officer } has asked a second officer to confirm
candidates-refuse = Refuse the request
candidates-takes-two = To link them changes what the register says of somebody: a second officer, an approver, confirms it. The same holds for taking it back.
candidates-one = One person
candidates-one-two = One person: ask a second officer
candidates-two = Two people
candidates-unsure = Unsure
candidates-undo = Take back the last word
candidates-list-linked = Said to be the same person
candidates-list-apart = Said to be somebody else
candidates-to-queue = All pairs that wait
candidates-to-person = All candidates of the first dossier
candidates-to-dossier = To the dossier
candidates-together = With the dossiers linked:
candidates-linked-section = The same person in another dossier
candidates-linked-claims = What the other dossier claims
draft-link-people = Link two dossiers as of one person
draft-unlink-people = Part two dossiers that are linked
overview-alert-candidates = Two dossiers may be one person, and a family would learn of it
field-verdict = Your decision
refusal-pair-itself = A dossier is not compared with itself.
refusal-pair-waits = A request about these two waits for a second officer. Let it be confirmed or withdrawn first.
refusal-pair-decided = This has been said of the two already.
refusal-pair-linked = The two are linked, directly or through another dossier. Take the link back first.
refusal-pair-contradicts = Between the dossiers linked to these two somebody said: two people. Take that back first.
refusal-pair-many = So many dossiers of one person are a mistake. At most:
refusal-pair-full = This pair has been decided too often. At most:
refusal-pair-changed = A dossier or a decision has changed since this was asked. Withdraw it and ask again.
