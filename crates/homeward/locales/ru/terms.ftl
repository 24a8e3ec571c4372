# Условия: что правила вычитывают из текста соглашения.

terms-read = Что вычитали правила
terms-read-lead = По этому считает программа. Каждая строка называет пункт, на котором она основана.
terms-clause = пункт { $no }
terms-rests = Отсюда вычитано:
terms-direction = { $from } → { $to }

terms-section-parties = Кто участвует
terms-section-legs = Кто кому передаёт
terms-section-quantities = Сколько
terms-section-readings = Что сторона читает иначе
terms-section-ratios = Что против чего
terms-section-scales = Чего стоит каждый класс
terms-section-categories = Категории по очереди
terms-section-lists = Как составляют список
terms-section-gates = Что нужно до передачи
terms-section-phases = Фазы, как запланировано
terms-section-conditions = Что надо соблюдать потом
terms-section-notices = Уведомления о нарушениях
terms-section-disclosure = Что можно публиковать
terms-section-families = Семьи
terms-section-annexes = Приложения

terms-label-status = Признают ли все стороны
terms-label-agent = Может говорить за неё
terms-label-roles = Что делает
terms-label-object = Что передают
terms-label-account = Счёт
terms-label-destination = Куда
terms-label-custodian = Кто там содержит
terms-label-crossing = Место передачи
terms-label-counts-on = Когда засчитывается
terms-label-together = Только вместе с
terms-label-unit = Единица
terms-label-legs = Кто кому
terms-label-categories = Только категории
terms-label-classes = Только классы
terms-label-per-day = За день
terms-label-side = Одна сторона
terms-label-against = Против
terms-label-matching = Порядок зачёта
terms-label-rounding = Дробная часть
terms-label-carry = Разница после раунда
terms-label-about = О чём
terms-label-text-says = В тексте
terms-label-reads = Сторона читает
terms-label-who = Кто входит
terms-label-extent = Сколько из них идёт
terms-label-tested = Когда проверяют
terms-label-proposer = Имена называет
terms-label-veto = Имена вычёркивает
terms-label-notice = За сколько до передачи
terms-label-objection = Время на возражения
terms-label-order = Порядок
terms-label-objective = Что важнее
terms-label-kept = Кто идёт вместе или не идёт совсем
terms-label-reveal = Время, чтобы раскрыть зерно
terms-label-overrides = Кого сторона может внести в список вручную
terms-label-rule = Правило
terms-label-by = Удостоверяет
terms-label-occasions = Сколько раз
terms-label-shown = Где это видно
terms-label-after = После
terms-label-opens = Начинается
terms-label-lasts = Длится
terms-label-extension = Продлевается
terms-label-suspension = Во время приостановки
terms-label-completes = Завершена
terms-label-expiry = Что осталось после срока
terms-label-bound = Кого обязывает
terms-label-until = Как долго
terms-label-answer = Время на ответ
terms-label-to-public = Всем
terms-label-to-families = Семьям
terms-label-to-neutral = Нейтральным
terms-label-open-from = С какого времени
terms-label-calls = Время на звонки до сообщения в прессе
terms-label-digest = Дайджест (SHA-256)

terms-status-recognised = никто не оспаривает
terms-status-unclear = признают не все; подпись рядом никого не признаёт
terms-agent = { $name }, с { $from } до { $until }
terms-agent-open = { $name }, с { $from }
terms-neutral = { $name } (нейтральный посредник)
terms-role-none = об этом ничего не сказано
terms-role-host = принимает переговоры
terms-role-guarantor = ручается за соблюдение
terms-role-carrier = перевозит людей
terms-role-custodian = содержит людей до дальнейшего пути
terms-role-verifier = проверяет волю, личности, число

terms-object-persons = живые люди
terms-object-remains = тела
terms-object-effects = вещи и документы
terms-destination-home = домой
terms-destination-neutral-hospital = в больницу в нейтральной стране
terms-destination-neutral-internment = в нейтральную страну на интернирование
terms-destination-neutral-custody = под опеку нейтральной стороны, пока не известна их воля
terms-destination-third-country = в третью страну
terms-destination-deportation = высылка из страны, где содержали
terms-counts-on-receipt = обе стороны заявят: передано и принято
terms-counts-on-declaration = обе стороны приняли и объявили обмен; до того лицо отпущено под честное слово

terms-amount-exactly = ровно { $n }
terms-amount-at-least = не менее { $n }
terms-amount-at-most = не более { $n }
terms-amount-between = от { $least } до { $most }
terms-amount-all-known = все (известно: { $n })
terms-amount-all = все
terms-amount-not-published = число не опубликовано
terms-unit-heads = лица
terms-unit-value = стоимость по шкале «{ $scale }»
terms-unit-containers = мешки или гробы с телами
terms-unit-identified = лица, опознанные среди тел
terms-unit-items = предметы

terms-scale = Шкала «{ $id }»
terms-worth-most = { $worth } (таких не более { $n })
terms-ratio = Соотношение «{ $id }»
terms-side-each = { $legs }: каждый весит { $worth }
terms-side-scale = { $legs }: по шкале «{ $scale }»
terms-matching-by-value = только по стоимости
terms-matching-equal-first = сначала равного за равного, остальное по стоимости
terms-rounding-down = ещё не причитается
terms-rounding-up = причитается как целое лицо
terms-rounding-nearest = до ближайшего целого; половина считается целым
terms-carry-carried = переносится дальше, точно
terms-carry-lapses = пропадает: каждый раунд отдельно
terms-reading = { $party } читает иначе
terms-words-only = иное понимание, без числа

