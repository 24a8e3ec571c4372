# Книга обліку.

ledger-title = Книга обліку
ledger-lead = Що належить передати і що отримано, за обома журналами. Передача рахується, коли сторона, що приймає, підписала отримання.
ledger-neutral = Нейтральній стороні пулів не відкривають: ця книга рахує осіб і не знає категорій.
ledger-no-agreement = Рахунки відкриються, коли обидві сторони підпишуть текст угоди.
ledger-fault = Дію зі спільного запису не можна провести: { $fault }
ledger-unknown = { $n ->
    [one] { $n } особа не значиться в жодному рахунку: пул із її категорією тут не відкрито.
    [few] { $n } особи не значаться в жодному рахунку: пул із їхньою категорією тут не відкрито.
   *[many] { $n } осіб не значаться в жодному рахунку: пул із їхньою категорією тут не відкрито.
}
ledger-clauses = Що належить за пунктами
ledger-clause = Пункт
ledger-from = Передає
ledger-to = Приймає
ledger-reader = За прочитанням
ledger-the-text = самого тексту
ledger-asked = Скільки
ledger-asks-exactly = рівно { $least }
ledger-asks-at-least = щонайменше { $least }
ledger-asks-at-most = щонайбільше { $most }
ledger-asks-between = від { $least } до { $most }
ledger-asks-all = усі (відомо: { $least })
ledger-asks-not-published = не оприлюднено
ledger-received = Отримано
ledger-outstanding = Залишилося
ledger-slots = Місця кожного раунду
ledger-no-slots = Жоден список ще не чинний, тож жодного місця не належить.
ledger-round = Раунд
ledger-owed = Належить
ledger-filled = Заповнено
ledger-vacated = Звільнено
ledger-refilled = Заповнено знову
ledger-open = Відкрито
ledger-beside-hint = Числа кожної сторони стоять поруч. Програма не вирішує розбіжностей: сторона, що полічила неправильно, подає виправлений звіт.
ledger-no-accounts = У жодному раунді ще нічого не сказано.
ledger-accounts = Звіти про кожен раунд
ledger-states = { $party } заявляє
ledger-receipts = За підписаними отриманнями, { $party }
ledger-difference = Розбіжність
ledger-stated = передано { $delivered }, отримано { $received }
ledger-not-stated = ще не заявлено
ledger-not-both = Спершу мають заявити обидві сторони.
ledger-agree = збігаються
ledger-direction = { $from } → { $to }
ledger-names-alone = лише { $party } називає
ledger-counts-more = { $party } рахує { $count }, а називає { $named }
ledger-balances = Усі рахунки
ledger-balances-hint = В особах. Повернення за законом і обмін ніколи не зараховують одне проти одного; кожен напрямок у сумі дає нуль.
ledger-family = Рахунок
ledger-post = Як значиться
ledger-category = Категорія
ledger-heads = Осіб
ledger-family-by-law = повернення за законом
ledger-family-exchange = обмін
ledger-family-remains-and-effects = тіла та речі
ledger-post-promised = обіцяно
ledger-post-owed = належить, нікого не внесено
ledger-post-listed = у списку
ledger-post-pending = передано, не підтверджено
ledger-post-disputed = оскаржено
ledger-post-filled = отримано
ledger-digest = Дайджест цієї книги
ledger-last-account = Дайджест останнього звіту, { $party }
