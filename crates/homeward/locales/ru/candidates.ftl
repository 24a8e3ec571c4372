# Какие дела могут быть о том же человеке.

candidates-title = Дела, которые могут быть о том же человеке
candidates-pair-title = Один человек или двое?
candidates-queue-title = Пары дел, на которые надо посмотреть
candidates-lead = Найдено по имени в любом написании, году рождения и личному номеру. Каждое дело сравнено с этим отдельно: то, что оно единственное, не делает его вероятнее.
candidates-pair-lead = Оба дела остаются такими, как есть, что бы вы ни сказали. Если это один человек, каждое показывает другое и то, что в нём утверждают.
candidates-queue-lead = Сначала пары, из которых семья узнала бы, что человек, о котором ничего не знали, жив или удерживается; потом смерти; потом где человек или как он; в конце дела, которые просто есть дважды.
candidates-none = Ни одно другое дело не похоже на это, или обо всех похожих уже решено.
candidates-queue-none = Ни одна пара дел не ждёт решения.
candidates-queue-closed = Закрыто для вас: пары с делом, которое вам нельзя видеть, здесь не показаны.
candidates-count = { $n ->
    [one] На это дело похоже { $n } дело.
    [few] На это дело похожи { $n } дела.
    [many] На это дело похожи { $n } дел.
   *[other] На это дело похожи { $n } дела.
}
candidates-queue-count = { $n ->
    [one] Ждёт { $n } пара.
    [few] Ждут { $n } пары.
    [many] Ждут { $n } пар.
   *[other] Ждут { $n } пары.
}
candidates-pending = { $n ->
    [one] { $n } дело ещё не просмотрено. Откройте эту страницу немного позже: то, что там ждёт, появится в списке.
    [few] { $n } дела ещё не просмотрены. Откройте эту страницу немного позже: то, что там ждёт, появится в списке.
    [many] { $n } дел ещё не просмотрено. Откройте эту страницу немного позже: то, что там ждёт, появится в списке.
   *[other] { $n } дела ещё не просмотрены. Откройте эту страницу немного позже: то, что там ждёт, появится в списке.
}
candidates-queue-caption = Пары, которые ждут, по тому, что узнает семья
candidates-column-gain = Что узнает семья
candidates-column-people = Оба дела
candidates-column-grounds = Основания
candidates-gain-alive = узнает: жив или удерживается
candidates-gain-dead = узнает: умер
candidates-gain-knowledge = узнает больше: где или как
candidates-gain-nothing = ничего нового
candidates-since = Ждут с { $day }
candidates-was-unsure = { $officer } сомневается, { $at }
candidates-compare = Сравнить рядом
candidates-band-link = совпадает многое
candidates-band-review = совпадает частично: присмотритесь
candidates-band-no = не похоже
candidates-gain-says-alive = Если это один человек, семья узнает, что тот, о ком ничего не знали, жив или удерживается.
candidates-gain-says-dead = Если это один человек, семья узнает о смерти.
candidates-gain-says-knowledge = Если это один человек, семья узнает больше: где человек находится или был, или как он.
candidates-gain-says-nothing = Если это один человек, семья не узнает ничего нового: дело есть дважды.
candidates-how-agrees = совпадает
candidates-how-near = почти совпадает
candidates-how-differs = расходится
candidates-how-missing = нечего сравнить
candidates-band-says-link = Совпадают либо личный номер и фамилия, либо фамилия, имя и полная дата рождения. Ничто весомое этому не противоречит.
candidates-band-says-review = Кое-что совпадает, но слишком мало, чтобы отличить одного человека от двух похожих. Ищите то, чего нет в списке: родных, места, фотографии.
candidates-band-says-no = Известное об обоих делах не говорит о том, что это один человек.
candidates-how-list-agrees = Совпадают
candidates-how-list-near = Почти совпадают
candidates-how-list-differs = Расходятся
candidates-how-list-missing = В одном из дел или в обоих неизвестны
candidates-compared-only = Очень у многих дел общая часть имени. Сравнены только { $n }, у которых общего больше всего: год рождения или личный номер в деле сузил бы круг.
candidates-why = Почему (можно не заполнять; хранится с решением)
candidates-history = Всё, что сказано об этой паре
candidates-said-taken-back = Последнее слово взято назад:
candidates-days = { $n ->
    [one] новые за { $n } день
    [few] новые за { $n } дня
    [many] новые за { $n } дней
   *[other] новые за { $n } дня
}
candidates-new = новое дело
candidates-queue-none-new = Ни одна пара с делом, поступившим за эти дни, не ждёт.
field-why = Почему
candidates-namesakes = { $n ->
    [one] Такую фамилию и имя в реестре носит ещё { $n } человек.
    [few] Такую фамилию и имя в реестре носят ещё { $n } человека.
    [many] Такую фамилию и имя в реестре носят ещё { $n } человек.
   *[other] Такую фамилию и имя в реестре носят ещё { $n } человека.
}
candidates-namesakes-none = Больше никто в реестре не носит такую фамилию и имя. Само это ещё никого не делает тем же человеком.
candidates-namesakes-more = Такую фамилию и имя в реестре носят ещё более { $n } человек.
candidates-caption = { $one } и { $other } рядом
candidates-field = Поле
candidates-state = Состояние по утверждениям
candidates-beside-names = другие имена
candidates-beside-claims = утверждения
candidates-beside-rank = звание
candidates-beside-unit = подразделение
candidates-beside-prisoner-number = номер пленного
candidates-beside-birth-place = место рождения
candidates-beside-captured = захват
candidates-beside-custody = места удержания
candidates-beside-from-list = происхождение
candidates-january = Во многих списках 1 января пишут, когда день неизвестен, поэтому как день его не сравнивают.
candidates-said-one = Один человек, говорит
candidates-said-two = Два человека, говорит
candidates-said-unsure = Сомневается:
candidates-stale = С тех пор сравниваемые данные изменились.
candidates-request-link-people = Будет связано, если подтвердит второе должностное лицо. Просит
candidates-request-unlink-people = Связь будет снята, если подтвердит второе должностное лицо. Просит
candidates-withdraw = Отозвать просьбу
candidates-born = рождение: { $day }
candidates-asked = { $officer } просит второе должностное лицо подтвердить
candidates-refuse = Отклонить просьбу
candidates-takes-two = Связь изменит то, что реестр говорит о человеке: её подтверждает второе должностное лицо с правом одобрения. То же, если её снимают.
candidates-one = Один человек
candidates-one-two = Один человек: просить подтверждения
candidates-two = Два человека
candidates-unsure = Не уверенно
candidates-undo = Взять последнее слово назад
candidates-list-linked = Говорят, что это тот же человек
candidates-list-apart = Говорят, что это другой человек
candidates-to-queue = Все пары, которые ждут
candidates-to-person = Все кандидаты первого дела
candidates-to-dossier = К делу
candidates-together = Вместе со связанными делами:
candidates-linked-section = Тот же человек в другом деле
candidates-linked-claims = Что утверждает другое дело
draft-link-people = Связать два дела как дела одного человека
draft-unlink-people = Снять связь двух дел
overview-alert-candidates = Два дела могут быть об одном человеке, и семья узнала бы об этом
field-verdict = Ваше решение
refusal-pair-itself = Дело не сравнивают с ним самим.
refusal-pair-waits = Просьба об этих двух делах ждёт второе должностное лицо. Сначала её надо подтвердить или отозвать.
refusal-pair-decided = Об этих двух делах это уже сказано.
refusal-pair-linked = Эти дела связаны, прямо или через другое. Сначала снимите связь.
refusal-pair-contradicts = О делах, связанных с этими двумя, кто-то сказал: два человека. Сначала возьмите это назад.
refusal-pair-many = Столько дел одного человека – ошибка. Самое большее:
refusal-pair-full = Эту пару решали слишком часто. Самое большее:
refusal-pair-changed = С тех пор как об этом просили, дело или решение изменилось. Отзовите просьбу и подайте снова.
