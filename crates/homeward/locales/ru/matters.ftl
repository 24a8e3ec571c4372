# Уведомления сторон, условия после возвращения, фазы, собственные прочтения.

nav-notices = Уведомления
nav-conditions = После возвращения
nav-phases = Фазы
nav-readings = Прочтения

overview-alert-notices-unanswered = На уведомление другой стороны эта сторона ещё не ответила
overview-alert-notices-overdue = На уведомление нет ответа, и его время прошло

matters-drafts = Черновики, которые ждут второго должностного лица
matters-drafted = Составило должностное лицо { $officer }, { $at }
matters-approve-warning = Одобрение — это подпись под этими словами от имени этой стороны. Отозвать запись нельзя.
matters-uncounted = Сказано, но не учтено
matters-uncounted-hint = Эти записи есть в общей записи. На этой странице они ничего не меняют по названной причине.
matters-no-agreement = Эта страница откроется, когда обе стороны подпишут текст соглашения.
matters-neutral = Нейтральный посредник читает, что стороны говорят друг другу, и ничего не говорит за них.
matters-no-names = Никого не называйте: этот текст читают другая сторона и нейтральные посредники, и отозвать его нельзя.
matters-by-clause = (пункт { $clause })
matters-clause-no = Пункт { $clause }
matters-entry = Запись
matters-no = №
matters-clause = Пункт
matters-by = Кто
matters-at = Когда
matters-state = Состояние
matters-item = Лицо
matters-persons = Сколько
matters-direction = Направление
matters-basis = Основание возвращения
matters-received = Принято
matters-ends = Кончается
matters-kind-notice = Уведомление
matters-kind-reply = Ответ
matters-kind-notice-closed = Закрытие уведомления
matters-kind-phase-opened = Фаза открыта
matters-kind-phase-completed = Фаза завершена
matters-kind-phase-suspended = Фаза приостановлена
matters-kind-phase-resumed = Приостановка окончена
matters-kind-observed = Наблюдение
matters-kind-condition-ended = Конец условия
matters-kind-reading = Собственное прочтение

draft-notice = Направить уведомление
draft-reply = Ответить на уведомление
draft-notice-closed = Закрыть уведомление
draft-phase-opened = Сказать, что фаза открыта
draft-phase-completed = Сказать, что фаза завершена
draft-phase-suspended = Приостановить фазу
draft-phase-resumed = Окончить собственную приостановку
draft-observed = Сообщить о наблюдении
draft-condition-ended = Сказать, что условие кончилось
draft-reading = Приложить собственное прочтение

notices-title = Уведомления сторон
notices-one = Уведомление { $no }
notices-lead = Сторона уведомляет о том, что считает противоречащим пункту; другая сторона отвечает. Программа хранит оба текста и считает часы. Кто прав, она не говорит.
notices-hours = { $n ->
    [one] Ответ следует дать в течение { $n } часа.
    [few] Ответ следует дать в течение { $n } часов.
   *[many] Ответ следует дать в течение { $n } часов.
}
notices-no-hours = Соглашение не устанавливает времени для ответа.
notices-none = По этому соглашению никто не направлял уведомлений.
notices-caption = Уведомления по номерам
notices-state-open = Ещё без ответа
notices-state-overdue = Без ответа, время прошло
notices-state-replied = Есть ответ
notices-state-closed = Закрыто
notices-state-later = Датировано позже, чем сейчас
notices-since = { $at }
notices-due = Ответ следует дать до { $at }
notices-overdue-since = Ответ следовало дать до { $at }
notices-give = Направить уведомление
notices-which-clause = К какому пункту оно относится
notices-text = Что произошло, когда и где
notices-draft = Составить черновик уведомления
notices-documents = Что сказано, по порядку
notices-said = { $what }, { $by }
notices-late = После согласованного времени.
notices-reply = Ответить
notices-reply-text = Ответ
notices-reply-draft = Составить черновик ответа
notices-close = Закрыть
notices-close-hint = Уведомление закрывает тот, кто его направил, есть ответ или нет.
notices-close-draft = Составить черновик закрытия

