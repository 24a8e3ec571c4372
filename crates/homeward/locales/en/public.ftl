# The public pages.

public-of = Bulletins on the return of prisoners
public-title = Who has come home
public-lead = Here { $party } publishes bulletins on the return of its people. Families are called first; a bulletin waits until each was told or the agreed time to call has passed. Two officers have checked each bulletin.
public-none = No bulletins yet. The first one follows the first return, once each family was told or the agreed time to call has passed.
public-all = All bulletins
public-withheld = What is not here, and why
public-withheld-fields = We do not publish { $fields }.
public-withheld-clause = Both sides have agreed on this, clause { $clause } of the agreement:
public-released-at = Released on { $time }
public-digest = Digest of the text in three languages (SHA-256):
public-footer = There are no names here: the fate of a person is told to the family alone.
