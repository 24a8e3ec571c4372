# Bulletins: draft, preview, release; the words of the bulletins themselves (press-).

bulletins-title = Bulletins
bulletins-lead = A press officer drafts a bulletin; another officer releases it once nothing stands against it and families have come first.
bulletins-none = No bulletins yet.
bulletins-caption = Drafts and released bulletins
bulletins-bulletin = Bulletin
bulletins-state = State
bulletins-drafted = Drafted by
bulletins-released = Released by
bulletins-draft = New draft
bulletins-draft-hint = The date, the crossing and the thanks to neutrals come from the record and the agreement. Choose what else to say.
bulletins-nobody-home = A bulletin can be drafted as soon as an arrival has been confirmed in a round.
bulletins-round = Round
bulletins-categories = Categories
bulletins-categories-hint = A category of which nobody came home in the round is left out.
bulletins-years = Name the years of capture
bulletins-conditions = Conditions
bulletins-conditions-hint = In general terms only, so that nobody can be recognised.
bulletins-total = Give the total to date
bulletins-statement = Statement in your own words
bulletins-statement-hint = Optional. No names and no numbers, not even in words.
bulletins-make-draft = Make a draft
bulletin-of = Bulletin of round { $round }
bulletin-state-draft = draft
bulletin-state-released = released
bulletin-state-withdrawn = withdrawn
bulletin-no-findings = The check found nothing: no withheld number follows from this text and what was published before.
bulletin-findings = { $n ->
    [one] { $n } finding stands against it. The bulletin cannot be released.
   *[other] { $n } findings stand against it. The bulletin cannot be released.
}
bulletin-embargo = Embargo: families first.
bulletin-families-first = The embargo is lifted: each family of this round was told, or the time to call has passed.
bulletin-open-calls = { $n ->
    [one] { $n } family is still to be told.
   *[other] { $n } families are still to be told.
}
bulletin-without-call = { $n ->
    [one] { $n } person came home without a linked dossier: there is nobody to call.
   *[other] { $n } persons came home without a linked dossier: there is nobody to call.
}
bulletin-in-transit = { $n ->
    [one] The arrival of { $n } person is not confirmed yet.
   *[other] The arrival of { $n } persons is not confirmed yet.
}
bulletin-until = The last time to call ends on { $time }.
bulletin-left-out = Left out, because nobody of it came home: { $categories }.
bulletin-texts = Exactly what will be public
bulletin-figure = Published figure
bulletin-digest = Digest of the three texts (SHA-256)
bulletin-release = Release
bulletin-release-warning = What is released cannot be taken back.
bulletin-withdraw = Withdraw the draft
bulletin-mine = This is your draft: another officer, an approver, releases it.
bulletin-must-change = Withdraw the draft and make another one without what was found.
bulletin-must-wait = It can be released once the embargo is lifted.
bulletin-approver = An approver releases it.
bulletin-field-round-number-of-persons = the number of persons in a round
bulletin-field-category = categories
bulletin-field-capture-period = the period of capture
bulletin-field-conditions = conditions
bulletin-field-totals = totals
finding-withheld-field = The agreement does not let this be published: { $field }.
finding-number = The word “{ $word }” ({ $language }) states a number. While the number of a round is withheld, no number passes.
finding-follows = The figures give { $withheld }: { $sum } = { $value }.
finding-between = The figures leave too narrow a range for { $withheld }: from { $low } to { $high } ({ $facts }).
finding-not-shown = It could not be shown that no withheld number follows: { $why }.
finding-since-published = This follows already from what was published before.
number-to-date = to date after round { $round }, released by { $from }
number-round-from = round { $round }, released by { $from }
number-round-both = round { $round }, both sides
condition-class-wounds = wounds
condition-class-amputations = amputations
condition-class-burns = burns
condition-class-sight = loss of sight or hearing
condition-class-chronic = chronic illness
condition-class-infections = infectious disease
condition-class-mind = mental illness
condition-class-underweight = severe loss of weight
press-title = Home from captivity: { $date }
press-came-home = On { $date } people who had been held by { $from } came home. { $to } received them at the crossing { $crossing }.
press-categories = By the categories of the agreement, among them are: { $categories }.
press-captured-in = They were captured in { $year }.
press-captured-between = They were captured in the years { $years }.
press-conditions = Among those who came home are people in need of treatment: { $conditions }.
press-total = { $n ->
    [one] Since the agreement came into force, { $to } has received { $shown } person.
   *[other] Since the agreement came into force, { $to } has received { $shown } persons.
}
press-thanks = For its mediation we thank { $neutrals }.
refusal-nobody-home = No arrival is confirmed yet, round
refusal-bulletin-findings = The bulletin gives away a withheld number or field; findings:
refusal-bulletin-embargo = Families first: the embargo still holds, round
refusal-bulletin-decided = This bulletin has been decided already.
refusal-too-many-bulletins = There are more bulletins than can be checked:
