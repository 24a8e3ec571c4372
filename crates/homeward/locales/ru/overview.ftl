# Обзор.

overview-title = Обзор
overview-nothing-waits = Сейчас ничто не требует ваших действий.
overview-agreement = Соглашение
overview-delivered = { $from } → { $to }
overview-differences = Отчёты о раундах
overview-no-differences = Расхождений нет
overview-differs = Раунд { $round }: { $n ->
    [one] { $n } расхождение.
    [few] { $n } расхождения.
   *[many] { $n } расхождений.
}
overview-to-ledger = Открыть книгу учёта
overview-neutral = Нейтральная сторона видит то, что говорят оба журнала, но не то, кто эти люди.
overview-nobody-yet = По этому соглашению ещё никто не вернулся домой.
overview-progress = Лиц дома после каждого раунда
overview-floor = Не менее
overview-round = Раунд
overview-planned = Запланирован на
overview-state = Состояние
overview-next = Следующий шаг
overview-rounds = Раунды
overview-no-rounds = Раунды появятся здесь, как только станет известен текст соглашения.
overview-state-planned = запланирован
overview-state-committed = зафиксирован
overview-state-revealed = зёрна раскрыты
overview-state-nominated = отборы названы
overview-state-proposed = список предложен
overview-state-listed = список действует
overview-state-crossing = передача
overview-state-closing = закрывается
overview-state-closed = закрыт
overview-state-void = недействителен
overview-next-planned = Обе стороны фиксируют, кто может попасть в список.
overview-next-committed = Фиксирует другая сторона; затем оба узла раскрывают свои зёрна.
overview-next-revealed = Каждая сторона называет свой отбор.
overview-next-nominated = Одна из сторон предлагает общий список.
overview-next-proposed = Другая сторона принимает список или отклоняет его.
overview-next-listed = Каждого спрашивают о его воле; освободившиеся места заполняют.
overview-next-crossing = Принимающая сторона подтверждает или оспаривает каждую передачу.
overview-next-closing = Другая сторона подаёт отчёт и закрывает раунд.
overview-next-closed = Звонят семьям; затем можно опубликовать бюллетень.
overview-next-void = Зерно не показано: закройте раунд
overview-alert-stopped = Реестр прекратил запись: откройте журнал.
overview-alert-fork = Автор подписал две записи под одним номером: общая запись заморожена
overview-alert-unequal = Узел имеет те же записи, но пришёл к другому состоянию
overview-alert-files-behind = В файлах не хватает записей; их дополнит следующее сохранение.
overview-alert-entries-wait = Записи ждут других, которые ещё не пришли
overview-alert-agreement-waits = Текст соглашения от другой стороны ждёт эту сторону
overview-alert-drafts-wait = Черновики ждут вашего одобрения
overview-alert-proposal-waits = Список другой стороны ждёт ответа, раунд
overview-alert-calls-overdue = Просрочены звонки семьям
overview-alert-accounts-differ = Отчёты двух сторон расходятся, раундов
