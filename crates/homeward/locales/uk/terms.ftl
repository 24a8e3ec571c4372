# Умови: що правила вичитують з тексту угоди.

terms-read = Що вичитали правила
terms-read-lead = За цим рахує програма. Кожен рядок називає пункт, на якому він ґрунтується.
terms-clause = пункт { $no }
terms-rests = Звідси вичитано:
terms-direction = { $from } → { $to }

terms-section-parties = Хто бере участь
terms-section-legs = Хто кому передає
terms-section-quantities = Скільки
terms-section-readings = Що сторона читає інакше
terms-section-ratios = Що проти чого
terms-section-scales = Чого вартий кожен клас
terms-section-categories = Категорії за чергою
terms-section-lists = Як складають список
terms-section-gates = Що потрібно до передачі
terms-section-phases = Фази, як заплановано
terms-section-conditions = Чого треба дотримуватися потім
terms-section-notices = Повідомлення про порушення
terms-section-disclosure = Що можна оприлюднювати
terms-section-families = Родини
terms-section-annexes = Додатки

terms-label-status = Чи визнають усі сторони
terms-label-agent = Може говорити за неї
terms-label-roles = Що робить
terms-label-object = Що передають
terms-label-account = Рахунок
terms-label-destination = Куди
terms-label-custodian = Хто там утримує
terms-label-crossing = Місце передачі
terms-label-counts-on = Коли рахується
terms-label-together = Лише разом із
terms-label-unit = Одиниця
terms-label-legs = Хто кому
terms-label-categories = Лише категорії
terms-label-classes = Лише класи
terms-label-per-day = За день
terms-label-side = Одна сторона
terms-label-against = Проти
terms-label-matching = Порядок заліку
terms-label-rounding = Дробова частина
terms-label-carry = Різниця після раунду
terms-label-about = Про що
terms-label-text-says = У тексті
terms-label-reads = Сторона читає
terms-label-who = Хто належить
terms-label-extent = Скільки їх іде
terms-label-tested = Коли перевіряють
terms-label-proposer = Імена називає
terms-label-veto = Імена викреслює
terms-label-notice = За скільки до передачі
terms-label-objection = Час на заперечення
terms-label-order = Порядок
terms-label-objective = Що важить більше
terms-label-kept = Хто йде разом або не йде зовсім
terms-label-reveal = Час, щоб розкрити зерно
terms-label-overrides = Кого сторона може внести до списку вручну
terms-label-rule = Правило
terms-label-by = Засвідчує
terms-label-occasions = Скільки разів
terms-label-shown = Де це видно
terms-label-after = Після
terms-label-opens = Починається
terms-label-lasts = Триває
terms-label-extension = Подовжується
terms-label-suspension = Під час зупинення
terms-label-completes = Завершено
terms-label-expiry = Що лишилося після строку
terms-label-bound = Кого зобов’язує
terms-label-until = Як довго
terms-label-answer = Час на відповідь
terms-label-to-public = Усім
terms-label-to-families = Родинам
terms-label-to-neutral = Нейтральним
terms-label-open-from = З якого часу
terms-label-calls = Час на дзвінки до повідомлення в пресі
terms-label-digest = Дайджест (SHA-256)

terms-status-recognised = ніхто не заперечує
terms-status-unclear = визнають не всі; підпис поруч нікого не визнає
terms-agent = { $name }, від { $from } до { $until }
terms-agent-open = { $name }, від { $from }
terms-neutral = { $name } (нейтральний посередник)
terms-role-none = про це нічого не сказано
terms-role-host = приймає переговори
terms-role-guarantor = ручається за дотримання
terms-role-carrier = перевозить людей
terms-role-custodian = утримує людей до подальшої дороги
terms-role-verifier = перевіряє волю, особи, кількість

terms-object-persons = живі люди
terms-object-remains = тіла
terms-object-effects = речі й документи
terms-destination-home = додому
terms-destination-neutral-hospital = до лікарні в нейтральній країні
terms-destination-neutral-internment = до нейтральної країни на інтернування
terms-destination-neutral-custody = під опіку нейтральної сторони, доки не відома їхня воля
terms-destination-third-country = до третьої країни
terms-destination-deportation = висилання з країни, де утримували
terms-counts-on-receipt = обидві сторони заявлять: передано і прийнято
terms-counts-on-declaration = обидві сторони прийняли й оголосили обмін; до того особу відпущено під слово честі

terms-amount-exactly = рівно { $n }
terms-amount-at-least = щонайменше { $n }
terms-amount-at-most = щонайбільше { $n }
terms-amount-between = від { $least } до { $most }
terms-amount-all-known = усі (відомо: { $n })
terms-amount-all = усі
terms-amount-not-published = число не оприлюднено
terms-unit-heads = особи
terms-unit-value = вартість за шкалою «{ $scale }»
terms-unit-containers = мішки або труни з тілами
terms-unit-identified = особи, упізнані серед тіл
terms-unit-items = предмети

terms-scale = Шкала «{ $id }»
terms-worth-most = { $worth } (таких щонайбільше { $n })
terms-ratio = Співвідношення «{ $id }»
terms-side-each = { $legs }: кожен важить { $worth }
terms-side-scale = { $legs }: за шкалою «{ $scale }»
terms-matching-by-value = лише за вартістю
terms-matching-equal-first = спершу рівного за рівного, решту за вартістю
terms-rounding-down = ще не належить
terms-rounding-up = належить як ціла особа
terms-rounding-nearest = до найближчого цілого; половина рахується як ціле
terms-carry-carried = переноситься далі, точно
terms-carry-lapses = зникає: кожен раунд окремо
terms-reading = { $party } читає інакше
terms-words-only = інше розуміння, без числа

