# Раунди: кроки, аркуші, відбір, підстави й те, чого спільний запис не допускає.

rounds-title = Раунди
rounds-lead = Кожен раунд має свої пули, жереб, список і рахунки. Відкрийте раунд, щоб побачити, на чому він стоїть і що далі.
rounds-none = Раундів ще немає. Вони випливають з угоди, щойно її підпишуть обидві сторони.
rounds-caption = Раунди угоди
rounds-observe-title = Спостереження
rounds-observe-hint = Записує до вашого журналу, які записи кожного журналу має цей вузол. Робіть це після кожного раунду: згодом буде видно, хто що на той час сказав.
rounds-observe = Записати спостереження
rounds-stands = На чому стоїть
rounds-planned = Заплановано на
rounds-categories = Категорії
rounds-places = Місць з кожного боку
rounds-crossing-place = Місце передачі
rounds-next = Наступний крок
rounds-by-role = Це робить посадова особа з роллю: { $role }.
rounds-by-them = Цей крок за стороною: { $party }. Тут нічого робити, доки не надійде її запис.
rounds-by-node = Вузол робить це сам.
rounds-to-books = До рахунків цього раунду
rounds-agreement-link = Відкрити угоду
rounds-commit = Зафіксувати пул
rounds-nominate = Підготувати номінацію
rounds-list = Підготувати список
rounds-amend = Підготувати зміну списку
rounds-roll-link = Відбір і підстави
rounds-wills-link = Воля під час складання списку
rounds-crossing-link = Аркуш передачі
rounds-links-link = Пов’язати людей іншої сторони зі справами
rounds-drafts = Чернетки, що чекають на другу особу
rounds-draft-nominate = Номінація
rounds-draft-propose = Список або його зміна
rounds-draft-accept = Прийняття пропозиції
rounds-draft-reject = Відхилення пропозиції
rounds-draft-override = Внесення у відбір вручну
rounds-draft-withheld = Заява, що інша сторона не показала зерна
rounds-draft-mine = Ви це підготували; затверджує інша особа.
rounds-draft-waits = Вирішує затверджувач.
rounds-approve = Затвердити
rounds-dismiss = Відкинути
rounds-proposal = Запропонований список, версія { $version }
rounds-proposal-mine = Його запропонувала ваша сторона й чекає на відповідь. Доти нікого з ваших не можна передати в цьому раунді.
rounds-proposal-by = Запропонувала сторона: { $party }.
rounds-entry = Запис
rounds-flagged = { $n ->
    [one] Перегляньте { $n } позицію, перш ніж відповісти.
    [few] Перегляньте { $n } позиції, перш ніж відповісти.
   *[many] Перегляньте { $n } позицій, перш ніж відповісти.
}
rounds-not-flagged = Цей стіл нічого проти нього не знайшов.
rounds-accept = Підготувати прийняття
rounds-reject-open = Відхилити цю пропозицію
rounds-reject-ground = Чому її відхилено?
rounds-reject-button = Підготувати відхилення
rounds-reject-already-returned = У списку є хтось, хто вже вдома
rounds-reject-not-nominated = У списку є хтось, кого не номіновано
rounds-reject-check-failed = Він не випливає з оприлюдненого порядку
rounds-reject-other = Інша підстава, повідомлена в інший спосіб
flag-already-returned = уже вдома, за нашою справою
flag-not-nominated = не номіновано тим, хто утримує
flag-check-failed = не випливає з оприлюдненого порядку або нам не розкрито
rounds-sides = Обидві сторони
rounds-us = (ваша сторона)
rounds-list-in-force = Чинна версія списку: { $version }.
rounds-committed = Пул зафіксовано
rounds-revealed = Зерно розкрито
rounds-nominated = Номіновано
rounds-listed = У чинному списку
rounds-vacated = Звільнилося місць
rounds-released = Передано
rounds-received = Прийнято, за квитанціями
rounds-closed = Закрито
rounds-yes = так
rounds-no = ще ні
rounds-check-ok = Відбір іншої сторони ({ $party }) повторено тут: результат той самий.
rounds-check-faults = Відбір іншої сторони ({ $party }) повторено тут, і він не сходиться.
rounds-fault-pool = Переданий пул не такий, який допускає угода.
rounds-fault-unopened = Нам не розкрито:
rounds-fault-not-in-pool = Немає в зафіксованому пулі:
rounds-fault-left-out = Є у відборі, але не висунуто:
rounds-fault-not-on-roll = Висунуто, але немає у відборі:
rounds-fault-pool-missing = Пулу ще не передано, тож немає відбору, за яким перевіряти.
rounds-fault-no-roll = Правила цього раунду не залишають для цих пулів жодного відбору.
rounds-fault-override-unread = Сказано вручну, але змісту тут немає або він не читається.
rounds-fault-override-ceiling = Вручну внесено більше людей, ніж дозволяє угода.
rounds-fault-override-too-many = Замін уручну сказано так багато, що решту не розглядають.
rounds-fault-override-persons = Вручну: хто входить, має бути в пулі цієї сторони й не у відборі, а хто звільняє місце, має бути у відборі.
rounds-fault-override-unlawful = Вручну: обмін порушив би правило раунду (місце, категорію або групу).
rounds-fault-seeds-not-revealed = Зерна не показано, тож немає відбору, за яким перевіряти.
rounds-vacated-mine = { $n ->
    [one] Звільнилося { $n } місце вашої сторони. Воно й далі належить: зміна списку заповнює його із зафіксованих пулів за тими самими правилами.
    [few] Звільнилося { $n } місця вашої сторони. Вони й далі належать: зміна списку заповнює їх із зафіксованих пулів за тими самими правилами.
   *[many] Звільнилося { $n } місць вашої сторони. Вони й далі належать: зміна списку заповнює їх із зафіксованих пулів за тими самими правилами.
}
rounds-vacated-theirs = { $n ->
    [one] Звільнилося { $n } місце іншої сторони. Вона заповнює його власною зміною списку.
    [few] Звільнилося { $n } місця іншої сторони. Вона заповнює їх власною зміною списку.
   *[many] Звільнилося { $n } місць іншої сторони. Вона заповнює їх власною зміною списку.
}
rounds-list-too = Перевагу для версії 1 має інша сторона. Ваша сторона теж може запропонувати; тоді сторона з перевагою або пропонує, або приймає.
rounds-no-list = Чинного списку ще немає.
rounds-depart-how = Якщо хтось вибуває зі списку (не хоче йти, помер, не доставлений), відкрийте цю особу з відбору й запишіть це там.
rounds-items-of = { $n ->
    [one] { $party }: { $n } позиція цього раунду
    [few] { $party }: { $n } позиції цього раунду
   *[many] { $party }: { $n } позицій цього раунду
}
rounds-notices = Повідомлення
rounds-notice-open = Повідомити про цей раунд
rounds-notice-what = Про що повідомити?
rounds-notice-until = До якого дня (якщо відомо)
rounds-notice-until-hint = Рік-місяць-день, наприклад 2025-06-10.
rounds-notice-button = Повідомити
rounds-notice-kind-postponed = відкладено
rounds-notice-kind-resumed = триває далі
rounds-notice-kind-cancelled = скасовано
rounds-notice-said = { $party }: { $what }.
rounds-notice-until-day = { $party }: { $what }, до { $day }.
rounds-books = Рахунки цього раунду
rounds-no-account = Жодна сторона ще не провела рахунок цього раунду.
rounds-accounts = Що заявляє кожна сторона і що кажуть квитанції
rounds-from-to = { $from } → { $to }
rounds-no-differences = Числа збігаються.
rounds-differences = Числа розходяться. Вони стоять поруч, доки одна зі сторін не проведе виправлений рахунок; програма нічого не вирішує.
rounds-outside = Особи, яких ви теж рахуєте переданими, хоча вони повернулися поза обміном
rounds-outside-hint = Зазвичай 0. Інша сторона бачить підсумок; розбіжність видно обом.
rounds-close = Провести рахунок і закрити раунд
rounds-account-open = Провести виправлений рахунок
rounds-account-button = Провести рахунок
rounds-state-planned = заплановано
rounds-state-committed = фіксують пули
rounds-state-revealed = зерна розкрито
rounds-state-nominated = номіновано
rounds-state-proposed = список запропоновано
rounds-state-listed = список чинний
rounds-state-crossing = передача
rounds-state-closing = закривають
rounds-state-closed = закрито
rounds-state-void = недійсний: заявлено, що зерна не показано
rounds-item-listed = ще не запитано
rounds-item-willed-once = запитано один раз
rounds-item-willed-twice = запитано двічі
rounds-item-in-transit = у дорозі
rounds-item-received = прийнято
rounds-item-not-delivered = не доставлено
rounds-item-other-person = прибула інша особа
rounds-item-taken-back = знову утримується
rounds-item-departed = вибуло зі списку
rounds-item-dropped = більше не у списку
rounds-answer-willing = хоче йти
rounds-answer-unwilling = не хоче йти
rounds-answer-unable = не може відповісти
rounds-arrival-received = прибула
rounds-arrival-not-delivered = нікого не доставлено
rounds-arrival-other-person = прибула інша особа
rounds-ground-unwilling = не хоче йти
rounds-ground-died = помер або померла
rounds-ground-escaped = утік або втекла
rounds-ground-recovered = більше не підпадає під підставу, за якою внесено до списку
rounds-ground-already-returned = повернулася раніше, іншим шляхом
rounds-ground-not-brought = не доставлено на місце передачі
rounds-step-none = Нічого робити.
rounds-step-observe = Коли раунд закрито, запишіть, які записи має цей вузол.
rounds-step-agreement = Чинної угоди ще немає. Спершу її текст мають підписати обидві сторони.
rounds-step-cancelled = Раунд скасовано. Далі нічого, доки одна зі сторін не скаже, що він триває.
rounds-step-approve = Чернетка чекає на другу особу.
rounds-step-answer = Інша сторона запропонувала список. Перегляньте позначене, тоді підготуйте прийняття або відхилення.
rounds-step-commit = Зафіксуйте пул: до нього входять усі, хто має право. Після цього до пулу цього раунду нікого не додати.
rounds-step-round-before = Спершу треба закрити попередній раунд.
rounds-step-their-commit = Інша сторона має зафіксувати свій пул.
rounds-step-reveal = Ваше зерно буде розкрито, щойно надійдуть обидві фіксації.
rounds-step-their-reveal = Інша сторона має розкрити своє зерно.
rounds-step-their-pool = Обидва зерна показано. Пул іншої сторони ще в дорозі; відбір випливає з обох.
rounds-step-no-roll = Відбору немає: якийсь пул не такий, який допускає угода, або правила не залишають жодного. Поговоріть з іншою стороною; раунд можна закрити, а люди лишаться в пулі наступного.
rounds-step-withheld = Інша сторона не показала свого зерна в узгоджений час. Ви можете це заявити: тоді раунд недійсний для обох, а люди лишаються в пулі наступного.
rounds-step-void-close = Раунд недійсний: одна зі сторін заявила, що зерна не показано. Закрийте його, щоб міг початися наступний.
rounds-step-void = Раунд недійсний: одна зі сторін заявила, що зерна не показано. У ньому більше нічого не відбувається.
rounds-withheld = Підготувати: зерна не показано, раунд недійсний
rounds-withheld-from = Якщо зерна не буде показано, ви зможете це заявити з { $time }.
rounds-withheld-said = { $party } заявляє ({ $time }), що сторона «{ $other }» не показала зерна: через { $hours ->
    [one] { $hours } годину
    [few] { $hours } години
   *[many] { $hours } годин
} після того, як обидві зафіксували пул. Узгоджено годин: { $agreed }. (Час — такий, який кожна сторона вписала у свої підписані записи.)
rounds-withheld-by = { $party } заявляє ({ $time }), що сторона «{ $other }» не показала зерна.
rounds-withheld-early = Ця заява (її автор: { $party }) надійшла зарано: узгоджені години ще не минули. Вадна заява, а не зерно.
rounds-withheld-then = За записами раунд однаково недійсний, і скасувати це ніхто не може. Закрийте його, щоб почався наступний: люди лишаються в його пулі, з новими зернами. Якщо заява неправдива, поруште це перед іншою стороною: підписаний запис доводить, що було сказано.
rounds-pool-missing = Бракує пулу (сторона: { $party }), відколи показано обидва зерна: { $time }. Документа з тим відбитком, який ця сторона зафіксувала, тут немає. Відбиток:
rounds-pool-missing-closes = Без нього відбору не знайти. Він може ще бути в дорозі, а закритий раунд лишається закритим: тому закрити раунд через його брак можна лише з { $time }, через { $hours ->
    [one] { $hours } годину
    [few] { $hours } години
   *[many] { $hours } годин
} після зерен.
rounds-step-pool-missing = Пул не надійшов в узгоджений час, тож відбору немає. Можна чекати далі або закрити раунд: тоді люди лишаться в пулі наступного.
rounds-step-nominate = Жереб кинуто. Перегляньте відбір, тоді підготуйте номінацію.
rounds-step-their-nomination = Інша сторона має номінувати своїх.
rounds-step-their-answer = Ваша пропозиція чекає на відповідь іншої сторони.
rounds-step-list = Обидві сторони номінували, перевага за вашою стороною: підготуйте список.
rounds-step-their-list = Обидві сторони номінували; перевагу для списку має інша сторона.
rounds-step-depart = Хтось не йде. Запишіть, що ця особа вибуває зі списку, щоб місце можна було заповнити.
rounds-step-amend = Звільнилося місце вашої сторони. Підготуйте зміну списку, що його заповнить.
rounds-step-wills = Запитайте кожного у списку наодинці, чи хоче він або вона йти.
rounds-step-crossing = На місці передачі кожного запитують ще раз; хто хоче йти, того передають.
rounds-step-arrivals = Інша сторона передала людей. Запишіть, хто прибув.
rounds-step-take-back = Інша сторона заперечує прибуття. Якщо особа у вас, запишіть, що вона знову утримується.
rounds-step-their-take-back = Ви заперечили прибуття. Інша сторона має сказати, чи особа знову утримується.
rounds-step-their-amendment = Звільнилося місце іншої сторони. Вона пропонує, хто його заповнить.
rounds-step-their-release = Інша сторона ще має запитати й передати своїх людей.
rounds-step-their-receipt = Інша сторона має підтвердити, хто прибув.
rounds-step-close = Усі прибули. Проведіть рахунок і закрийте раунд.
rounds-step-their-close = Ваша сторона закрила; має закрити інша сторона.
rounds-step-differences = Раунд закрито, але рахунки розходяться. Перегляньте числа і, якщо помилилися ви, проведіть виправлений рахунок.
rounds-step-done = Раунд закрито, обидва рахунки збігаються.
rounds-column-round = Раунд
rounds-column-planned = Заплановано на
rounds-column-state = Стан
rounds-column-item = Позиція
rounds-column-will1 = Під час складання списку
rounds-column-will2 = На місці передачі
rounds-column-version = З версії
rounds-column-direction = Напрямок
rounds-column-ours = Ваш рахунок
rounds-column-other-side = Рахунок іншої сторони
rounds-column-record = Квитанції
rounds-column-draft = Чернетка
rounds-column-drafted-by = Підготував
rounds-column-drafted-at = Коли
rounds-column-decision = Рішення
rounds-column-person = Особа
rounds-column-answer = Відповідь
rounds-column-release = Передача
rounds-column-take-back = Знову утримується
rounds-column-arrival = Прибуття
rounds-column-class = Клас пріоритету
rounds-column-category = Категорія
rounds-column-site = Місце
rounds-column-held-days = Днів утримання
rounds-column-lies-in = Входить до
rounds-column-can-go = Може йти щонайбільше
rounds-column-people = Людей
rounds-column-take-back-place = Змінити
rounds-column-side = Сторона
rounds-column-put-on = Внесено
rounds-column-gave-place = Віддано місце
rounds-column-lot = Жереб
rounds-column-why = Чому
rounds-column-in-pool = У пулі
rounds-column-places = Місця
rounds-wills-title = Воля під час складання списку, раунд { $round }
rounds-wills-lead = Запитуйте кожного наодинці. Ніхто не йде проти своєї волі: без записаного «хоче йти» тут і ще раз на місці передачі нікого не можна передати. Нічого не вибрано наперед; хто не запитаний, лишається без відповіді.
rounds-wills-open = { $n ->
    [0] Усіх у списку запитано.
    [one] Ще треба запитати { $n } особу.
    [few] Ще треба запитати { $n } особи.
   *[many] Ще треба запитати { $n } осіб.
}
rounds-wills-caption = Ваші люди у списку
rounds-wills-button = Записати відповіді
rounds-crossing-title = Передача, раунд { $round }
rounds-crossing-lead = Спершу запитайте, тоді передайте, тоді запишіть, хто прибув. Кожну форму збережено цілком або ніяк.
rounds-frozen = Зміна списку від вашої сторони чекає на відповідь. Доти нікого не можна передавати.
rounds-own-title = Люди, яких ви утримуєте
rounds-own-none = Тут поки нікого. Люди з’являються на цьому аркуші, коли їх запитали під час складання списку.
rounds-own-caption = { $n ->
    [one] Запитати й передати: { $n } особа
    [few] Запитати й передати: { $n } особи
   *[many] Запитати й передати: { $n } осіб
}
rounds-handed-over = передано
rounds-release-hint = «Передано» не приймається щодо того, хто двічі не сказав, що хоче йти.
rounds-crossing-button = Записати відповіді й передачу
rounds-coming-title = Люди, що прибувають до вас
rounds-coming-none = До вас зараз ніхто не прямує.
rounds-coming-caption = { $n ->
    [one] Передано іншою стороною: { $n } особа
    [few] Передано іншою стороною: { $n } особи
   *[many] Передано іншою стороною: { $n } осіб
}
rounds-linked = пов’язано
rounds-unlinked = не пов’язано
rounds-arrival-hint = Перевіряйте особу, а не папір. «Прибула» вносить родину до списку дзвінків, якщо справу пов’язано; пов’язує реєстратор.
rounds-arrivals-button = Записати прибуття
rounds-away-title = Ще не підтверджено
rounds-away-lead = Ви записали ці передачі; інша сторона їх не підтвердила. Лише якщо особа знову у вас, запишіть це тут.
rounds-away-caption = { $n ->
    [one] Передано без квитанції: { $n } особа
    [few] Передано без квитанції: { $n } особи
   *[many] Передано без квитанції: { $n } осіб
}
rounds-held-again = знову в нас
rounds-take-back-button = Записати, що знову утримуються
rounds-roll-title = Відбір і підстави, раунд { $round }
rounds-roll-lead = Відбір обох сторін випливає з обох зафіксованих пулів, правил угоди та спільного зерна: обидва вузли знаходять той самий.
rounds-roll-open = Відкрийте особу, щоб побачити, чому вона у відборі чи ні і чого коштувало б інше рішення.
rounds-roll-of = Відбір: { $party }
rounds-roll-counts = Відібрано: { $chosen }; у пулі: { $pool }.
rounds-roll-digest = Дайджест відбору, до внесень вручну
rounds-roll-seed = Спільне зерно
rounds-roll-proved = Доведено, що жоден інший відбір не такий добрий. Сертифікат показує це кожному.
rounds-roll-best-known = Це найкращий відомий відбір. Що кращого немає, не доведено; сертифікат каже, наскільки він може відрізнятися.
rounds-roll-files = Файли для перевірки відбору, без імен
rounds-roll-files-lead = За цими файлами та спільним зерном кожен може знайти той самий відбір цією програмою або власною і порівняти дайджест:
rounds-roll-files-closed = Хтось із цього раунду для вас закритий, тому файли, у яких ця людина є, не пропонуємо: той, хто є в них і кого немає на цій сторінці, був би саме нею. За ними відбір перевіряє інша посадова особа.
rounds-roll-caption = Хто йде, за класом, тривалістю утримання й жеребом: { $party }
rounds-roll-next = { $n ->
    [one] Хто лишається: { $n } особа, і що вирішило
    [few] Хто лишається: перші { $n } особи, і що вирішило
   *[many] Хто лишається: перші { $n } осіб, і що вирішило
}
rounds-roll-groups = Місця за класами пріоритету
rounds-reason-goes = іде
rounds-reason-total = загалом пішло б менше
rounds-reason-requested = інших просили поіменно
rounds-reason-class = клас пріоритету
rounds-reason-no-way = немає місця або нікого проти них
rounds-reason-put-on = внесено вручну
rounds-reason-gave-place = місце віддано вручну
rounds-put-on = Двоє посадовців внесли цю особу у відбір вручну, на місце іншої. Далі — про відбір до цього.
rounds-gave-place = Двоє посадовців вручну віддали місце цієї особи іншій. Далі — про відбір до цього.
rounds-override-title = Внести цю особу у відбір вручну
rounds-override-lead = Вирішує другий посадовець. Інша сторона бачить, хто йде замість кого і чому; це зараховується до дозволеного угодою числа і стоїть у звіті про справедливість.
rounds-override-stays = На чиє місце?
rounds-override-ground = На якій підставі?
rounds-override-ground-medical = Медична невідкладність
rounds-override-ground-family = Смерть або тяжка хвороба в родині
rounds-override-ground-safety = Небезпека там, де утримують особу
rounds-override-ground-court = Рішення суду або помилування
rounds-override-ground-other = Інша підстава
rounds-override-says = Пояснення в кількох реченнях
rounds-override-says-hint = Це прочитає інша сторона. Не пишіть ні імені, ні діагнозу.
rounds-override-button = Підготувати для другого посадовця
rounds-hand-caption = Внесено у відбір вручну (угода дозволяє кожній стороні { $n })
rounds-pool-link = Пули: хто де, за класами
rounds-what-if-link = Що, якби: ще одне місце, інший клас
rounds-fairness-link = Звіт про справедливість
rounds-what-if-title = Що, якби: раунд { $round }
rounds-what-if-lead = Відбір повторюється з тими самими людьми, тим самим зерном і тим, про що ви питаєте. Запитання нічого не змінює.
rounds-what-if-places = { $place }: місць { $n } ({ $more }).
rounds-what-if-class = { $name } у класі { $class }.
rounds-what-if-conflict = { $n ->
    [one] Відбору не було б: { $n } місце, якого вимагають правила, лишилося б порожнім.
    [few] Відбору не було б: { $n } місця, яких вимагають правила, лишилися б порожніми.
   *[many] Відбору не було б: { $n } місць, яких вимагають правила, лишилося б порожніми.
}
rounds-what-if-no-roll = Не було б відбору, який дотримує всіх правил.
rounds-what-if-nothing = Нічого б не змінилося.
rounds-what-if-comes = { $n ->
    [one] Увійшла б { $n } особа:
    [few] Увійшли б { $n } особи:
   *[many] Увійшло б { $n } осіб:
}
rounds-what-if-stays = { $n ->
    [one] Натомість лишилася б { $n } особа:
    [few] Натомість лишилися б { $n } особи:
   *[many] Натомість лишилося б { $n } осіб:
}
rounds-what-if-cap = З іншою кількістю місць:
rounds-what-if-more = На скільки більше
rounds-what-if-more-hint = 1 — на одне місце більше, -1 — на одне менше. Порожньо: як є.
rounds-what-if-person = Із цією особою в іншому класі
rounds-what-if-person-hint = Початок коду, як у відборі, або прізвища. Виберіть також клас.
rounds-what-if-class-label = Клас тоді
rounds-what-if-button = Запитати
rounds-class-no = Клас { $class }
rounds-class-group = медична група { $group }
rounds-class-legend = Клас пріоритету — це медична група й категорія, у порядку, який дає угода; менший номер іде раніше. Медичні групи: 1 — пряма репатріація, 2 — розміщення в нейтральній країні, 3 — на розгляд лікарської комісії, 4 — підстави не записано.
rounds-roll-before-hand = У цей відбір людей внесено вручну. Рядки нижче показують відбір разом із ними: позначено, кого внесено і хто віддав місце. Дайджест, доказ, місця за класами й файли стосуються відбору до цього.
rounds-roll-files-before-hand = Вони дають відбір до внесень вручну; заміни — у таблиці на цій сторінці.
rounds-what-if-before-hand = У відбір цього раунду людей внесено вручну. Тут порівнюється без цього: відбір, який дають самі правила.
rounds-what-if-whole-round = Увесь раунд, { $party }
rounds-what-if-no-cap = Виберіть, де має бути більше чи менше місць.
rounds-what-if-no-more = Напишіть, на скільки місць більше, як-от 1 чи -1; не менше, ніж їх є.
rounds-what-if-no-class = Виберіть клас, який мала б ця особа.
rounds-what-if-no-person = Напишіть, чий це клас: у двох пулах нікого такого немає.
rounds-what-if-persons = Підходить людей: { $n }. Напишіть більше з коду: { $people }
rounds-neutral = Цей вузол належить нейтральній стороні. У ньому підписані записи обох сторін: хто який дайджест зафіксував, хто показав зерно, кого висунуто (за кодом), що узгоджено, передано й отримано, і коли. Пулів та імен йому не дають; тож він не може сказати, хто де, повторити відбір чи судити, чи той правильний. Якщо сторони дадуть йому файли відбору, це покаже «homeward select check».
rounds-pool-absent-not-committed = Ще не зафіксовано.
rounds-pool-absent-neutral = Зафіксовано. Сам пул нейтральній стороні не дають.
rounds-pool-absent-with-seed = Зафіксовано, змінити його вже не можна. Сам пул надійде сюди разом із зерном тієї сторони, коли зафіксують обидві.
rounds-pool-absent-missing = Зафіксовано, обидва зерна показано; але пулу тут немає. Відколи — каже сторінка раунду.
rounds-pool-absent-unreadable = Зафіксовано, і він тут є; але прочитати його як пул не можна. З нього нічого не випливає, а змінити зафіксоване вже не можна.
rounds-place-nobody = Тут не утримують нікого, хто міг би їхати, і жодне інше місце в ньому не лежить. Чи написано його так, як у справах?
rounds-commit-undeclared = Місць не оголошено: поки що кожен міг би їхати звідусіль, у межах місць раунду.
rounds-commit-look = Спершу перегляньте пул, оголосіть, звідки скільки людей може їхати, і зафіксуйте його там.
rounds-column-account-of = Рахунок: { $party }
refusal-neutral-pools = Нейтральній стороні пулів не дають, тож на її вузлі відбору не знайти. Попросіть у сторони файли відбору й перевірте їх командою «homeward select check».
rounds-pool-title = Пули, раунд { $round }
rounds-pool-lead = Хто міг би йти, за місцем і класом пріоритету. { $n ->
    [one] Раунд має { $n } місце на кожній стороні;
    [few] Раунд має { $n } місця на кожній стороні;
   *[many] Раунд має { $n } місць на кожній стороні;
} скільки людей може йти звідки, кожна сторона оголошує разом із пулом.
rounds-pool-committed = { $n ->
    [one] Зафіксовано: { $n } особа.
    [few] Зафіксовано: { $n } особи.
   *[many] Зафіксовано: { $n } осіб.
} У ньому вже нічого не можна змінити.
rounds-pool-now = { $n ->
    [one] Ще не зафіксовано. Сьогодні це була б { $n } особа:
    [few] Ще не зафіксовано. Сьогодні це були б { $n } особи:
   *[many] Ще не зафіксовано. Сьогодні це було б { $n } осіб:
} усі утримувані, хто належить до категорії раунду й може йти.
rounds-pool-none = У цьому раунді ніхто не міг би йти.
rounds-asked = просили поіменно
rounds-asked-yes = так, інша сторона
rounds-pool-asked = Інша сторона просила поіменно: { $n }.
rounds-place-other = інші місця (-)
rounds-pool-not-declared = Ці місця стоять у справах, але не заявлені. Хто там, належить до інших місць, і інша сторона назв цих місць не бачить:
rounds-pool-caption = Хто де: { $party }
rounds-place-round = Сам раунд
rounds-place-title = Оголосити, скільки людей може йти звідки
rounds-place-name = Місце: місце утримання, транспорт або пункт передачі
rounds-place-name-hint = Місце утримання пишеться так, як у справах.
rounds-place-within = Воно входить до
rounds-place-within-hint = Хто йде звідси, займає місце й там. Оголошуйте транспорт раніше за його місця.
rounds-place-at-most = Щонайбільше стільки людей
rounds-place-at-most-hint = Порожньо: без власного числа.
rounds-place-button = Оголосити
rounds-place-take-back = Відкликати
rounds-evidence = Клас випливає з огляду від
rounds-held-days = Утримується на день раунду
rounds-days = { $n ->
    [one] { $n } день
    [few] { $n } дні
   *[many] { $n } днів
}
rounds-site = Місце утримання
rounds-reason-why = Чому
rounds-reason-time-held = інші утримуються довше
rounds-reason-lot = жереб
rounds-reason-chance = розіграш за шансами
rounds-reason-not-in-pool = Особи немає в зафіксованому пулі цього раунду, тож відбір її не бачив.
rounds-reason-title = Аркуш підстав, раунд { $round }
rounds-reason-in = Ця особа у відборі цього раунду.
rounds-reason-out = Цієї особи немає у відборі цього раунду.
rounds-lot-own = Власний жереб
rounds-change-vacated = Звільнене місце заповнюється з тих самих пулів за тими самими правилами, без нового зерна.
rounds-order-published = Правила — це правила угоди. Жодна сторона не могла вплинути на жереб: обидві зафіксували свої пули й зерна, перш ніж стало відоме хоч одне зерно.
rounds-depart-title = Вибуває зі списку
rounds-depart-ground = З якої підстави?
rounds-depart-hint = Місце й далі належить і заповнюється наступною особою за тим самим порядком. У цьому раунді цього не скасувати.
rounds-depart-button = Записати, що особа вибуває зі списку
refusal-draft-waits = Така сама чернетка вже чекає на другу особу.
refusal-only-neutral = Спостерігає лише нейтральний посередник; сторона пише власні записи.
refusal-record-forked = Один автор підписав два записи під одним номером; запис заморожено:
refusal-record-neutral = Нейтральний посередник спостерігає; він не діє за сторону.
refusal-record-again = Ваша сторона вже зробила це в раунді
refusal-record-void = Одна зі сторін заявила, що інша не розкрила зерно; більше нікого не призначають і не вносять до списку в раунді
refusal-record-too-early = Спершу обидві сторони мають зробити попередній крок, раунд
refusal-record-not-open = На це вже не можна відповісти, і цього не відкликати:
refusal-record-priority-proposed = Ваша сторона має перевагу й сама запропонувала цю версію; іншу прийняти не можна. Версія
refusal-record-own-proposal-open = Ваша власна пропозиція ще чекає на відповідь:
refusal-record-version = Наступною є інша версія списку:
refusal-record-not-nominated = Цю позицію не номінував той, хто утримує:
refusal-record-drops-others = Цю позицію утримує інша сторона, і її місце не звільнене:
refusal-record-drops-released = Цю позицію вже передано, і її не можна прибрати зі списку:
refusal-record-not-listed = Цієї позиції немає в чинному списку серед утримуваних вашою стороною:
refusal-record-frozen = Ваша зміна списку чекає на відповідь; доти нікого не передають. Пропозиція
refusal-record-released = Цю позицію вже передано:
refusal-record-slot-elsewhere = Хтось із названих уже має місце в раунді, якого сторона, що утримує, не закрила:
refusal-record-other-holder = Цю позицію в іншому місці записано за іншою стороною:
refusal-record-no-consent = Ніхто не йде, не сказавши двічі, що хоче йти. Не сказано щодо:
refusal-record-not-asked = Цю особу не запитали під час складання списку:
refusal-record-settled = Цю передачу вже підтверджено, заперечено або скасовано:
refusal-record-departed = Ця особа вибула зі списку:
refusal-record-in-transit = Раунд закривають лише тоді, коли нікого немає в дорозі. Ще в дорозі:
refusal-record-proposal-open = Раунд закривають лише тоді, коли жодна пропозиція не чекає. Чекає:
refusal-record-closed = Раунд уже закрила сторона
