# Раунды: шаги, листы, отбор, основания и то, чего общая запись не допускает.

rounds-title = Раунды
rounds-lead = У каждого раунда свои пулы, жребий, список и счета. Откройте раунд, чтобы увидеть, на чём он стоит и что дальше.
rounds-none = Раундов пока нет. Они следуют из соглашения, как только его подпишут обе стороны.
rounds-caption = Раунды соглашения
rounds-observe-title = Наблюдение
rounds-observe-hint = Записывает в ваш журнал, какие записи каждого журнала есть у этого узла. Делайте это после каждого раунда: позже будет видно, кто что к тому времени сказал.
rounds-observe = Записать наблюдение
rounds-stands = На чём стоит
rounds-planned = Запланировано на
rounds-categories = Категории
rounds-places = Мест с каждой стороны
rounds-crossing-place = Место передачи
rounds-next = Следующий шаг
rounds-by-role = Это делает должностное лицо с ролью: { $role }.
rounds-by-them = Этот шаг за стороной: { $party }. Здесь делать нечего, пока не поступит её запись.
rounds-by-node = Узел делает это сам.
rounds-to-books = К счетам этого раунда
rounds-agreement-link = Открыть соглашение
rounds-commit = Зафиксировать пул
rounds-nominate = Подготовить номинацию
rounds-list = Подготовить список
rounds-amend = Подготовить изменение списка
rounds-roll-link = Отбор и основания
rounds-wills-link = Воля при составлении списка
rounds-crossing-link = Лист передачи
rounds-links-link = Связать людей другой стороны с делами
rounds-drafts = Черновики, ожидающие второго лица
rounds-draft-nominate = Номинация
rounds-draft-propose = Список или его изменение
rounds-draft-accept = Принятие предложения
rounds-draft-reject = Отклонение предложения
rounds-draft-override = Внесение в отбор вручную
rounds-draft-withheld = Заявление, что другая сторона не показала зерно
rounds-draft-mine = Вы это подготовили; утверждает другое лицо.
rounds-draft-waits = Решает утверждающий.
rounds-approve = Утвердить
rounds-dismiss = Отклонить
rounds-proposal = Предложенный список, версия { $version }
rounds-proposal-mine = Его предложила ваша сторона и ждёт ответа. До этого никого из ваших нельзя передать в этом раунде.
rounds-proposal-by = Предложила сторона: { $party }.
rounds-proposal-items = Ваша сторона: { $mine }; другая сторона: { $theirs }.
rounds-entry = Запись
rounds-flagged = { $n ->
    [one] Посмотрите { $n } позицию, прежде чем отвечать.
    [few] Посмотрите { $n } позиции, прежде чем отвечать.
   *[many] Посмотрите { $n } позиций, прежде чем отвечать.
}
rounds-not-flagged = Этот стол ничего против него не нашёл.
rounds-accept = Подготовить принятие
rounds-reject-open = Отклонить это предложение
rounds-reject-ground = Почему оно отклонено?
rounds-reject-button = Подготовить отклонение
rounds-reject-already-returned = В списке есть тот, кто уже дома
rounds-reject-not-nominated = В списке есть тот, кто не номинирован
rounds-reject-check-failed = Он не следует из опубликованного порядка
rounds-reject-other = Другое основание, сообщённое иным способом
flag-already-returned = уже дома, по нашему делу
flag-not-nominated = не номинировано удерживающим
flag-check-failed = не следует из опубликованного порядка или нам не раскрыто
rounds-sides = Обе стороны
rounds-us = (ваша сторона)
rounds-list-in-force = Действует версия списка: { $version }. Ваша сторона: { $mine }; другая сторона: { $theirs }.
rounds-committed = Пул зафиксирован
rounds-revealed = Зерно раскрыто
rounds-nominated = Номинировано
rounds-listed = В действующем списке
rounds-vacated = Освободилось мест
rounds-released = Передано
rounds-received = Принято, по квитанциям
rounds-closed = Закрыто
rounds-yes = да
rounds-no = ещё нет
rounds-check-ok = Отбор другой стороны ({ $party }) повторён здесь: результат тот же.
rounds-check-faults = Отбор другой стороны ({ $party }) повторён здесь, и он не сходится.
rounds-fault-pool = Переданный пул не такой, какой допускает соглашение.
rounds-fault-unopened = Нам не раскрыто:
rounds-fault-not-in-pool = Нет в зафиксированном пуле:
rounds-fault-left-out = Есть в отборе, но не выдвинуто:
rounds-fault-not-on-roll = Выдвинуто, но нет в отборе:
rounds-fault-pool-missing = Пул ещё не передан, поэтому нет отбора, по которому проверять.
rounds-fault-no-roll = Правила этого раунда не оставляют для этих пулов никакого отбора.
rounds-fault-override-unread = Сказано вручную, но содержания здесь нет или оно не читается.
rounds-fault-override-ceiling = Вручную внесено больше людей, чем разрешает соглашение.
rounds-fault-override-persons = Вручную: кто входит, должен быть в пуле этой стороны и не в отборе, а кто освобождает место, должен быть в отборе.
rounds-fault-override-unlawful = Вручную: обмен нарушил бы правило раунда (место, категорию или группу).
rounds-fault-seeds-not-revealed = Зерно не показано, поэтому нет отбора, по которому проверять.
rounds-vacated-mine = { $n ->
    [one] Освободилось { $n } место вашей стороны. Оно остаётся должным: изменение списка заполняет его из зафиксированных пулов по тем же правилам.
    [few] Освободились { $n } места вашей стороны. Они остаются должными: изменение списка заполняет их из зафиксированных пулов по тем же правилам.
   *[many] Освободилось { $n } мест вашей стороны. Они остаются должными: изменение списка заполняет их из зафиксированных пулов по тем же правилам.
}
rounds-vacated-theirs = { $n ->
    [one] Освободилось { $n } место другой стороны. Она заполняет его собственным изменением списка.
    [few] Освободилось { $n } места другой стороны. Она заполняет их собственным изменением списка.
   *[many] Освободилось { $n } мест другой стороны. Она заполняет их собственным изменением списка.
}
rounds-list-too = Преимущество для версии 1 у другой стороны. Ваша сторона тоже может предложить; тогда сторона с преимуществом либо предлагает, либо принимает.
rounds-no-list = Действующего списка пока нет.
rounds-depart-how = Если кто-то выбывает из списка (не хочет идти, умер, не доставлен), откройте это лицо из отбора и запишите это там.
rounds-items-of = { $n ->
    [one] { $party }: { $n } позиция этого раунда
    [few] { $party }: { $n } позиции этого раунда
   *[many] { $party }: { $n } позиций этого раунда
}
rounds-notices = Уведомления
rounds-notice-open = Уведомить об этом раунде
rounds-notice-what = О чём уведомить?
rounds-notice-until = До какого дня (если известно)
rounds-notice-until-hint = Год-месяц-день, например 2025-06-10.
rounds-notice-button = Уведомить
rounds-notice-kind-postponed = отложено
rounds-notice-kind-resumed = продолжается
rounds-notice-kind-cancelled = отменено
rounds-notice-said = { $party }: { $what }.
rounds-notice-until-day = { $party }: { $what }, до { $day }.
rounds-books = Счета этого раунда
rounds-no-account = Ни одна сторона ещё не провела счёт этого раунда.
rounds-accounts = Что заявляет каждая сторона и что говорят квитанции
rounds-from-to = { $from } → { $to }
rounds-no-differences = Числа совпадают.
rounds-differences = Числа расходятся. Они стоят рядом, пока одна из сторон не проведёт исправленный счёт; программа ничего не решает.
rounds-outside = Лица, которых вы тоже считаете переданными, хотя они вернулись вне обмена
rounds-outside-hint = Обычно 0. Другая сторона видит итог; расхождение видно обеим.
rounds-close = Провести счёт и закрыть раунд
rounds-account-open = Провести исправленный счёт
rounds-account-button = Провести счёт
rounds-state-planned = запланирован
rounds-state-committed = фиксируются пулы
rounds-state-revealed = зёрна раскрыты
rounds-state-nominated = номинированы
rounds-state-proposed = список предложен
rounds-state-listed = список действует
rounds-state-crossing = передача
rounds-state-closing = закрывается
rounds-state-closed = закрыт
rounds-state-void = недействителен: зерно не показано
rounds-item-listed = ещё не спрошен
rounds-item-willed-once = спрошен один раз
rounds-item-willed-twice = спрошен дважды
rounds-item-in-transit = в пути
rounds-item-received = принят
rounds-item-not-delivered = не доставлен
rounds-item-other-person = прибыл другой человек
rounds-item-taken-back = снова удерживается
rounds-item-departed = выбыл из списка
rounds-item-dropped = больше не в списке
rounds-answer-willing = хочет идти
rounds-answer-unwilling = не хочет идти
rounds-answer-unable = не может ответить
rounds-arrival-received = прибыл
rounds-arrival-not-delivered = никого не доставили
rounds-arrival-other-person = прибыл другой человек
rounds-ground-unwilling = не хочет идти
rounds-ground-died = умер или умерла
rounds-ground-escaped = бежал или бежала
rounds-ground-recovered = больше не подпадает под основание, по которому внесён в список
rounds-ground-already-returned = вернулся раньше, иным путём
rounds-ground-not-brought = не доставлен на место передачи
rounds-step-none = Делать нечего.
rounds-step-observe = Когда раунд закрыт, запишите, какие записи есть у этого узла.
rounds-step-agreement = Действующего соглашения ещё нет. Сначала его текст должны подписать обе стороны.
rounds-step-cancelled = Раунд отменён. Далее ничего, пока одна из сторон не скажет, что он продолжается.
rounds-step-approve = Черновик ждёт второго лица.
rounds-step-answer = Другая сторона предложила список. Посмотрите отмеченное, затем подготовьте принятие или отклонение.
rounds-step-commit = Зафиксируйте пул: в него входят все, кто имеет право. После этого в пул этого раунда никого не добавить.
rounds-step-round-before = Сначала нужно закрыть предыдущий раунд.
rounds-step-their-commit = Другая сторона должна зафиксировать свой пул.
rounds-step-reveal = Ваше зерно будет раскрыто, как только поступят обе фиксации.
rounds-step-their-reveal = Другая сторона должна раскрыть своё зерно.
rounds-step-their-pool = Оба зерна показаны. Пул другой стороны ещё в пути; отбор следует из обоих.
rounds-step-no-roll = Отбора нет: какой-то пул не такой, какой допускает соглашение, или правила не оставляют никакого. Поговорите с другой стороной; раунд можно закрыть, а люди останутся в пуле следующего.
rounds-step-withheld = Другая сторона не показала своего зерна в согласованное время. Вы можете это заявить: тогда раунд недействителен для обеих, а люди остаются в пуле следующего.
rounds-step-void-close = Раунд недействителен: зерно не показано. Закройте его, чтобы мог начаться следующий.
rounds-step-void = Раунд недействителен: зерно не показано. В нём больше ничего не происходит.
rounds-withheld = Подготовить: зерно не показано, раунд недействителен
rounds-withheld-from = Если зерно не будет показано, вы сможете это заявить с { $time }.
rounds-step-nominate = Жребий брошен. Посмотрите отбор, затем подготовьте номинацию.
rounds-step-their-nomination = Другая сторона должна номинировать своих.
rounds-step-their-answer = Ваше предложение ждёт ответа другой стороны.
rounds-step-list = Обе стороны номинировали, преимущество за вашей стороной: подготовьте список.
rounds-step-their-list = Обе стороны номинировали; преимущество для списка у другой стороны.
rounds-step-depart = Кто-то не идёт. Запишите, что это лицо выбывает из списка, чтобы место можно было заполнить.
rounds-step-amend = Освободилось место вашей стороны. Подготовьте изменение списка, которое его заполнит.
rounds-step-wills = Спросите каждого в списке наедине, хочет ли он или она идти.
rounds-step-crossing = На месте передачи каждого спрашивают ещё раз; кто хочет идти, того передают.
rounds-step-arrivals = Другая сторона передала людей. Запишите, кто прибыл.
rounds-step-take-back = Другая сторона отрицает прибытие. Если человек у вас, запишите, что он снова удерживается.
rounds-step-their-take-back = Вы отрицали прибытие. Другая сторона должна сказать, удерживается ли лицо снова.
rounds-step-their-amendment = Освободилось место другой стороны. Она предлагает, кто его заполнит.
rounds-step-their-release = Другая сторона ещё должна спросить и передать своих людей.
rounds-step-their-receipt = Другая сторона должна подтвердить, кто прибыл.
rounds-step-close = Все прибыли. Проведите счёт и закройте раунд.
rounds-step-their-close = Ваша сторона закрыла; должна закрыть другая сторона.
rounds-step-differences = Раунд закрыт, но счета расходятся. Посмотрите числа и, если ошиблись вы, проведите исправленный счёт.
rounds-step-done = Раунд закрыт, оба счёта совпадают.
rounds-column-round = Раунд
rounds-column-planned = Запланировано на
rounds-column-state = Состояние
rounds-column-item = Позиция
rounds-column-will1 = При составлении списка
rounds-column-will2 = На месте передачи
rounds-column-version = С версии
rounds-column-direction = Направление
rounds-column-ours = Ваш счёт
rounds-column-other-side = Счёт другой стороны
rounds-column-record = Квитанции
rounds-column-draft = Черновик
rounds-column-drafted-by = Подготовил
rounds-column-drafted-at = Когда
rounds-column-decision = Решение
rounds-column-person = Лицо
rounds-column-answer = Ответ
rounds-column-release = Передача
rounds-column-take-back = Снова удерживается
rounds-column-arrival = Прибытие
rounds-column-class = Класс приоритета
rounds-column-category = Категория
rounds-column-site = Место
rounds-column-held-days = Дней удержания
rounds-column-lies-in = Входит в
rounds-column-can-go = Может идти не более
rounds-column-people = Людей
rounds-column-take-back-place = Изменить
rounds-column-side = Сторона
rounds-column-put-on = Внесено
rounds-column-gave-place = Отдано место
rounds-column-lot = Жребий
rounds-column-why = Почему
rounds-column-in-pool = В пуле
rounds-column-places = Места
rounds-wills-title = Воля при составлении списка, раунд { $round }
rounds-wills-lead = Спрашивайте каждого наедине. Никто не идёт против своей воли: без записанного «хочет идти» здесь и ещё раз на месте передачи никого нельзя передать. Ничего не выбрано заранее; кто не спрошен, остаётся без ответа.
rounds-wills-open = { $n ->
    [0] Все в списке спрошены.
    [one] Ещё не спрошен { $n } человек.
    [few] Ещё не спрошены { $n } человека.
   *[many] Ещё не спрошены { $n } человек.
}
rounds-wills-caption = Ваши люди в списке
rounds-wills-button = Записать ответы
rounds-crossing-title = Передача, раунд { $round }
rounds-crossing-lead = Сначала спросите, затем передайте, затем запишите, кто прибыл. Каждая форма сохраняется целиком или никак.
rounds-frozen = Изменение списка от вашей стороны ждёт ответа. До этого никого нельзя передавать.
rounds-own-title = Люди, которых вы удерживаете
rounds-own-none = Здесь пока никого. Люди появляются на этом листе, когда их спросили при составлении списка.
rounds-own-caption = { $n ->
    [one] Спросить и передать: { $n } человек
    [few] Спросить и передать: { $n } человека
   *[many] Спросить и передать: { $n } человек
}
rounds-handed-over = передан
rounds-release-hint = «Передан» не принимается для того, кто дважды не сказал, что хочет идти.
rounds-crossing-button = Записать ответы и передачу
rounds-coming-title = Люди, прибывающие к вам
rounds-coming-none = К вам сейчас никто не направляется.
rounds-coming-caption = { $n ->
    [one] Передано другой стороной: { $n } человек
    [few] Передано другой стороной: { $n } человека
   *[many] Передано другой стороной: { $n } человек
}
rounds-linked = связано
rounds-unlinked = не связано
rounds-arrival-hint = Проверяйте лицо, а не бумагу. «Прибыл» вносит семью в список звонков, если дело связано; связывает регистратор.
rounds-arrivals-button = Записать прибытие
rounds-away-title = Ещё не подтверждено
rounds-away-lead = Вы записали эти передачи; другая сторона их не подтвердила. Только если лицо снова у вас, запишите это здесь.
rounds-away-caption = { $n ->
    [one] Передано без квитанции: { $n } человек
    [few] Передано без квитанции: { $n } человека
   *[many] Передано без квитанции: { $n } человек
}
rounds-held-again = снова у нас
rounds-take-back-button = Записать, что снова удерживаются
rounds-roll-title = Отбор и основания, раунд { $round }
rounds-roll-lead = Отбор обеих сторон следует из обоих зафиксированных пулов, правил соглашения и общего зерна: оба узла находят один и тот же. Откройте человека, чтобы увидеть, почему он в отборе или нет и чего стоило бы другое решение.
rounds-roll-of = Отбор: { $party }
rounds-roll-counts = Отобрано: { $chosen }; в пуле: { $pool }.
rounds-roll-digest = Дайджест отбора, до внесений вручную
rounds-roll-seed = Общее зерно
rounds-roll-proved = Доказано, что никакой другой отбор не так хорош. Сертификат показывает это каждому.
rounds-roll-best-known = Это лучший известный отбор. Что лучшего нет, не доказано; сертификат говорит, насколько он может отличаться.
rounds-roll-files = Файлы для проверки отбора, без имён
rounds-roll-files-lead = По этим файлам и общему зерну каждый может найти тот же отбор этой программой или собственной и сравнить дайджест:
rounds-roll-caption = Кто идёт, по классу, сроку удержания и жребию: { $party }
rounds-roll-next = { $n ->
    [one] Кто остаётся: { $n } человек, и что решило
    [few] Кто остаётся: первые { $n } человека, и что решило
   *[many] Кто остаётся: первые { $n } человек, и что решило
}
rounds-roll-groups = Места по классам приоритета
rounds-reason-goes = идёт
rounds-reason-total = всего пошло бы меньше
rounds-reason-requested = других просили поимённо
rounds-reason-class = класс приоритета
rounds-reason-no-way = нет места или никого против них
rounds-reason-put-on = внесено вручную
rounds-reason-gave-place = место отдано вручную
rounds-put-on = Двое должностных лиц внесли этого человека в отбор вручную, на место другого. Далее — об отборе до этого.
rounds-gave-place = Двое должностных лиц вручную отдали место этого человека другому. Далее — об отборе до этого.
rounds-override-title = Внести это лицо в отбор вручную
rounds-override-lead = Решает второе должностное лицо. Другая сторона видит, кто идёт вместо кого и почему; это засчитывается в число, разрешённое соглашением, и стоит в отчёте о справедливости.
rounds-override-stays = На чьё место?
rounds-override-ground = На каком основании?
rounds-override-ground-medical = Медицинская срочность
rounds-override-ground-family = Смерть или тяжёлая болезнь в семье
rounds-override-ground-safety = Опасность там, где содержат лицо
rounds-override-ground-court = Решение суда или помилование
rounds-override-ground-other = Другое основание
rounds-override-says = Пояснение в нескольких предложениях
rounds-override-says-hint = Это прочтёт другая сторона. Не пишите ни имени, ни диагноза.
rounds-override-button = Подготовить для второго должностного лица
rounds-hand-caption = Внесено в отбор вручную (соглашение разрешает каждой стороне { $n })
rounds-pool-link = Пулы: кто где, по классам
rounds-what-if-link = Что, если бы: ещё одно место, другой класс
rounds-fairness-link = Отчёт о справедливости
rounds-what-if-title = Что, если бы: раунд { $round }
rounds-what-if-lead = Отбор повторяется с теми же людьми, тем же зерном и тем, о чём вы спрашиваете. Вопрос ничего не меняет.
rounds-what-if-places = { $place }: мест { $n } (сейчас плюс { $more }).
rounds-what-if-class = { $name } в классе { $class }.
rounds-what-if-conflict = { $n ->
    [one] Отбора не было бы: { $n } место, которого требуют правила, осталось бы пустым.
    [few] Отбора не было бы: { $n } места, которых требуют правила, остались бы пустыми.
   *[many] Отбора не было бы: { $n } мест, которых требуют правила, осталось бы пустыми.
}
rounds-what-if-no-roll = Не было бы отбора, который соблюдает все правила.
rounds-what-if-nothing = Ничего бы не изменилось.
rounds-what-if-comes = { $n ->
    [one] Вошёл бы { $n } человек:
    [few] Вошли бы { $n } человека:
   *[many] Вошли бы { $n } человек:
}
rounds-what-if-stays = { $n ->
    [one] Вместо них остался бы { $n } человек:
    [few] Вместо них остались бы { $n } человека:
   *[many] Вместо них остались бы { $n } человек:
}
rounds-what-if-cap = С другим числом мест:
rounds-what-if-more = На сколько больше
rounds-what-if-more-hint = 1 — на одно место больше, -1 — на одно меньше. Пусто: как есть.
rounds-what-if-person = С этим лицом в другом классе
rounds-what-if-person-hint = Число за именем — нынешний класс.
rounds-what-if-class-label = Класс тогда; 1 идёт первым
rounds-what-if-button = Спросить
rounds-class-no = Класс { $class }
rounds-pool-title = Пулы, раунд { $round }
rounds-pool-lead = Кто мог бы идти, по месту и классу приоритета. { $n ->
    [one] В раунде { $n } место на каждой стороне;
    [few] В раунде { $n } места на каждой стороне;
   *[many] В раунде { $n } мест на каждой стороне;
} сколько людей может идти откуда, каждая сторона объявляет вместе с пулом.
rounds-pool-committed = { $n ->
    [one] Зафиксировано: { $n } человек.
    [few] Зафиксировано: { $n } человека.
   *[many] Зафиксировано: { $n } человек.
} В нём уже ничего нельзя изменить.
rounds-pool-now = { $n ->
    [one] Ещё не зафиксировано. Сегодня это был бы { $n } человек:
    [few] Ещё не зафиксировано. Сегодня это были бы { $n } человека:
   *[many] Ещё не зафиксировано. Сегодня это было бы { $n } человек:
} все удерживаемые, кто относится к категории раунда и может идти.
rounds-pool-none = В этом раунде никто не мог бы идти.
rounds-asked = просили поимённо
rounds-asked-yes = да, другая сторона
rounds-pool-asked = Другая сторона просила поимённо: { $n }.
rounds-place-other = другие места (-)
rounds-pool-not-declared = Эти места стоят в делах, но не заявлены. Кто там, относится к другим местам, и другая сторона названий этих мест не видит:
rounds-pool-caption = Кто где: { $party }
rounds-place-round = Сам раунд
rounds-place-title = Объявить, сколько людей может идти откуда
rounds-place-name = Место: место содержания, транспорт или пункт передачи
rounds-place-name-hint = Место содержания пишется так, как в делах.
rounds-place-within = Оно входит в
rounds-place-within-hint = Кто идёт отсюда, занимает место и там. Объявляйте транспорт раньше его мест.
rounds-place-at-most = Не более стольких людей
rounds-place-at-most-hint = Пусто: без собственного числа.
rounds-place-button = Объявить
rounds-place-take-back = Отозвать
rounds-evidence = Класс следует из осмотра от
rounds-held-days = Удерживается на день раунда
rounds-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
   *[many] { $n } дней
}
rounds-site = Место содержания
rounds-reason-why = Почему
rounds-reason-time-held = другие удерживаются дольше
rounds-reason-lot = жребий
rounds-reason-chance = розыгрыш по шансам
rounds-reason-not-in-pool = Лица нет в зафиксированном пуле этого раунда, поэтому отбор его не видел.
rounds-reason-title = Лист оснований, раунд { $round }
rounds-reason-in = Этот человек в отборе этого раунда.
rounds-reason-out = Этого человека нет в отборе этого раунда.
rounds-lot-own = Собственный жребий
rounds-change-vacated = Освободившееся место заполняется из тех же пулов по тем же правилам, без нового зерна.
rounds-order-published = Правила — это правила соглашения. Ни одна сторона не могла повлиять на жребий: обе зафиксировали свои пулы и зёрна, прежде чем стало известно хоть одно зерно.
rounds-depart-title = Выбывает из списка
rounds-depart-ground = По какому основанию?
rounds-depart-hint = Место остаётся должным и заполняется следующим по тому же порядку. В этом раунде этого не отменить.
rounds-depart-button = Записать, что лицо выбывает из списка
refusal-draft-waits = Такой же черновик уже ждёт второго лица.
refusal-only-neutral = Наблюдает только нейтральный посредник; сторона пишет собственные записи.
refusal-record-forked = Один автор подписал две записи под одним номером; запись заморожена:
refusal-record-neutral = Нейтральный посредник наблюдает; он не действует за сторону.
refusal-record-again = Ваша сторона уже сделала это в раунде
refusal-record-void = Одна из сторон заявила, что другая не раскрыла зерно; больше никого не назначают и не вносят в список в раунде
refusal-record-too-early = Сначала обе стороны должны сделать предыдущий шаг, раунд
refusal-record-not-open = На это уже нельзя ответить, и этого не отозвать:
refusal-record-priority-proposed = Ваша сторона имеет преимущество и сама предложила эту версию; другую принять нельзя. Версия
refusal-record-own-proposal-open = Ваше собственное предложение ещё ждёт ответа:
refusal-record-version = Следующей идёт другая версия списка:
refusal-record-not-nominated = Эту позицию не номинировал удерживающий:
refusal-record-drops-others = Эту позицию удерживает другая сторона, и её место не освобождено:
refusal-record-drops-released = Эта позиция уже передана, и её нельзя убрать из списка:
refusal-record-not-listed = Этой позиции нет в действующем списке среди удерживаемых вашей стороной:
refusal-record-frozen = Ваше изменение списка ждёт ответа; до этого никого не передают. Предложение
refusal-record-released = Эта позиция уже передана:
refusal-record-slot-elsewhere = Кто-то из названных уже занимает место в раунде, который держащая сторона не закрыла:
refusal-record-other-holder = Эта позиция в другом месте записана за другой стороной:
refusal-record-no-consent = Никто не идёт, не сказав дважды, что хочет идти. Не сказано для:
refusal-record-not-asked = Это лицо не спросили при составлении списка:
refusal-record-settled = Эта передача уже подтверждена, отвергнута или отменена:
refusal-record-departed = Это лицо выбыло из списка:
refusal-record-in-transit = Раунд закрывают только тогда, когда никого нет в пути. Ещё в пути:
refusal-record-proposal-open = Раунд закрывают только тогда, когда ни одно предложение не ждёт. Ждёт:
refusal-record-closed = Раунд уже закрыла сторона
