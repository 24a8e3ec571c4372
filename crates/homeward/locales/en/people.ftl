# The lists of people.

people-title = People
people-held = People we hold
people-sought = People we look for
people-to-import = Import a list
people-to-links = Link the other party’s people
people-search = Search
people-search-hint = Name in any spelling and order, year of birth, or service number. A given name alone finds nobody.
people-search-button = Search
people-found = { $n ->
    [one] { $n } person may be meant.
   *[other] { $n } persons may be meant.
}
people-best = The { $n } who answer best are given. Whoever you mean may not be among them: add a given name, a year of birth or the service number.
people-all = Show the whole list
people-none = Nobody is on this list yet. A registrar brings lists in under “Import”.
people-nobody-found = Nobody on this list answers to that. Try the other list, fewer words, or the service number.
people-contradicted = contradicted
people-column-name = Name
people-column-birth = Born
people-column-rank = Rank
people-column-unit = Unit
people-column-state = State by the claims
standing-missing = missing
standing-held = held
standing-alive = alive
standing-dead = dead
standing-freed = free
