# Книга учёта.

ledger-title = Книга учёта
ledger-lead = Что причитается и что получено, по обоим журналам. Передача засчитывается, когда принимающая сторона подписала получение.
ledger-neutral = Нейтральной стороне пулов не открывают: эта книга считает лиц и не знает категорий.
ledger-no-agreement = Счета откроются, когда обе стороны подпишут текст соглашения.
ledger-fault = Действие из общей записи нельзя провести: { $fault }
ledger-unknown = { $n ->
    [one] { $n } лицо не числится ни на одном счёте: пул с его категорией здесь не открыт.
    [few] { $n } лица не числятся ни на одном счёте: пул с их категорией здесь не открыт.
   *[many] { $n } лиц не числятся ни на одном счёте: пул с их категорией здесь не открыт.
}
ledger-clauses = Что причитается по пунктам
ledger-clause = Пункт
ledger-from = Передаёт
ledger-to = Принимает
ledger-reader = По прочтению
ledger-the-text = самого текста
ledger-asked = Сколько
ledger-asks-exactly = ровно { $least }
ledger-asks-at-least = не менее { $least }
ledger-asks-at-most = не более { $most }
ledger-asks-between = от { $least } до { $most }
ledger-asks-all = все (известно: { $least })
ledger-asks-not-published = не опубликовано
ledger-received = Получено
ledger-outstanding = Осталось
ledger-slots = Места каждого раунда
ledger-no-slots = Ни один список ещё не действует, поэтому ни одно место не причитается.
ledger-round = Раунд
ledger-owed = Причитается
ledger-filled = Заполнено
ledger-vacated = Освобождено
ledger-refilled = Заполнено вновь
ledger-open = Открыто
ledger-beside-hint = Числа каждой стороны стоят рядом. Программа не решает расхождений: сторона, которая посчитала неверно, подаёт исправленный отчёт.
ledger-no-accounts = Ни в одном раунде ещё ничего не сказано.
ledger-accounts = Отчёты о каждом раунде
ledger-states = { $party } заявляет
ledger-receipts = По подписанным получениям, { $party }
ledger-difference = Расхождение
ledger-stated = передано { $delivered }, получено { $received }
ledger-not-stated = ещё не заявлено
ledger-not-both = Сначала должны заявить обе стороны.
ledger-agree = совпадают
ledger-direction = { $from } → { $to }
ledger-names-alone = только { $party } называет
ledger-counts-more = { $party } считает { $count }, а называет { $named }
ledger-balances = Все счета
ledger-balances-hint = В лицах. Возвращения по закону и обмен никогда не засчитываются друг против друга; каждое направление в сумме даёт ноль.
ledger-family = Счёт
ledger-post = Как числится
ledger-category = Категория
ledger-heads = Лиц
ledger-family-by-law = возвращения по закону
ledger-family-exchange = обмен
ledger-family-remains-and-effects = тела и вещи
ledger-post-promised = обещано
ledger-post-owed = причитается, никто не внесён
ledger-post-listed = в списке
ledger-post-pending = передан, не подтверждено
ledger-post-disputed = оспорено
ledger-post-filled = получено
ledger-digest = Дайджест этой книги
ledger-last-account = Дайджест последнего отчёта, { $party }
