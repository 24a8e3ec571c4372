# Reason sheets of a joint roll: prices, full rules, what would have to change.

selection-goes = { $item } ({ $party }, { $site }, { $category }, class { $class }) goes.
selection-stays = { $item } ({ $party }, { $site }, { $category }, class { $class }) stays.
selection-no-way-in = The rules leave no roll in which this person goes.
selection-no-way-out = The rules leave no roll without this person.
selection-price-in = If this person had to go, the best roll would change so:
selection-price-out = If this person stayed, the best roll would change so:
selection-fewer-total = { $n ->
    [one] { $n } fewer person goes in all
   *[other] { $n } fewer people go in all
}
selection-more-total = { $n ->
    [one] { $n } more person goes in all
   *[other] { $n } more people go in all
}
selection-fewer-requested = { $n ->
    [one] { $n } person fewer of those asked for by name goes
   *[other] { $n } persons fewer of those asked for by name go
}
selection-more-requested = { $n ->
    [one] { $n } person more of those asked for by name goes
   *[other] { $n } persons more of those asked for by name go
}
selection-fewer-class = { $n ->
    [one] { $n } fewer person of class { $class } goes
   *[other] { $n } fewer people of class { $class } go
}
selection-more-class = { $n ->
    [one] { $n } more person of class { $class } goes
   *[other] { $n } more people of class { $class } go
}
selection-less-time = the time held, summed over the roll, is { $n } less
selection-more-time = the time held, summed over the roll, is { $n } more
selection-lot = everything before the lot is level: the lot decided
selection-lot-besides = the sum of the lots changes as well, which decides nothing here
selection-join = Would go instead: { $items }
selection-leave = Would stay instead: { $items }
selection-full-cap = { $id } of { $party } is full.
selection-full-round = The places of the round are taken for { $party }.
selection-full-category = The places of category { $id } are taken.
selection-full-other = In category { $id } the other side can set nobody more against this person: nobody is left there, or there is no place for them.
selection-unmatched = { $n ->
    [one] If { $n } person of this category could go with nobody against them, this person would go.
   *[other] If { $n } persons of this category could go with nobody against them, this person would go.
}
selection-places = { $n ->
    [one] With { $n } place more there, and nothing else changed, this person would go.
   *[other] With { $n } places more there, and nothing else changed, this person would go.
}
selection-places-do-not-help = More places there alone would not help.
selection-change-requested = Asked for by name, this person would go.
selection-explain-many = At most { $n } people are explained at a time.
selection-explain-item = “{ $item }”: an item has 64 hexadecimal digits.
selection-explain-nobody = Item { $item } is not among the people of this round.
selection-explain-balance = Rules that keep a balance have no prices of having it otherwise: who goes hangs on what everybody else is worth.
selection-explain-chances = These rules draw by chances (leximin): “homeward select chances” tells the chance of everyone.
selection-chance-goes = By the published order a roll with this person and a roll without them are equally good. The draw decided; the chance to go was { $chance }.
selection-chance-stays = By the published order a roll with this person and a roll without them are equally good. The draw decided that others go; the chance to go was { $chance }.
selection-change-class = In class { $class } this person would go.
selection-change-held = Held for { $held } instead of { $own } this person would go.
selection-change-lot = With a lower lot this person would have gone.
selection-change-nothing = Nothing of the person alone would change it.
