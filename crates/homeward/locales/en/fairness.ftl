# The fairness report of a roll.

rounds-fairness-title = Fairness report, round { $round }
rounds-fairness-lead = What each class and each unit, rank or place had on this roll, whether the lot was blind, who waits longest and stays, and who was put on the roll by hand. The report counts; it decides nothing about anybody.
rounds-fairness-none = Nothing stands out.
rounds-fairness-some = { $n ->
    [one] { $n } value stands out.
   *[other] { $n } values stand out.
}
rounds-fairness-looks = { $n ->
    [0] No look was taken: the rules told everybody apart, so that the lot chose between nobody.
    [one] { $n } look was taken: on so many values the lot had a say.
   *[other] { $n } looks were taken: on so many values the lot had a say.
}
rounds-fairness-means = What “stands out” means, and what it does not
rounds-fairness-means-equal = People of one side, place, category and class, held for the same number of days and not kept together with others, are equal under the rules: among them only the lot may choose. Here it is counted how many places each unit, rank and so on had, against how many it has when nothing but a blind lot chooses among equals.
rounds-fairness-means-mark = “Stands out” means: blind lots would very seldom come out so far off. All looks together are allowed for: of 100 fair rolls at most 5 have anything marked at all. The last column says in how many of 1,000,000,000 blind lots the places are as far off, or further.
rounds-fairness-means-not = It does not say why, and it proves nothing against anybody: up to 5 fair rolls in 100 have a mark too. Look first at whom the two sides put on the roll by hand. Nor does a report without a mark show that the rules are just.
rounds-fairness-means-rules = The rules themselves may give one unit fewer places than another: by class, category, place or time held. That is no fault of the lot and is not marked. The column “If there were no rules” shows it: so many places on average if one blind lot chose among everyone of the side.
rounds-fairness-means-known = Unit, rank, sex and place of birth are those of this desk’s register today; a place of birth is taken as written. Of the other side only place and time held are known. Years held are full years of 365 days. What is not known is a value of its own. Rare values are put together; for an officer to whom somebody is closed, all that fewer than five people have.
rounds-fairness-classes = Places by priority class: { $party }
rounds-fairness-categories = Places by category and class: { $party }
rounds-fairness-category-class = { $category }, class { $class }
rounds-fairness-outstanding = What stands out: { $party }
rounds-fairness-against = { $party }, { $what }: places had, against blind lots
rounds-fairness-values = { $n ->
    [one] { $what }: { $n } value
   *[other] { $what }: { $n } values
}
rounds-fairness-by-unit = Unit
rounds-fairness-by-rank = Rank
rounds-fairness-by-sex = Sex
rounds-fairness-by-birth-place = Place of birth
rounds-fairness-by-site = Place of internment
rounds-fairness-by-held = Years held
rounds-fairness-unknown = not known
rounds-fairness-together = { $n ->
    [one] { $n } value of few people
   *[other] { $n } values of few people, put together
}
rounds-chances-title = Chances
rounds-chances-lead = The agreement draws among the rolls that are best by its order, by chances that anybody can work out. Certain to go by the rules: { $certain }. In none of the best rolls: { $never }. All others had a chance:
rounds-chances-caption = People whom the rules hold equal, the smallest chance first: { $party }
rounds-chances-more = More such groups, with larger chances: { $n }.
rounds-chances-few = Groups of fewer than { $n } people are left out: somebody of the round is closed to you, and a small group would tell where and in which class they are and how long they have been held.
rounds-fairness-years = { $n ->
    [0] less than a year
    [one] { $n } year
   *[other] { $n } years
}
rounds-fairness-more = stands out: more
rounds-fairness-fewer = stands out: fewer
rounds-fairness-rules-alone = the rules decided; the lot had no say
rounds-column-value = Value
rounds-column-had = Places had
rounds-column-chance = Chance
rounds-column-no-rule = If there were no rules
rounds-column-expected = With blind lots, on average
rounds-column-fair-lots = 95 of 100 blind lots
rounds-column-in-billion = So far off in 1,000,000,000
rounds-fairness-waiting = Who waits longest and stays
rounds-fairness-waiting-caption = The longest held who stay, and what stands before them: { $party }
rounds-fairness-nobody-waits = Nobody of this side stays.
rounds-fairness-as-long = { $n ->
    [one] { $n } more person stays who has been held just as long as the last of these.
   *[other] { $n } more persons stay who have been held just as long as the last of these.
}
rounds-reason-nothing = nothing stands before them: the roll is not the best; have it looked into
rounds-reason-not-found = no better roll with them was found in the effort allowed
rounds-fairness-hand = Put on the roll by hand
rounds-fairness-hand-count = { $party }: { $n } of the { $allowed } that the agreement allows in a round.
chart-lots-had = places had
chart-lots-fair = 95 of 100 blind lots; the disc is their average
chart-lots-desc = { $what }: { $n } had, { $expected } expected; 95 of 100 fair lots give { $low } to { $high }.