conditions-title = После возвращения
conditions-one = Что действует после возвращения
conditions-lead = Чего соглашение требует от стороны после возвращения людей, как долго это действует и что кто-то заметил. Наблюдение — слова того, кто его подал; программа ничего не оценивает.
conditions-none = Это соглашение ничего не требует после возвращения.
conditions-of-clause = Пункт { $clause }: { $id }
conditions-state-holds = Действует
conditions-state-ended = Кончилось
conditions-state-lifted = Снято
conditions-holds-until = Действует до тех пор
conditions-until-moment = { $at }
conditions-until-days = { $n ->
    [one] { $n } день от принятия каждого лица
    [few] { $n } дня от принятия каждого лица
   *[many] { $n } дней от принятия каждого лица
}
conditions-until-hostilities = пока все стороны не скажут, что военные действия кончились
conditions-until-lifted = пока его не снимут другие стороны
conditions-until-always = без конца
conditions-bound = Кого обязывает
conditions-bound-is = обязывает: { $party }
conditions-about = О чём оно
conditions-kind-no-active-service = без действительной военной службы
conditions-kind-neutral-stay = пребывание в нейтральной стране
conditions-kind-no-ceremony = без церемоний и камер
conditions-kind-stay-away = не возвращаться
conditions-kind-reporting = являться в орган власти
conditions-kind-other = как сказано в пункте
conditions-waits-for = Ещё не сказали этого
conditions-said-by = Уже сказали это
conditions-persons = Принятые лица, которых оно касается
conditions-nobody = Никого, кого оно касается, ещё не приняли.
conditions-alerts = Что замечено
conditions-no-alerts = Никто не подавал наблюдений.
conditions-alerts-hint = Каждая строка — то, что, по словам автора, он заметил; новейшие вверху.
conditions-observed-by = Кто заметил: { $by }.
conditions-then-held = Тогда условие действовало.
conditions-then-had-ended = К тому времени условие уже кончилось:
conditions-then-not-yet-received = Тогда лицо ещё не было принято.
conditions-then-no-moment = Действовало ли оно, сказать нельзя: у наблюдения нет времени.
conditions-then-no-person = Действовало ли оно, сказать нельзя: для каждого лица оно кончается отдельно, а лицо не названо.
conditions-then-no-receipt = Действовало ли оно, сказать нельзя: принятие этого лица неизвестно.
conditions-about-item = Лицо
conditions-received-on = принято { $at }
conditions-observe = Подать наблюдение
conditions-observe-text = Что замечено, когда и где
conditions-observe-item = Об одном лице (необязательно)
conditions-observe-item-hint = 64 знака, которыми запись обозначает лицо.
conditions-observe-draft = Составить черновик наблюдения
conditions-end = Конец
conditions-end-hint = Условие кончится, когда это скажут все стороны, чьего слова оно ждёт.
conditions-end-draft = Составить черновик о конце