terms-test-everyone = все
terms-test-medical = медицинское основание: { $groups }
terms-test-age-between = от { $from } и до { $below } полных лет { $day }
terms-test-age-from = { $from } полных лет или больше { $day }
terms-test-age-below = менее { $below } полных лет { $day }
terms-test-men = мужчины
terms-test-women = женщины
terms-test-captured-between = взяты в плен с { $from } по { $until }
terms-test-captured-from = взяты в плен с { $from }
terms-test-captured-until = взяты в плен до { $until }
terms-test-rank = звание по коду: { $ranks }
terms-test-status = содержат как: { $statuses }
terms-test-not-units = кроме подразделений: { $units }
terms-test-identified = подтверждены обеими сторонами
terms-day-capture = на день пленения
terms-day-signing = на день подписания
terms-day-listing = на день составления списка
terms-day-handover = на день передачи
terms-group-direct = прямая репатриация
terms-group-neutral = размещение в нейтральной стране
terms-group-for-commission = на рассмотрение врачебной комиссии
terms-group-no-ground = основание не записано
terms-held-as-prisoner-of-war = военнопленные
terms-held-as-civilian = гражданские
terms-held-as-retained = удерживаемый медицинский и духовный персонал
terms-held-as-convict = осуждённые
terms-held-as-foreigner = иностранцы
terms-held-as-contested = стороны не согласны о статусе

terms-extent-all = все за всех
terms-extent-within = в пределах числа и мест
terms-against-one-for-one = одно лицо той же категории с другой стороны
terms-against-ratio = { $ratio } ({ $parties }, лица, которых освобождает каждая)
terms-tested-at-listing = при составлении списка
terms-tested-at-handover = ещё раз при передаче

terms-lists = Имена
terms-by-holder = тот, кто удерживает
terms-by-receiver = тот, кто принимает
terms-by-both = обе стороны; идут только те, кто в обоих списках
terms-by-neutral = нейтральный посредник
terms-veto-most = { $who }, не более { $n }
terms-order-sick-first = сначала тяжелобольные и тяжелораненые
terms-order-women-first = сначала женщины
terms-order-young-first = сначала молодые
terms-order-old-first = сначала пожилые
terms-order-seniority = по старшинству звания
terms-order-longest-held = сначала те, кто в плену дольше всех
terms-selection = Отбор по опубликованному порядку
terms-criterion-medical-group = медицинская группа
terms-criterion-category = категория
terms-criterion-longest-held = длительность плена
terms-criterion-lot = жребий
terms-objective-priority-first = порядок важнее числа
terms-objective-total-first = число важнее порядка
terms-kept-none = никто
terms-kept-first = группы, по классу того, кто идёт первым
terms-kept-middle = группы, по классу того, кто посередине; при чётном числе — более позднего
terms-kept-last = группы, по классу того, кто идёт последним
terms-reveal = { $hours } после фиксации обеих сторон; потом другая сторона может объявить раунд недействительным
terms-overrides = не более { $n } в каждом раунде, решением двух офицеров и с основанием
terms-overrides-none = никого
terms-replacement = Кто занимает освободившееся место
terms-replacement-same-order = следующее лицо в том же порядке
terms-replacement-renamed = лицо, которое назовёт тот, кто назвал первое
terms-replacement-later = в этом раунде никто; место причитается позже

terms-gate-will = Собственная воля лица
terms-gate-clearance = Помилование либо конец преследования или наказания
terms-gate-fitness = Слово врача, что лицо выдержит дорогу
terms-gate-verification = Подтверждение, что это то самое лицо
terms-gate-security = Проверка безопасности
terms-shown-in-record = в общей записи, которая сама это соблюдает
terms-shown-in-acts = среди действий: без этого передачу не проводят

terms-by-act = когда об этом заявят все стороны, которых это касается
terms-opens-after-signing = через { $hours } от начала дня подписания
terms-opens-after-phases = через { $hours } после завершения предыдущих фаз
terms-lasts-until = до { $at }
terms-lasts-open = бессрочно, по тексту
terms-extension = ещё { $hours } за каждые { $per } принятых сверх { $beyond }
terms-extension-most = всего не более { $hours }
terms-suspension-clock-stops = отсчёт останавливается: срок заканчивается позже
terms-suspension-clock-runs = отсчёт продолжается
terms-completes-when-filled = когда достигнуто каждое число, которое относится только к её передачам
terms-expiry-lapses = больше не причитается
terms-expiry-stays-owed = по-прежнему причитается

terms-notices = Нумерованное уведомление и ответ

terms-field-round-number-of-persons = Число лиц в раунде
terms-field-category = Категории
terms-field-capture-period = Период пленения
terms-field-conditions = Состояние здоровья
terms-field-totals = Общие итоги
terms-open-withheld = не разглашается
terms-open-aggregate = только обобщённо
terms-open-published = публикуется
terms-from-families-told = когда извещены семьи
terms-from-completion = после завершения соглашения
terms-families = Семьи узнают раньше прессы

terms-hours = { $n ->
    [one] { $n } час
    [few] { $n } часа
   *[many] { $n } часов
}
terms-times = { $n ->
    [one] { $n } раз
    [few] { $n } раза
   *[many] { $n } раз
}
terms-label-whence = Откуда
terms-reading-attached = добавлено стороной позже, в подписанном тексте этого нет
terms-reading-signed = в подписанном тексте
terms-on-parole = под честное слово
