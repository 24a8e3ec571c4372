# Повідомлення сторін, умови після повернення, фази, власні прочитання.

nav-notices = Повідомлення
nav-conditions = Після повернення
nav-phases = Фази
nav-readings = Прочитання

overview-alert-notices-unanswered = На повідомлення іншої сторони ця сторона ще не відповіла
overview-alert-notices-overdue = На повідомлення немає відповіді, і її час минув

matters-drafts = Чернетки, що чекають на другу посадову особу
matters-drafted = Склала посадова особа { $officer }, { $at }
matters-approve-warning = Схвалення є підписом під цими словами від імені цієї сторони. Відкликати запис не можна.
matters-uncounted = Сказано, але не враховано
matters-uncounted-hint = Ці записи є у спільному записі. На цій сторінці вони нічого не змінюють із названої причини.
matters-no-agreement = Ця сторінка відкриється, коли обидві сторони підпишуть текст угоди.
matters-neutral = Нейтральний посередник читає, що сторони кажуть одна одній, і нічого не каже за них.
matters-no-names = Нікого не називайте: цей текст читають інша сторона й нейтральні посередники, і відкликати його не можна.
matters-by-clause = (пункт { $clause })
matters-clause-no = Пункт { $clause }
matters-entry = Запис
matters-no = №
matters-clause = Пункт
matters-by = Хто
matters-at = Коли
matters-state = Стан
matters-item = Особа
matters-persons = Скільки
matters-direction = Напрямок
matters-basis = Підстава повернення
matters-received = Прийнято
matters-ends = Закінчується
matters-kind-notice = Повідомлення
matters-kind-reply = Відповідь
matters-kind-notice-closed = Закриття повідомлення
matters-kind-phase-opened = Фазу відкрито
matters-kind-phase-completed = Фазу завершено
matters-kind-phase-suspended = Фазу зупинено
matters-kind-phase-resumed = Зупинення скінчилося
matters-kind-observed = Спостереження
matters-kind-condition-ended = Кінець умови
matters-kind-reading = Власне прочитання

draft-notice = Надіслати повідомлення
draft-reply = Відповісти на повідомлення
draft-notice-closed = Закрити повідомлення
draft-phase-opened = Сказати, що фазу відкрито
draft-phase-completed = Сказати, що фазу завершено
draft-phase-suspended = Зупинити фазу
draft-phase-resumed = Скінчити власне зупинення
draft-observed = Повідомити про спостереження
draft-condition-ended = Сказати, що умова скінчилася
draft-reading = Додати власне прочитання

notices-title = Повідомлення сторін
notices-one = Повідомлення { $no }
notices-lead = Сторона повідомляє про те, що вважає таким, що суперечить пункту; інша сторона відповідає. Програма зберігає обидва тексти й рахує години. Хто має рацію, вона не каже.
notices-hours = { $n ->
    [one] Відповідь належить дати протягом { $n } години.
    [few] Відповідь належить дати протягом { $n } годин.
   *[many] Відповідь належить дати протягом { $n } годин.
}
notices-no-hours = Угода не встановлює часу для відповіді.
notices-none = За цією угодою ніхто не надсилав повідомлень.
notices-caption = Повідомлення за номерами
notices-state-open = Ще без відповіді
notices-state-overdue = Без відповіді, час минув
notices-state-replied = Є відповідь
notices-state-closed = Закрито
notices-state-later = Датовано пізніше, ніж тепер
notices-since = { $at }
notices-due = Відповідь належить дати до { $at }
notices-overdue-since = Відповідь належало дати до { $at }
notices-give = Надіслати повідомлення
notices-which-clause = Якого пункту воно стосується
notices-text = Що сталося, коли й де
notices-draft = Скласти чернетку повідомлення
notices-documents = Що сказано, за порядком
notices-said = { $what }, { $by }
notices-late = Після погодженого часу.
notices-reply = Відповісти
notices-reply-text = Відповідь
notices-reply-draft = Скласти чернетку відповіді
notices-close = Закрити
notices-close-hint = Повідомлення закриває той, хто його надіслав, є відповідь чи немає.
notices-close-draft = Скласти чернетку закриття