phases-title = Фазы
phases-lead = Когда люди могут идти по соглашению. Состояние на { $now }. Программа никого не останавливает.
phases-none = У этого соглашения нет фаз: чего оно требует, можно делать в любое время.
phases-state-waiting = Ещё не открыта
phases-state-open = Открыта
phases-state-suspended = Приостановлена
phases-state-complete = Завершена
phases-state-expired = Её время прошло
phases-clause = Пункт
phases-legs = Кто идёт
phases-leg = { $from } → { $to }
phases-opens = Открывается
phases-waits-phases = Ждёт фаз
phases-waits-until = Ждёт до
phases-waits-word = Ждёт слова сторон
phases-since-open = Открыта с
phases-since-suspended = Приостановлена с
phases-since-complete = Завершена
phases-since-expired = Прошла
phases-closes = Закрывается до
phases-no-end = конец не установлен
phases-earned = Добавленное время
phases-hours = { $n ->
    [one] { $n } час
    [few] { $n } часа
   *[many] { $n } часов
}
phases-hours-max = (не более { $n })
phases-suspended-by = Кто приостановил
phases-on-expiry = Что ещё причитается в конце
phases-expiry-lapses = больше не причитается
phases-expiry-stays-owed = причитается и дальше
phases-say-open = Сказать что-то об этой фазе
phases-say-what = Что говорит эта сторона
phases-say-opened = Фаза открыта
phases-say-completed = Фаза завершена
phases-say-suspended = Эта сторона приостанавливает фазу
phases-say-resumed = Эта сторона снимает свою приостановку
phases-reason = Причина
phases-reason-hint = Для приостановки она нужна. Никого не называйте: её читают другая сторона и нейтральные посредники.
phases-draft = Составить черновик

readings-title = Собственные прочтения
readings-lead = Если сторона читает пункт иначе, её прочтение стоит рядом с текстом. Текст остаётся таким, каким его подписали обе стороны; счета показывают каждое прочтение рядом с другими.
readings-none = Никто не читает текст иначе.
readings-the-clause = В пункте сказано: { $text }
readings-changes-amount = По этому прочтению в счетах другое число.
readings-changes-account = По этому прочтению людей записывают на другой счёт.
readings-changes-worth = По этому прочтению класс весит иначе.
readings-changes-when = Оно меняет, кто относится к категории.
readings-changes-words = Ни одного числа оно не меняет.
readings-signed = Оно есть в подписанном тексте.
readings-attached = Его приложили позже.
readings-attach = Приложить собственное прочтение
readings-digest = Дайджест подписанного текста:
readings-toml = Файл прочтений
readings-toml-hint = В формате TOML, с дайджестом подписанного текста. Он замещает то, что эта сторона приложила раньше.
readings-draft = Составить черновик прочтения
readings-files = Приложенные файлы
readings-file = { $by }, { $at }
readings-replaced = замещён более поздним

refusal-matter-too-long = Документ слишком длинный, байтов:
refusal-matter-malformed = Документ не соответствует формату.
refusal-matter-version = Версия документа здесь неизвестна:
refusal-matter-not-a-party = Такое говорит только сторона.
refusal-matter-unknown-kind = Вид, здесь неизвестный:
refusal-matter-past-limit = Сообщений одного автора читается не более:
refusal-matter-not-here = Документ ещё не пришёл.
refusal-matter-other-kind = Запись называет другой вид, чем документ:
refusal-matter-other-text = Это относится к другому тексту, чем действующий.
refusal-matter-not-your-number = Этот номер даёт другая сторона:
refusal-matter-no-such-phase = Такой фазы в тексте нет.
refusal-matter-no-such-condition = Такого условия в тексте нет.
refusal-matter-reading = Прочтение отклонено:
refusal-matter-text-too-long = Текст слишком длинный; не более байтов:
refusal-matter-no-text = Текст не указан.
refusal-matter-hidden-characters = В тексте есть знаки, которые прячут или переворачивают написанное.
refusal-matter-phase-not-now = Это ничего не изменило бы: фаза не ждёт этого слова или уже имеет его.
refusal-matter-condition-not-yours = Условие не ждёт этого слова или уже имеет его.
refusal-notice-no-moment = У действия нет времени.
refusal-notice-no-number = Уведомления нумеруются с 1.
refusal-notice-number-reused = Уведомление с таким номером уже есть:
refusal-notice-no-such-clause = Такого пункта в тексте нет:
refusal-notice-no-such-notice = Такого уведомления нет:
refusal-notice-own-reply = Кто направил уведомление, не отвечает на него:
refusal-notice-not-theirs = Уведомление закрывает только тот, кто его направил:
refusal-notice-before-notice = Датировано раньше уведомления:
refusal-notice-closed-already = Уведомление уже закрыто:
