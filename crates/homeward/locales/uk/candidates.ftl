# Які справи можуть бути про ту саму людину.

candidates-title = Справи, що можуть бути про ту саму людину
candidates-pair-title = Одна людина чи двоє?
candidates-queue-title = Пари справ, на які слід подивитися
candidates-lead = Знайдено за іменем у будь-якому написанні, роком народження та особовим номером. Кожну справу порівняно з цією окремо: те, що вона єдина, не робить її ймовірнішою.
candidates-pair-lead = Обидві справи лишаються такими, як є, хоч би що ви сказали. Якщо це одна людина, кожна показує іншу й те, що в ній стверджують.
candidates-queue-lead = Спершу пари, з яких родина дізналася б, що людина, про яку нічого не знали, жива або утримується; далі смерті; далі де людина чи як вона; наостанок справи, які просто є двічі.
candidates-none = Жодна інша справа не схожа на цю, або про всі схожі вже вирішено.
candidates-queue-none = Жодна пара справ не чекає на рішення.
candidates-queue-closed = Закрито для вас: пари зі справою, якої вам не можна бачити, тут не показано.
candidates-count = { $n ->
    [one] На цю справу схожа { $n } справа.
    [few] На цю справу схожі { $n } справи.
    [many] На цю справу схожі { $n } справ.
   *[other] На цю справу схожі { $n } справи.
}
candidates-queue-count = { $n ->
    [one] Чекає { $n } пара.
    [few] Чекають { $n } пари.
    [many] Чекають { $n } пар.
   *[other] Чекають { $n } пари.
}
candidates-pending = { $n ->
    [one] { $n } справу ще не переглянуто. Відкрийте цю сторінку трохи згодом: те, що там чекає, з’явиться у списку.
    [few] { $n } справи ще не переглянуто. Відкрийте цю сторінку трохи згодом: те, що там чекає, з’явиться у списку.
    [many] { $n } справ ще не переглянуто. Відкрийте цю сторінку трохи згодом: те, що там чекає, з’явиться у списку.
   *[other] { $n } справи ще не переглянуто. Відкрийте цю сторінку трохи згодом: те, що там чекає, з’явиться у списку.
}
candidates-queue-caption = Пари, що чекають, за тим, що здобуде родина
candidates-column-gain = Що здобуде родина
candidates-column-people = Обидві справи
candidates-column-grounds = Підстави
candidates-gain-alive = дізнається: живий або утримується
candidates-gain-dead = дізнається: помер
candidates-gain-knowledge = дізнається більше: де або як
candidates-gain-nothing = нічого нового
candidates-since = Чекають від { $day }
candidates-was-unsure = { $officer } не має певності, { $at }
candidates-compare = Порівняти поруч
candidates-band-link = збігається багато
candidates-band-review = збігається частково: придивіться
candidates-band-no = не схоже
candidates-gain-says-alive = Якщо це одна людина, родина дізнається, що той, про кого нічого не знали, живий або утримується.
candidates-gain-says-dead = Якщо це одна людина, родина дізнається про смерть.
candidates-gain-says-knowledge = Якщо це одна людина, родина дізнається більше: де людина є чи була, або як вона.
candidates-gain-says-nothing = Якщо це одна людина, родина не дізнається нічого нового: справа є двічі.
candidates-how-agrees = збігається
candidates-how-near = майже збігається
candidates-how-differs = різниться
candidates-how-missing = нема що порівняти
candidates-band-says-link = Збігаються або особовий номер і прізвище, або прізвище, ім’я та повна дата народження. Ніщо вагоме цьому не суперечить.
candidates-band-says-review = Дещо збігається, але замало, щоб відрізнити одну людину від двох схожих. Шукайте те, чого немає у списку: родичів, місця, світлини.
candidates-band-says-no = Відоме про обидві справи не свідчить, що це одна людина.
candidates-how-list-agrees = Збігаються
candidates-how-list-near = Майже збігаються
candidates-how-list-differs = Різняться
candidates-how-list-missing = В одній зі справ чи в обох невідомі
candidates-compared-only = Дуже багато справ мають спільну частину імені. Порівняно лише { $n }, у яких спільного найбільше: рік народження чи особовий номер у справі звузив би коло.
candidates-why = Чому (можна не заповнювати; зберігається з рішенням)
candidates-history = Усе, що сказано про цю пару
candidates-said-taken-back = Останнє слово взято назад:
candidates-days = { $n ->
    [one] нові за { $n } день
    [few] нові за { $n } дні
    [many] нові за { $n } днів
   *[other] нові за { $n } дня
}
candidates-new = нова справа
candidates-queue-none-new = Жодна пара зі справою, що надійшла за ці дні, не чекає.
field-why = Чому
candidates-namesakes = { $n ->
    [one] Таке прізвище та ім’я в реєстрі має ще { $n } особа.
    [few] Таке прізвище та ім’я в реєстрі мають ще { $n } особи.
    [many] Таке прізвище та ім’я в реєстрі мають ще { $n } осіб.
   *[other] Таке прізвище та ім’я в реєстрі мають ще { $n } особи.
}
candidates-namesakes-none = Більше ніхто в реєстрі не має такого прізвища та імені. Само це ще нікого не робить тією самою людиною.
candidates-namesakes-more = Таке прізвище та ім’я в реєстрі мають ще понад { $n } осіб.
candidates-caption = { $one } та { $other } поруч
candidates-field = Поле
candidates-state = Стан за твердженнями
candidates-beside-names = інші імена
candidates-beside-claims = твердження
candidates-beside-rank = звання
candidates-beside-unit = підрозділ
candidates-beside-prisoner-number = номер полоненого
candidates-beside-birth-place = місце народження
candidates-beside-captured = захоплення
candidates-beside-custody = місця утримання
candidates-beside-from-list = походження
candidates-january = У багатьох списках 1 січня пишуть, коли день невідомий, тому як день його не порівнюють.
candidates-said-one = Одна людина, каже
candidates-said-two = Двоє людей, каже
candidates-said-unsure = Не має певності:
candidates-stale = Відтоді порівнювані дані змінилися.
candidates-request-link-people = Буде пов’язано, якщо підтвердить друга посадова особа. Просить
candidates-request-unlink-people = Зв’язок буде знято, якщо підтвердить друга посадова особа. Просить
candidates-withdraw = Відкликати прохання
candidates-born = народження: { $day }
candidates-asked = { $officer } просить другу посадову особу підтвердити
candidates-refuse = Відхилити прохання
candidates-takes-two = Зв’язок змінить те, що реєстр каже про людину: його підтверджує друга посадова особа з правом схвалення. Те саме, якщо його знімають.
candidates-one = Одна людина
candidates-one-two = Одна людина: просити підтвердження
candidates-two = Двоє людей
candidates-unsure = Не певно
candidates-undo = Взяти останнє слово назад
candidates-list-linked = Кажуть, що це та сама людина
candidates-list-apart = Кажуть, що це інша людина
candidates-to-queue = Усі пари, що чекають
candidates-to-person = Усі кандидати першої справи
candidates-to-dossier = До справи
candidates-together = Разом із пов’язаними справами:
candidates-linked-section = Та сама людина в іншій справі
candidates-linked-claims = Що стверджує інша справа
draft-link-people = Пов’язати дві справи як справи однієї людини
draft-unlink-people = Зняти зв’язок двох справ
overview-alert-candidates = Дві справи можуть бути про одну людину, і родина дізналася б про це
field-verdict = Ваше рішення
refusal-pair-itself = Справу не порівнюють із самою собою.
refusal-pair-waits = Прохання про ці дві справи чекає на другу посадову особу. Спершу його слід підтвердити або відкликати.
refusal-pair-decided = Про ці дві справи це вже сказано.
refusal-pair-linked = Ці справи пов’язані, прямо чи через іншу. Спершу зніміть зв’язок.
refusal-pair-contradicts = Про справи, пов’язані з цими двома, хтось сказав: двоє людей. Спершу візьміть це назад.
refusal-pair-many = Стільки справ однієї людини – помилка. Щонайбільше:
refusal-pair-full = Цю пару вирішували надто часто. Щонайбільше:
refusal-pair-changed = Відколи про це просили, справа або рішення змінилися. Відкличте прохання й подайте знову.
