# Внесення списку людей.

import-title = Імпорт списку
import-lead = Спершу список прочитують і перевіряють. Нікого не збережено, доки ви не підтвердите; тоді всіх зберігають за один крок.
import-which = Який це список?
import-to-held = Люди, яких утримуємо ми
import-to-sought = Люди, яких ми шукаємо
import-hint-held = Полонені іншої сторони під нашою вартою
import-hint-sought = Наші люди: зниклі або ті, про кого відомо, що їх утримує інша сторона
import-file = Список
import-file-hint = CSV або JSON, до 15 МіБ разом із приєднаними файлами. Більші списки вносить команда «homeward import» на зупиненому вузлі.
import-name = Назва списку
import-name-hint = Так, як її знатимуть колеги, наприклад «Госпіталь, 1 червня». Якщо лишити порожнім, візьмемо назву файлу.
import-map = Як читати стовпці
import-map-by-columns = Обрати за стовпцями файлу
import-map-held = Наш список тих, кого утримуємо
import-map-sought = Наш список тих, кого шукаємо
import-map-uk-cmp = Британський список полонених (із приєднаними файлами)
import-map-au-dva-json = Австралійський поіменний список, JSON
import-map-au-dva-csv = Австралійський поіменний список, CSV
import-own-map = Інша карта стовпців
import-own-map-hint = Файл карти (TOML), якщо жодна з наведених не підходить. Він має перевагу.
import-joined = Приєднаний файл { $n }
import-joined-hint = Лише якщо карта приєднує інші файли; кожен під своєю назвою
import-joined-title = Інша карта або файли, які вона приєднує
import-read = Прочитати й перевірити
import-before = Імпортовано раніше
import-before-latest = Наведено останні { $n }; кожен імпорт записано в журналі.
import-before-none = Ще не імпортовано жодного списку.
import-at = Коли
import-list = Куди
import-officer = Посадова особа
import-persons = Осіб
import-preview-title = Перевірте перед імпортом
import-nothing-stored = Ще нічого не збережено. Звірте ці числа зі списком, який маєте на руках.
import-all-good = { $n ->
    [one] Прочитано кожен рядок: { $n } особа.
    [few] Прочитано кожен рядок: { $n } особи.
    [many] Прочитано кожен рядок: { $n } осіб.
   *[other] Прочитано кожен рядок: { $n } особи.
}
import-some-refused = { $n ->
    [one] Не прийнято { $n } рядок. У такому вигляді список не імпортується.
    [few] Не прийнято { $n } рядки. У такому вигляді список не імпортується.
    [many] Не прийнято { $n } рядків. У такому вигляді список не імпортується.
   *[other] Не прийнято { $n } рядка. У такому вигляді список не імпортується.
}
import-file-refused = Файл не прийнято цілком. Нічого не імпортовано.
import-rows = Рядки
import-rows-accepted = Прийнято рядків
import-rows-refused = Не прийнято рядків
import-map-used = Карта
import-unread = Стовпці, яких не читаємо
import-confirm = { $n ->
    [one] Імпортувати { $n } особу
    [few] Імпортувати { $n } особи
    [many] Імпортувати { $n } осіб
   *[other] Імпортувати { $n } особи
}
import-confirm-rest = { $n ->
    [one] Імпортувати { $n } особу, решту рядків пропустити
    [few] Імпортувати { $n } особи, решту рядків пропустити
    [many] Імпортувати { $n } осіб, решту рядків пропустити
   *[other] Імпортувати { $n } особи, решту рядків пропустити
}
import-confirm-rest-hint = Краще виправити список і прочитати його знову. Кого пропущено, того не шукатимуть і не запропонують.
import-again = Прочитати інший файл
import-problems = Не прийнято, за причинами
import-refused-cells = Що не прийнято
import-refused-first = Показано перші { $shown } з { $all }.
import-findings-caption = Варто глянути; імпорту це не заважає
import-row = Рядок
import-column = Стовпець
import-reason = Причина
import-cells = Разів
import-found = Що знайдено
import-finding = Спостереження
import-reason-file-too-large = файл завеликий
import-reason-empty = файл порожній
import-reason-encoding = кодування не те, яке вказує карта
import-reason-syntax = формат не той, який вказує карта
import-reason-too-many-rows = забагато рядків
import-reason-too-many-columns = забагато стовпців
import-reason-too-deep = завелика вкладеність
import-reason-ragged-row = клітинок більше або менше, ніж у заголовку
import-reason-duplicate-column = два стовпці з однією назвою
import-reason-missing-column = немає стовпця, названого в карті
import-reason-missing-lookup = не завантажено файл, який приєднує карта
import-reason-duplicate-lookup-key = один ключ двічі у приєднаному файлі
import-reason-too-many-refusals = відмов більше, ніж можна перелічити: мабуть, карта не та
import-reason-other-list = карта читає інший список: утримуваних замість розшукуваних або навпаки
import-reason-missing-power = не сказано, якій державі служать ці люди
import-reason-cell-too-long = довше, ніж може бути поле
import-reason-control-character = керівний або невидимий знак
import-reason-bidi-character = знак, що змінює порядок показаного
import-reason-not-text = список або об’єкт там, де має бути текст
import-reason-orphan-key = у приєднаному файлі немає такого ключа
import-reason-missing-key = бракує ключа
import-reason-known-key = у реєстрі вже є людина з цим ключем із цього джерела
import-reason-missing-surname = бракує прізвища
import-reason-unreadable-name = ім’я записано не так, як указано
import-reason-unreadable-date = дату не прочитано або такого дня немає
import-reason-date-out-of-range = дата поза ймовірними межами
import-reason-end-before-start = кінець раніше за початок
import-reason-captured-before-birth = полон раніше за народження
import-reason-duplicate-spell = те саме перебування двічі
import-reason-unknown-word = невідоме для поля слово
import-reason-incomplete = бракує половини твердження
import-reason-person-refused = не прийнято інший рядок тієї самої особи
import-found-bytes = { $given } байтів; прочитують щонайбільше { $limit }
import-found-no-content = немає вмісту
import-found-no-header = немає рядка заголовків
import-found-no-row = немає жодного рядка
import-found-utf-16-le = файл у UTF-16 (спершу молодший байт), а карта оголошує UTF-8
import-found-utf-16-be = файл у UTF-16 (спершу старший байт), а карта оголошує UTF-8
import-found-not-utf-8 = байт { $byte } файлу не є UTF-8 (рядок { $line })
import-found-odd-bytes = UTF-16 з непарною кількістю байтів
import-found-half-pair = знак { $at } є половиною пари UTF-16
import-found-rows-limit = прочитують щонайбільше { $limit } рядків
import-found-columns-limit = прочитують щонайбільше { $limit } стовпців
import-found-cells = клітинок: { $cells }, у заголовку: { $header }
import-found-nameless-column = стовпець { $column } у заголовку без назви
import-found-same-name = стовпці { $first } і { $second } у заголовку мають однакову назву
import-found-quote-inside = клітинка { $cell }: лапки всередині клітинки без лапок
import-found-quote-open = клітинка { $cell }: лапки не закрито
import-found-lone-return = клітинка { $cell }: повернення каретки без переведення рядка
import-found-after-quote = клітинка { $cell }: текст після закритих лапок
import-found-cell-bytes = клітинка { $cell }: { $bytes } байтів або більше; прочитують щонайбільше { $limit }
import-found-path-bytes = { $column }: { $bytes } байтів; прочитують щонайбільше { $limit }
import-found-depth = понад { $limit } рівнів на байті { $byte }
import-found-place = рядок { $line }, позиція { $column }
import-found-not-objects = це не список об’єктів
import-found-not-json = це не JSON
import-found-odd-name = назва порожня або містить крапку
import-found-characters = знаків: { $given }
import-found-characters-limit = знаків: { $given }, щонайбільше { $limit }
import-found-born = { $captured }, народження { $born }
import-found-started = { $end }, початок { $start }
import-found-plausible = { $date }, ймовірно від { $earliest } до { $latest }
import-found-full-day = { $date }: тут потрібен повний день
import-found-known-words = відомі слова: { $words }
import-found-rank-codes = від OR-1 до OR-9, від OF-1 до OF-10
import-found-condition-code = код на зразок A1a або none
import-found-language-code = дві або три малі літери, як-от uk
import-found-date-without-site = дата перебування без місця
import-found-spell-form = перебування записують так: МІСЦЕ ВІД ДО
import-found-spells-limit = понад { $limit } перебувань
import-found-examination-needs = огляд має стан (або none), повний день і того, хто оглядав
import-found-claim-needs = твердження має день, джерело і ступінь певності
import-found-kin-needs = родич має ступінь споріднення та ім’я
import-found-brackets-without-aka = дужки, що не починаються з AKA:
import-found-bracket-open = дужку не закрито
import-found-bracket-inside = дужка всередині імені
import-found-commas = більш ніж одна кома
import-found-before-the-comma = перед комою нічого немає
import-found-not-in-the-file = карта його читає, а у файлі його немає
import-found-joined-to = карта приєднує його до { $file }
import-found-no-power = ні карта, ні посадова особа не називають державу, якій служать ці люди
import-found-map-of-held = карта { $map } читає список утримуваних, а цей список подано як список розшукуваних
import-found-map-of-sought = карта { $map } читає список розшукуваних, а цей список подано як список утримуваних
import-found-refusals-limit = понад { $limit } відмов; чи це карта саме цього списку?
import-found-earlier-row = як у попередньому рядку цієї людини; перший її рядок — { $row }
import-found-same-person = рядок { $row } — про ту саму людину
import-found-from-row = з рядка { $row } списку «{ $list }»
import-found-orphan = цього ключа з { $file } немає в жодному рядку { $lookup }, стовпець { $column }
import-finding-shared-service-number = один особовий номер у різних осіб
import-finding-differs-within-person = рядки однієї особи різняться; лишено перший
import-finding-repeated-row = рядок нічого не додає
import-finding-rank-not-in-table = звання немає в таблиці; лишено, як написано
refusal-map = Карту не прийнято:
refusal-map-unknown = Карти з такою назвою немає.
refusal-map-unclear = Стовпці не пасують жодній карті або пасують кільком. Оберіть карту за назвою.
refusal-rows-refused = Частину рядків не прийнято, а список вносять цілим або не вносять зовсім. Не прийнято рядків:
