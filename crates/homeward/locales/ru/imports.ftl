# Внесение списка людей.

import-title = Импорт списка
import-lead = Сначала список прочитывают и проверяют. Никто не сохранён, пока вы не подтвердите; тогда всех сохраняют за один шаг.
import-which = Какой это список?
import-to-held = Люди, которых удерживаем мы
import-to-sought = Люди, которых мы ищем
import-hint-held = Пленные другой стороны под нашей охраной
import-hint-sought = Наши люди: пропавшие или те, о ком известно, что их удерживает другая сторона
import-file = Список
import-file-hint = CSV или JSON, до 15 МиБ вместе с присоединёнными файлами. Списки больше вносит команда «homeward import» на остановленном узле.
import-name = Название списка
import-name-hint = Так, как его будут знать коллеги, например «Госпиталь, 1 июня». Если оставить пустым, возьмём имя файла.
import-map = Как читать столбцы
import-map-by-columns = Выбрать по столбцам файла
import-map-held = Наш список тех, кого удерживаем
import-map-sought = Наш список тех, кого ищем
import-map-uk-cmp = Британский список пленных (с присоединёнными файлами)
import-map-au-dva-json = Австралийский поимённый список, JSON
import-map-au-dva-csv = Австралийский поимённый список, CSV
import-own-map = Другая карта столбцов
import-own-map-hint = Файл карты (TOML), если ни одна из перечисленных не подходит. Он имеет преимущество.
import-joined = Присоединённый файл { $n }
import-joined-hint = Только если карта присоединяет другие файлы; каждый под своим именем
import-joined-title = Другая карта или файлы, которые она присоединяет
import-read = Прочитать и проверить
import-before = Импортировано раньше
import-before-latest = Приведены последние { $n }; каждый импорт записан в журнале.
import-before-none = Ещё не импортирован ни один список.
import-at = Когда
import-list = Куда
import-officer = Должностное лицо
import-persons = Человек
import-preview-title = Проверьте перед импортом
import-nothing-stored = Ещё ничего не сохранено. Сверьте эти числа со списком, который у вас на руках.
import-all-good = { $n ->
    [one] Прочитана каждая строка: { $n } человек.
    [few] Прочитана каждая строка: { $n } человека.
    [many] Прочитана каждая строка: { $n } человек.
   *[other] Прочитана каждая строка: { $n } человека.
}
import-some-refused = { $n ->
    [one] Не принята { $n } строка. В таком виде список не импортируется.
    [few] Не приняты { $n } строки. В таком виде список не импортируется.
    [many] Не принято { $n } строк. В таком виде список не импортируется.
   *[other] Не принято { $n } строки. В таком виде список не импортируется.
}
import-file-refused = Файл не принят целиком. Ничего не импортировано.
import-rows = Строки
import-rows-accepted = Принято строк
import-rows-refused = Не принято строк
import-map-used = Карта
import-unread = Столбцы, которые не читаем
import-confirm = { $n ->
    [one] Импортировать { $n } человека
    [few] Импортировать { $n } человек
    [many] Импортировать { $n } человек
   *[other] Импортировать { $n } человека
}
import-confirm-rest = { $n ->
    [one] Импортировать { $n } человека, остальные строки пропустить
    [few] Импортировать { $n } человек, остальные строки пропустить
    [many] Импортировать { $n } человек, остальные строки пропустить
   *[other] Импортировать { $n } человека, остальные строки пропустить
}
import-confirm-rest-hint = Лучше исправить список и прочитать его снова. Кто пропущен, того не будут искать и не предложат.
import-again = Прочитать другой файл
import-problems = Не принято, по причинам
import-refused-cells = Что не принято
import-refused-first = Показаны первые { $shown } из { $all }.
import-findings-caption = Стоит взглянуть; импорту это не мешает
import-row = Строка
import-column = Столбец
import-reason = Причина
import-cells = Раз
import-found = Что найдено
import-finding = Наблюдение
import-reason-file-too-large = файл слишком велик
import-reason-empty = файл пуст
import-reason-encoding = кодировка не та, что указана в карте
import-reason-syntax = формат не тот, что указан в карте
import-reason-too-many-rows = слишком много строк
import-reason-too-many-columns = слишком много столбцов
import-reason-too-deep = слишком глубокая вложенность
import-reason-ragged-row = ячеек больше или меньше, чем в заголовке
import-reason-duplicate-column = два столбца с одним названием
import-reason-missing-column = нет столбца, названного в карте
import-reason-missing-lookup = не загружен файл, который присоединяет карта
import-reason-duplicate-lookup-key = один ключ дважды в присоединённом файле
import-reason-too-many-refusals = отказов больше, чем можно перечислить: вероятно, карта не та
import-reason-other-list = карта читает другой список: удерживаемых вместо разыскиваемых или наоборот
import-reason-missing-power = не сказано, какой державе служат эти люди
import-reason-cell-too-long = длиннее, чем может быть поле
import-reason-control-character = управляющий или невидимый знак
import-reason-bidi-character = знак, меняющий порядок показанного
import-reason-not-text = список или объект там, где должен быть текст
import-reason-orphan-key = в присоединённом файле нет такого ключа
import-reason-missing-key = нет ключа
import-reason-known-key = в реестре уже есть человек с этим ключом из этого источника
import-reason-missing-surname = нет фамилии
import-reason-unreadable-name = имя записано не так, как указано
import-reason-unreadable-date = дата не читается, или такого дня нет
import-reason-date-out-of-range = дата вне вероятных пределов
import-reason-end-before-start = конец раньше начала
import-reason-captured-before-birth = плен раньше рождения
import-reason-duplicate-spell = одно и то же пребывание дважды
import-reason-unknown-word = незнакомое для поля слово
import-reason-incomplete = нет половины утверждения
import-reason-person-refused = не принята другая строка того же человека
import-found-bytes = { $given } байт; читается не более { $limit }
import-found-no-content = нет содержимого
import-found-no-header = нет строки заголовков
import-found-no-row = нет ни одной строки
import-found-utf-16-le = файл в UTF-16 (сначала младший байт), а карта объявляет UTF-8
import-found-utf-16-be = файл в UTF-16 (сначала старший байт), а карта объявляет UTF-8
import-found-not-utf-8 = байт { $byte } файла не является UTF-8 (строка { $line })
import-found-odd-bytes = UTF-16 с нечётным числом байтов
import-found-half-pair = знак { $at } — половина пары UTF-16
import-found-rows-limit = читается не более { $limit } строк
import-found-columns-limit = читается не более { $limit } столбцов
import-found-cells = ячеек: { $cells }, в заголовке: { $header }
import-found-nameless-column = столбец { $column } в заголовке без названия
import-found-same-name = столбцы { $first } и { $second } в заголовке называются одинаково
import-found-quote-inside = ячейка { $cell }: кавычка внутри ячейки без кавычек
import-found-quote-open = ячейка { $cell }: кавычка не закрыта
import-found-lone-return = ячейка { $cell }: возврат каретки без перевода строки
import-found-after-quote = ячейка { $cell }: текст после закрывающей кавычки
import-found-cell-bytes = ячейка { $cell }: { $bytes } байт или больше; читается не более { $limit }
import-found-path-bytes = { $column }: { $bytes } байт; читается не более { $limit }
import-found-depth = больше { $limit } уровней на байте { $byte }
import-found-place = строка { $line }, позиция { $column }
import-found-not-objects = это не список объектов
import-found-not-json = это не JSON
import-found-odd-name = название пустое или содержит точку
import-found-characters = знаков: { $given }
import-found-characters-limit = знаков: { $given }, не более { $limit }
import-found-born = { $captured }, рождение { $born }
import-found-started = { $end }, начало { $start }
import-found-plausible = { $date }, правдоподобно от { $earliest } до { $latest }
import-found-full-day = { $date }: здесь нужен полный день
import-found-known-words = известны слова: { $words }
import-found-rank-codes = от OR-1 до OR-9, от OF-1 до OF-10
import-found-condition-code = код вроде A1a или none
import-found-language-code = две или три строчные буквы, например uk
import-found-date-without-site = дата пребывания без места
import-found-spell-form = пребывание записывают так: МЕСТО С ПО
import-found-spells-limit = больше { $limit } пребываний
import-found-examination-needs = осмотр имеет состояние (или none), полный день и того, кто осматривал
import-found-claim-needs = у утверждения есть день, источник и степень уверенности
import-found-kin-needs = у родственника есть степень родства и имя
import-found-brackets-without-aka = скобки, которые не начинаются с AKA:
import-found-bracket-open = скобка не закрыта
import-found-bracket-inside = скобка внутри имени
import-found-commas = больше одной запятой
import-found-before-the-comma = перед запятой ничего нет
import-found-not-in-the-file = карта его читает, а в файле его нет
import-found-joined-to = карта присоединяет его к { $file }
import-found-no-power = ни карта, ни должностное лицо не называют державу, которой служат эти люди
import-found-map-of-held = карта { $map } читает список удерживаемых, а этот список подан как список разыскиваемых
import-found-map-of-sought = карта { $map } читает список разыскиваемых, а этот список подан как список удерживаемых
import-found-refusals-limit = больше { $limit } отказов; та ли это карта для этого списка?
import-found-earlier-row = как в более ранней строке этого человека; первая его строка — { $row }
import-found-same-person = строка { $row } — о том же человеке
import-found-from-row = из строки { $row } списка «{ $list }»
import-found-orphan = этого ключа из { $file } нет ни в одной строке { $lookup }, столбец { $column }
import-finding-shared-service-number = один личный номер у разных людей
import-finding-differs-within-person = строки одного человека расходятся; оставлена первая
import-finding-repeated-row = строка ничего не добавляет
import-finding-rank-not-in-table = звания нет в таблице; оставлено, как написано
refusal-map = Карта не принята:
refusal-map-unknown = Карты с таким названием нет.
refusal-map-unclear = Столбцы не подходят ни к одной карте или подходят к нескольким. Выберите карту по названию.
refusal-rows-refused = Часть строк не принята, а список вносят целиком или не вносят вовсе. Не принято строк:
