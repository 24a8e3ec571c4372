# Linking the other party's items to own dossiers.

links-title = Link people
links-lead = The other party has opened the people on its roll. Say who each of them is among those we look for. Only a linked person’s family is called and only a linked dossier learns that its person is home.
links-other-rounds = Rounds:
links-none = The other party has not opened anyone in this round yet.
links-all = opened
links-open = without a dossier
links-strong = on strong grounds
links-accept-strong = { $n ->
    [one] Link { $n } person on strong grounds
   *[other] Link { $n } persons on strong grounds
}
links-strong-hint = Strong: service number and surname agree, or the full name and the whole date of birth, nothing speaks against it, and only one dossier fits.
links-caption = Opened by the other party, and our dossiers
links-choose = Choose
links-theirs = As the other party writes it
links-ours = Our dossier
links-grounds = Grounds
links-linked = linked
links-home-already = home already
links-taken = The dossier that resembles it belongs to another person of this round.
links-nobody = Nobody we look for resembles this person.
links-band-strong = strong
links-band-review = look closely
links-agrees = Agrees:
links-differs = Differs:
links-others = { $n ->
    [one] { $n } further dossier resembles it
   *[other] { $n } further dossiers resemble it
}
links-choice-hint = For the people ticked: link them to the dossier shown, or make a new dossier of what the other party wrote.
links-accept = Link the people ticked
links-create = Make new dossiers
field-service-number = service number
field-surname = surname
field-given = first name
field-patronymic = patronymic
field-birth-year = year of birth
field-birth-day = day of birth
refusal-no-candidate = Nobody is proposed for one of these people; make a new dossier instead. Round
refusal-already-linked = Two people of one list cannot share a dossier. Look at both, and make a new dossier for one. Round