conditions-title = Після повернення
conditions-one = Що діє після повернення
conditions-lead = Чого угода вимагає від сторони після повернення людей, як довго це діє і що хтось помітив. Спостереження — це слова того, хто його подав; програма нічого не оцінює.
conditions-none = Ця угода нічого не вимагає після повернення.
conditions-of-clause = Пункт { $clause }: { $id }
conditions-state-holds = Діє
conditions-state-ended = Скінчилася
conditions-state-lifted = Знято
conditions-holds-until = Діє доти
conditions-until-moment = { $at }
conditions-until-days = { $n ->
    [one] { $n } день від прийняття кожної особи
    [few] { $n } дні від прийняття кожної особи
   *[many] { $n } днів від прийняття кожної особи
}
conditions-until-hostilities = доки всі сторони не скажуть, що воєнні дії скінчилися
conditions-until-lifted = доки її не знімуть інші сторони
conditions-until-always = без кінця
conditions-bound = Кого зобов’язує
conditions-bound-is = зобов’язує: { $party }
conditions-about = Про що вона
conditions-kind-no-active-service = без дійсної військової служби
conditions-kind-neutral-stay = перебування в нейтральній країні
conditions-kind-no-ceremony = без церемоній і камер
conditions-kind-stay-away = не повертатися
conditions-kind-reporting = з’являтися до органу влади
conditions-kind-other = як сказано в пункті
conditions-waits-for = Ще не сказали цього
conditions-said-by = Уже сказали це
conditions-persons = Прийняті особи, яких вона стосується
conditions-nobody = Нікого, кого вона стосується, ще не прийнято.
conditions-alerts = Що помічено
conditions-no-alerts = Ніхто не подавав спостережень.
conditions-alerts-hint = Кожен рядок — те, що, за словами автора, він помітив; найновіші вгорі.
conditions-observed-by = Хто помітив: { $by }.
conditions-then-held = Тоді умова діяла.
conditions-then-had-ended = На той час умова вже скінчилася:
conditions-then-not-yet-received = Тоді особу ще не було прийнято.
conditions-then-no-moment = Чи діяла вона, сказати не можна: спостереження не має часу.
conditions-then-no-person = Чи діяла вона, сказати не можна: для кожної особи вона закінчується окремо, а особу не названо.
conditions-then-no-receipt = Чи діяла вона, сказати не можна: прийняття цієї особи невідоме.
conditions-about-item = Особа
conditions-received-on = прийнято { $at }
conditions-observe = Подати спостереження
conditions-observe-text = Що помічено, коли й де
conditions-observe-item = Про одну особу (необов’язково)
conditions-observe-item-hint = 64 символи, якими запис позначає особу.
conditions-observe-draft = Скласти чернетку спостереження
conditions-end = Кінець
conditions-end-hint = Умова скінчиться, коли це скажуть усі сторони, на чиє слово вона чекає.
conditions-end-draft = Скласти чернетку про кінець

