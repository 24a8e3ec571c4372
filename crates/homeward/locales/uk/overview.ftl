# Огляд.

overview-title = Огляд
overview-nothing-waits = Зараз ніщо не потребує вашої дії.
overview-agreement = Угода
overview-delivered = { $from } → { $to }
overview-differences = Звіти про раунди
overview-no-differences = Розбіжностей немає
overview-differs = Раунд { $round }: { $n ->
    [one] { $n } розбіжність.
    [few] { $n } розбіжності.
   *[many] { $n } розбіжностей.
}
overview-to-ledger = Відкрити книгу обліку
overview-neutral = Нейтральна сторона бачить те, що кажуть обидва журнали, але не те, хто ці люди.
overview-nobody-yet = За цією угодою ще ніхто не повернувся додому.
overview-progress = Осіб удома після кожного раунду
overview-floor = Щонайменше
overview-round = Раунд
overview-planned = Заплановано на
overview-state = Стан
overview-next = Наступний крок
overview-rounds = Раунди
overview-no-rounds = Раунди з’являться тут, щойно стане відомий текст угоди.
overview-state-planned = заплановано
overview-state-committed = зафіксовано
overview-state-revealed = зерна розкрито
overview-state-nominated = відбори названо
overview-state-proposed = список запропоновано
overview-state-listed = список чинний
overview-state-crossing = передача
overview-state-closing = закривається
overview-state-closed = закрито
overview-state-void = недійсний
overview-next-planned = Обидві сторони фіксують, хто може потрапити до списку.
overview-next-committed = Фіксує інша сторона; тоді обидва вузли розкривають свої зерна.
overview-next-revealed = Кожна сторона називає свій відбір.
overview-next-nominated = Одна зі сторін пропонує спільний список.
overview-next-proposed = Інша сторона приймає список або відхиляє його.
overview-next-listed = Кожну особу питають про її волю; звільнені місця заповнюють.
overview-next-crossing = Сторона, що приймає, підтверджує або оскаржує кожну передачу.
overview-next-closing = Інша сторона подає звіт і закриває раунд.
overview-next-closed = Телефонують родинам; потім можна оприлюднити бюлетень.
overview-next-void = Зерна не показано: закрийте раунд
overview-alert-stopped = Реєстр припинив запис: відкрийте журнал.
overview-alert-fork = Автор підписав два записи під одним номером: спільний запис заморожено
overview-alert-unequal = Вузол має ті самі записи, але дійшов іншого стану
overview-alert-files-behind = У файлах бракує записів; їх доповнить наступне збереження.
overview-alert-entries-wait = Записи чекають на інші, що ще не надійшли
overview-alert-agreement-waits = Текст угоди від іншої сторони чекає на цю сторону
overview-alert-drafts-wait = Чернетки чекають на ваше схвалення
overview-alert-proposal-waits = Список іншої сторони чекає на відповідь, раунд
overview-alert-calls-overdue = Прострочено дзвінки родинам
overview-alert-accounts-differ = Звіти двох сторін розходяться, раундів