terms-test-everyone = усі
terms-test-medical = медична підстава: { $groups }
terms-test-age-between = від { $from } і до { $below } повних років { $day }
terms-test-age-from = { $from } повних років або більше { $day }
terms-test-age-below = менше { $below } повних років { $day }
terms-test-men = чоловіки
terms-test-women = жінки
terms-test-captured-between = узяті в полон від { $from } до { $until }
terms-test-captured-from = узяті в полон від { $from }
terms-test-captured-until = узяті в полон до { $until }
terms-test-rank = звання за кодом: { $ranks }
terms-test-status = утримують як: { $statuses }
terms-test-not-units = крім підрозділів: { $units }
terms-test-identified = підтверджені обома сторонами
terms-day-capture = на день полону
terms-day-signing = на день підписання
terms-day-listing = на день складання списку
terms-day-handover = на день передачі
terms-group-direct = пряма репатріація
terms-group-neutral = розміщення в нейтральній країні
terms-group-for-commission = на розгляд лікарської комісії
terms-group-no-ground = підстави не записано
terms-held-as-prisoner-of-war = військовополонені
terms-held-as-civilian = цивільні
terms-held-as-retained = затриманий медичний і духовний персонал
terms-held-as-convict = засуджені
terms-held-as-foreigner = іноземці
terms-held-as-contested = сторони не згодні щодо статусу

terms-extent-all = усі за всіх
terms-extent-within = у межах кількості й місць
terms-against-one-for-one = одна особа тієї ж категорії з іншого боку
terms-against-ratio = { $ratio } ({ $parties }, особи, яких звільняє кожна)
terms-tested-at-listing = під час складання списку
terms-tested-at-handover = ще раз під час передачі

terms-lists = Імена
terms-by-holder = той, хто утримує
terms-by-receiver = той, хто приймає
terms-by-both = обидві сторони; ідуть лише ті, хто в обох списках
terms-by-neutral = нейтральний посередник
terms-veto-most = { $who }, щонайбільше { $n }
terms-order-sick-first = спершу тяжкохворі й тяжкопоранені
terms-order-women-first = спершу жінки
terms-order-young-first = спершу молоді
terms-order-old-first = спершу літні
terms-order-seniority = за старшинством звання
terms-order-longest-held = спершу ті, хто в полоні найдовше
terms-selection = Відбір за опублікованим порядком
terms-criterion-medical-group = медична група
terms-criterion-category = категорія
terms-criterion-longest-held = тривалість полону
terms-criterion-lot = жереб
terms-objective-priority-first = порядок важить більше, ніж кількість
terms-objective-total-first = кількість важить більше, ніж порядок
terms-kept-none = ніхто
terms-kept-first = групи, за класом того, хто йде першим
terms-kept-middle = групи, за класом того, хто посередині; за парної кількості — пізнішого
terms-kept-last = групи, за класом того, хто йде останнім
terms-reveal = { $hours } після фіксації обох сторін; потім інша сторона може оголосити раунд недійсним
terms-overrides = щонайбільше { $n } у кожному раунді, рішенням двох офіцерів і з підставою
terms-overrides-none = нікого
terms-replacement = Хто займає звільнене місце
terms-replacement-same-order = наступна особа в тому самому порядку
terms-replacement-renamed = особа, яку назве той, хто назвав першу
terms-replacement-later = у цьому раунді ніхто; місце належить пізніше

terms-gate-will = Власна воля особи
terms-gate-clearance = Помилування або кінець переслідування чи покарання
terms-gate-fitness = Слово лікаря, що особа витримає дорогу
terms-gate-verification = Підтвердження, що це та сама особа
terms-gate-security = Перевірка безпеки
terms-shown-in-record = у спільному записі, який сам цього дотримується
terms-shown-in-acts = серед дій: без цього передачу не проводять

terms-by-act = коли про це заявлять усі сторони, яких це стосується
terms-opens-after-signing = через { $hours } від початку дня підписання
terms-opens-after-phases = через { $hours } після завершення попередніх фаз
terms-lasts-until = до { $at }
terms-lasts-open = безстроково, за текстом
terms-extension = ще { $hours } за кожні { $per } прийнятих понад { $beyond }
terms-extension-most = разом щонайбільше { $hours }
terms-suspension-clock-stops = відлік зупиняється: строк закінчується пізніше
terms-suspension-clock-runs = відлік триває
terms-completes-when-filled = коли досягнуто кожної кількості, що стосується лише її передач
terms-expiry-lapses = більше не належить
terms-expiry-stays-owed = і далі належить

terms-notices = Номероване повідомлення і відповідь

terms-field-round-number-of-persons = Кількість осіб у раунді
terms-field-category = Категорії
terms-field-capture-period = Період полону
terms-field-conditions = Стан здоров’я
terms-field-totals = Загальні підсумки
terms-open-withheld = не розголошується
terms-open-aggregate = лише узагальнено
terms-open-published = оприлюднюється
terms-from-families-told = коли повідомлено родини
terms-from-completion = після завершення угоди
terms-families = Родини дізнаються раніше за пресу

terms-hours = { $n ->
    [one] { $n } година
    [few] { $n } години
   *[many] { $n } годин
}
terms-times = { $n ->
    [one] { $n } раз
    [few] { $n } рази
   *[many] { $n } разів
}
terms-label-whence = Звідки
terms-reading-attached = додано стороною пізніше, у підписаному тексті цього немає
terms-reading-signed = у підписаному тексті
terms-on-parole = під слово честі