phases-title = Фази
phases-lead = Коли люди можуть іти за угодою. Стан на { $now }. Програма нікого не зупиняє.
phases-none = Ця угода не має фаз: чого вона вимагає, можна робити будь-коли.
phases-state-waiting = Ще не відкрита
phases-state-open = Відкрита
phases-state-suspended = Зупинена
phases-state-complete = Завершена
phases-state-expired = Її час минув
phases-clause = Пункт
phases-legs = Хто йде
phases-leg = { $from } → { $to }
phases-opens = Відкривається
phases-waits-phases = Чекає на фази
phases-waits-until = Чекає до
phases-waits-word = Чекає на слово сторін
phases-since-open = Відкрита з
phases-since-suspended = Зупинена з
phases-since-complete = Завершена
phases-since-expired = Минула
phases-closes = Закривається до
phases-no-end = кінця не встановлено
phases-earned = Доданий час
phases-hours = { $n ->
    [one] { $n } година
    [few] { $n } години
   *[many] { $n } годин
}
phases-hours-max = (щонайбільше { $n })
phases-suspended-by = Хто зупинив
phases-on-expiry = Що ще належить наприкінці
phases-expiry-lapses = більше не належить
phases-expiry-stays-owed = належить і далі
phases-say-open = Сказати щось про цю фазу
phases-say-what = Що каже ця сторона
phases-say-opened = Фазу відкрито
phases-say-completed = Фазу завершено
phases-say-suspended = Ця сторона зупиняє фазу
phases-say-resumed = Ця сторона знімає своє зупинення
phases-reason = Причина
phases-reason-hint = Для зупинення вона потрібна. Нікого не називайте: її читають інша сторона й нейтральні посередники.
phases-draft = Скласти чернетку

readings-title = Власні прочитання
readings-lead = Якщо сторона читає пункт інакше, її прочитання стоїть поруч із текстом. Текст лишається таким, яким його підписали обидві сторони; рахунки показують кожне прочитання поруч з іншими.
readings-none = Ніхто не читає текст інакше.
readings-the-clause = У пункті сказано: { $text }
readings-changes-amount = За цим прочитанням у рахунках інша кількість.
readings-changes-account = За цим прочитанням людей записано на інший рахунок.
readings-changes-worth = За цим прочитанням клас важить інакше.
readings-changes-when = Воно змінює, хто належить до категорії.
readings-changes-words = Жодного числа воно не змінює.
readings-signed = Воно є в підписаному тексті.
readings-attached = Його додано пізніше.
readings-attach = Додати власне прочитання
readings-digest = Дайджест підписаного тексту:
readings-toml = Файл прочитань
readings-toml-hint = У форматі TOML, із дайджестом підписаного тексту. Він заступає те, що ця сторона додала раніше.
readings-draft = Скласти чернетку прочитання
readings-files = Додані файли
readings-file = { $by }, { $at }
readings-replaced = заступлено пізнішим

refusal-matter-too-long = Документ задовгий, байтів:
refusal-matter-malformed = Документ не відповідає формату.
refusal-matter-version = Версія документа тут невідома:
refusal-matter-not-a-party = Таке каже лише сторона.
refusal-matter-unknown-kind = Вид, тут невідомий:
refusal-matter-past-limit = Повідомлень одного автора читається не більше як:
refusal-matter-not-here = Документ ще не надійшов.
refusal-matter-other-kind = Запис називає інший вид, ніж документ:
refusal-matter-other-text = Це стосується іншого тексту, ніж чинний.
refusal-matter-not-your-number = Цей номер дає інша сторона:
refusal-matter-no-such-phase = Такої фази в тексті немає.
refusal-matter-no-such-condition = Такої умови в тексті немає.
refusal-matter-reading = Прочитання відхилено:
refusal-matter-text-too-long = Текст задовгий; щонайбільше байтів:
refusal-matter-no-text = Немає тексту.
refusal-matter-hidden-characters = У тексті є знаки, що ховають або перевертають написане.
refusal-matter-phase-not-now = Це нічого не змінило б: фаза не чекає на це слово або вже має його.
refusal-matter-condition-not-yours = Умова не чекає на це слово або вже має його.
refusal-notice-no-moment = Дія не має часу.
refusal-notice-no-number = Повідомлення нумеруються від 1.
refusal-notice-number-reused = Повідомлення з таким номером уже є:
refusal-notice-no-such-clause = Такого пункту в тексті немає:
refusal-notice-no-such-notice = Такого повідомлення немає:
refusal-notice-own-reply = Хто надіслав повідомлення, не відповідає на нього:
refusal-notice-not-theirs = Повідомлення закриває лише той, хто його надіслав:
refusal-notice-before-notice = Датовано раніше за повідомлення:
refusal-notice-closed-already = Повідомлення вже закрито:
