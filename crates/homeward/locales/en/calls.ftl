# Calls to families: whom to tell, by when, what came of it.

calls-title = Family calls
calls-lead = Families learn before the press. Only family liaison calls; every opening of this list is written into the journal.
calls-rounds = Rounds
calls-all-open = All open
calls-open = { $n ->
    [0] Every family on this list has been told
    [one] { $n } family still to be told
   *[other] { $n } families still to be told
}
calls-none = No calls. They appear by themselves as soon as a person’s arrival is confirmed at the crossing.
calls-due-by = To be told by { $time }
calls-was-due = The time passed on { $time }. Keep calling.
calls-was-told = The family was told.
calls-no-kin = No telephone is recorded for this person.
calls-speaks = speaks { $language }
calls-outcome = Outcome
calls-choose = Choose
calls-who = Who was spoken to
calls-record = Record
call-state-due = to be told
call-state-reached = told
call-state-escalated = time passed
call-outcome-reached = Reached
call-outcome-no-answer = No answer
call-outcome-wrong-number = Wrong number
call-kin-mother = mother
call-kin-father = father
call-kin-wife = wife
call-kin-husband = husband
call-kin-sister = sister
call-kin-brother = brother
call-kin-daughter = daughter
call-kin-son = son
refusal-call-reached = This family has been told already.
refusal-call-still-due = The time of this call has not passed yet.
