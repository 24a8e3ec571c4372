# homeward link: ответ, объяснения, отчёт.

link-read-as = прочитано как: { $columns }
link-not-compared = не сравнивается: { $columns }
link-only-here = есть только в { $file }, поэтому не сравнивается: { $columns }
link-empty = пусто, пропущено: { $columns }
link-nameless = столбец { $n } без заголовка
link-column = столбец { $n }
link-letters = { $file } прочитано как { $encoding }
link-letters-guessed = { $file } не в UTF-8. Прочитано как { $encoding }, на что больше всего похожи буквы; если имена выглядят неверно, укажите encoding в настройках
link-separator = { $file }: ячейки разделены знаком «{ $separator }»
link-separator-tab = табуляция
link-unread = { $n ->
    [one] { $file }: буквы { $n } записи, в строке { $line }, прочитать нельзя; они приняты за неизвестные
    [few] { $file }: буквы { $n } записей, первая в строке { $line }, прочитать нельзя; они приняты за неизвестные
   *[many] { $file }: буквы { $n } записей, первая в строке { $line }, прочитать нельзя; они приняты за неизвестные
}
link-no-date = { $n ->
    [one] { $column }: { $n } ячейка не известная дата и ничего не говорит
    [few] { $column }: { $n } ячейки не известные даты и ничего не говорят
   *[many] { $column }: { $n } ячеек не известные даты и ничего не говорят
}
link-as-id = идентификатор записи
link-as-source = из какого списка
link-as-name = имя целиком
link-as-name-given-first = имя целиком, сначала личное имя
link-as-surname = фамилия
link-as-given = имя
link-as-patronymic = отчество
link-as-birth = дата рождения
link-as-words = слова, по звучанию
link-as-code = код, который имеют несколько
link-as-number = номер одного человека
link-as-category = одно из немногих значений
link-as-ignore = не сравнивается
link-kind-workbook = { $file } — книга электронных таблиц или архив, а не список: сохраните лист как CSV в UTF-8
link-kind-old-workbook = { $file } — книга электронных таблиц старого вида (.xls), а не список: сохраните лист как CSV в UTF-8
link-kind-compressed = { $file } сжат: сначала распакуйте его
link-kind-pdf = { $file } — PDF, в котором нет столбцов: попросите сам список
link-kind-picture = { $file } — изображение: попросите сам список или перепечатайте его
link-kind-database = { $file } — база данных: выгрузите таблицу как CSV в UTF-8
link-kind-json = { $file } похож на JSON, в котором нет строки заголовков. Списки читаются в CSV или, программой, собранной для этого, в Parquet: выгрузите его как CSV в UTF-8
link-kind-markup = { $file } похож на XML или веб-страницу, где нет строки заголовков. Списки читаются в CSV или, программой, собранной для этого, в Parquet: выгрузите таблицу как CSV в UTF-8
link-kind-document = { $file } похож на текстовый документ (RTF), в котором нет столбцов. Списки читаются в CSV или, программой, собранной для этого, в Parquet: попросите сам список
link-kind-cards = { $file } похож на контакты или календарь (vCard, iCalendar), где нет строки заголовков. Списки читаются в CSV или, программой, собранной для этого, в Parquet: выгрузите его как CSV в UTF-8
link-kind-commands = { $file } похож на команды для базы данных (SQL), где нет строки заголовков. Списки читаются в CSV или, программой, собранной для этого, в Parquet: выгрузите таблицу как CSV в UTF-8
link-kind-zeros = { $file } — не текст: в нём есть нулевые байты, первый в строке { $line }; сохраните список ещё раз как CSV в UTF-8
link-refused-no-header = { $file }: нет строки заголовков. Первая строка должна говорить, что в каждом столбце
link-refused-no-record = { $file }: есть строка заголовков, но ни одной записи под ней
link-refused-sources = в столбце { $column } больше { $most } списков: слишком много, чтобы узнать, в чём ошибается каждый; если это другое, скажите об этом через --settings: "ignore" или что это
link-refused-columns = { $file }: столбцов { $n }; читается не более { $most }. Оставьте те, что говорят, кто человек
link-refused-twice = { $file }: столбцы { $one } и { $other } имеют один заголовок, «{ $column }», и их нечем различить. Дайте одному из них другой или уберите один
link-refused-lines = { $file }: в записи со строки { $line } ячейка содержит много строк текста; не забыто ли закрыть кавычки?
link-refused-long = { $file }: запись со строки { $line } имеет больше { $most } байтов, чего не имеет ни одна запись о человеке; не забыто ли закрыть кавычки?
link-refused-long-row = запись { $n } имеет больше { $most } байтов, чего не имеет ни одна запись о человеке
link-refused-cells = { $file }: в записи со строки { $line } ячеек { $n }, а в заголовке { $header }; не забыто ли закрыть кавычки, нет ли знака разделения внутри ячейки?
link-refused-id-twice = { $file }: записи { $one } и { $other } имеют один идентификатор, «{ $id }». Если тот столбец не идентификатор, скажите это через --settings: "ignore" или что он есть
link-refused-no-column = настройки называют столбец «{ $column }», которого { $file } не имеет; есть { $there }
link-refused-no-name = { $file }: ни в одном столбце не видно имён. Прочитано как: { $columns }. Скажите через --settings, где они, например [columns] и "Кто" = "name"
link-refused-no-source = настройки называют список «{ $list }», из которого нет ни одной записи; есть { $there }
link-refused-settings-long = { $file }: больше { $most } байтов
link-refused-encoding = { $file }: кодировка «{ $encoding }» неизвестна; известны, в частности, utf-8, utf-16le, windows-1251, koi8-u и ibm866
link-refused-purpose = { $file }: столбец «{ $column }» назначен для «{ $purpose }»; известны { $known }
link-refused = ОТКЛОНЕНО: { $why }
link-open-absent = файла { $file } нет. Проверьте, правильны ли имя и папка
link-open-folder = { $file } — папка. Назовите файл в ней
link-open-pipe = { $file } — не файл на диске, а список читается дважды: сначала запишите его в файл
link-open-failed = не удаётся прочитать { $file }
link-asked-nothing = ничего не запрошено: дайте --out для пар, --report для отчёта или --explain для двух записей
link-asked-explain = --explain лишь говорит, почему, и ничего не пишет в файл: уберите --out, --clusters, --report, --events и --keep-weights или запустите без --explain
link-asked-clusters = --clusters пишется вместе с --out: добавьте --out и файл для пар
link-asked-examples = --examples относится к отчёту: добавьте --report и файл или уберите --examples
link-asked-events = --events говорит, что стало с людьми из --before: добавьте --before и файл --clusters прошлого раза или уберите --events
link-asked-weights = с --weights ничего не узнаётся, что мог бы сохранить --keep-weights: чтобы взять старые веса, уберите --keep-weights, чтобы узнать новые — --weights
link-asked-json = --out - пишет пары туда, куда --json пишет ответ: дайте --out файл или уберите --json
link-asked-stdout = только --out может быть -, стандартным выводом: дайте остальным по файлу
link-refused-input = { $option } { $path } — тот же файл, что и { $input }, который читается: он был бы потерян, поэтому его не перезаписывают, даже с --force. Дайте { $option } другой файл
link-refused-outputs = { $path } указано дважды, в { $other } и { $option }: дайте каждому свой файл
link-refused-there = { $option }: { $path } уже есть. Дайте другой файл или --force, чтобы его перезаписать
link-refused-no-file = { $option }: нельзя записать { $path }: это не файл. Дайте имя файла
link-refused-not-written = { $option }: нельзя создать { $path } ({ $why }). Дайте папку, которая есть и в которую можно писать
link-refused-first-line = { $file }: в первой строке должны быть названия столбцов, а она похожа на запись: в ней есть дата или число и ни одного известного названия столбца. Добавьте над ней строку, например id,фамилия,имя,дата рождения
link-refused-no-known = { $file }: ни в одном столбце не видно имён, и ни один заголовок не известен. Если первая строка — уже запись, добавьте над ней строку с названиями столбцов; иначе скажите через --settings, что в столбцах, например [columns] и "col1" = "surname"
link-refused-toml = { $file }, строка { $line }: это не настройки ({ $why }). Они пишутся в TOML: once, encoding и [columns]; см. docs/formats/link.md
link-no-record = ни одна запись не имеет идентификатора «{ $id }»
link-explain-two = --explain берёт две записи, из двух списков по одной: идентификатор, который есть в обоих, пишите left:ID или right:ID
link-explain-one = --explain берёт две записи, а это одна
link-explain-both = «{ $id }» есть в обоих списках, и взято { $this }; чтобы взять другой, пишите { $that }.
link-told-no-id = { $file }: ни в одном столбце нет идентификаторов, а запись без него второй раз не найти; скажите через --settings, где они
link-told-line = { $file }, строка { $line }: { $why }
link-told-empty = { $file }: нет строки заголовков { $header }
link-told-header = здесь должен быть заголовок { $header }
link-told-cells = ячеек { $n }, а должно быть { $header }
link-told-letters = она не в UTF-8; сохраните файл в UTF-8
link-told-read = её не удаётся прочитать
link-told-nameless = не хватает идентификатора
link-told-kind = здесь должно быть left, right, alias или gone, а для gone — без человека; есть «{ $found }»
link-told-again = { $file },{ $id } встречается второй раз
link-told-alias = { $file }: { $id } — человек и в то же время другое имя для { $to }
link-told-leads = { $file }: { $id } ведёт к { $to }, кого там нет
link-told-itself = решено, что запись есть или не есть она сама
link-told-another = об этих двух решено иначе, чем в строке { $line }; пару решает одна строка
link-told-decision = здесь должно быть same, different или open; есть «{ $found }»
link-told-contradiction = { $file }: о { $one } и { $other } решено, что это разные люди, и что это один, через { $between }
link-told-which = из двух списков идентификатор начинается с left: или right:; есть «{ $id }»
link-weights-unread = { $file }: это не файл весов ({ $why }). --weights берёт файл, который записал --keep-weights
link-weights-misfit = --weights не подходят к этим спискам ({ $why }): соедините их без --weights и сохраните новые через --keep-weights
link-parquet-not-built = { $file } — файл Parquet, а эта программа собрана без того, что их читает. Соберите её так: cargo build --release -p homeward --features parquet. Или сделайте CSV, например: duckdb -c "COPY '{ $file }' TO '{ $file }.csv' (HEADER)"
link-parquet-damaged = файл Parquet не читается: { $why }
link-parquet-damaged-at = файл Parquet не читается на записи { $n }: { $why }
link-parquet-nested = столбец «{ $column }» содержит списки или группы, а это не ячейки
link-parquet-encoding = столбец записан как { $encoding }, чего не читают; сделайте CSV или запишите без этого кодирования
link-parquet-over = { $what }: { $n }, читается не более { $most }; разделите файл или сделайте CSV
link-parquet-what-footer = байтов описания в конце файла
link-parquet-what-records = записей
link-parquet-what-columns = столбцов
link-parquet-what-page = байтов страницы
link-parquet-what-held = байтов одновременно
link-parquet-what-all = байтов после распаковки

link-records = { $n ->
    [one] { $n } запись
    [few] { $n } записи
   *[many] { $n } записей
}
link-pairs = { $n ->
    [one] { $n } пара
    [few] { $n } пары
   *[many] { $n } пар
}
link-compared = { $records }, сравнено { $pairs }
link-given-up = { $n ->
    [one] { $n } ключ общий у слишком многих записей, чтобы сравнить все; кто не совпадает в чём-то более редком, тот не встретился
    [few] { $n } ключа общие у слишком многих записей, чтобы сравнить все; кто не совпадает в чём-то более редком, тот не встретился
   *[many] { $n } ключей общие у слишком многих записей, чтобы сравнить все; кто не совпадает в чём-то более редком, тот не встретился
}
link-no-join = ничего не сравнивалось: всё, что у этих записей общее, общее у слишком многих. Добавьте столбец, который различает людей, например дату рождения, место или номер
link-few = меньше { $n } записей: что у них общего, по ним почти не узнать, поэтому вероятности опираются на то, что известно о списках вообще
link-band-link = на соединение
link-band-likely = на просмотр человеком, вероятные
link-band-unlikely = на просмотр человеком, маловероятные
link-band-no = не одного человека
link-likely-of = { $n ->
    [one] { $n } вероятная пара: { $sources }
    [few] { $n } вероятные пары: { $sources }
   *[many] { $n } вероятных пар: { $sources }
}
link-and = { $one } и { $other }
link-event-gone = записей больше нет
link-event-split = записей отделено как другого человека
link-event-moved = записей перешло к другому человеку, который уже был
link-event-merged = человек теперь одно лицо с другим
link-event-new = новых записей новых людей
link-event-joined = новых записей нашли своего человека
link-examples-warning = Отчёт показывает данные людей: имена, даты и все прочие ячейки своих примеров. Храните его так, как сами списки.

link-part-before = до любого сравнения
link-part-before-says = как редко две записи этих источников принадлежат одному человеку
link-part-surname = фамилия
link-part-given = имя
link-part-patronymic = отчество
link-part-name = имя целиком
link-part-name-says = взвешено как одно
link-part-name-moved = части стоят на других местах
link-part-name-brothers = два разных имени: это могут быть братья, поэтому пара никогда не весит больше 3 бит, что бы ещё ни совпало
link-part-name-none = в именах ничего не совпадает: у людей из одного лагеря или одной части совпадает всё остальное, поэтому пара никогда не весит больше 3 бит
link-part-name-generations = годы рождения отстоят на поколение: отца и сына могут звать одинаково, поэтому пара никогда не весит больше 3 бит, что бы ещё ни совпало
link-level-missing = нет в одной записи или в обеих
link-level-same = то же
link-level-one-name = то же, написанное иначе
link-level-near = разница в одну описку
link-level-alike = похоже
link-level-differs = разное
link-level-initial = инициал, который подходит
link-birth-missing = нет в одной записи или в обеих
link-birth-same = тот же день
link-birth-same-month = тот же месяц, один без дня
link-birth-same-year = тот же год, один без месяца или записан как 1 января
link-birth-exchanged = день и месяц переставлены
link-birth-other-day = другой день того же месяца
link-birth-other-month = тот же день другого месяца
link-birth-year-slip = день и месяц совпадают, год отличается на одну цифру или один год
link-birth-other-year = день и месяц совпадают, год нет
link-birth-year-only = совпадает только год
link-birth-near-year = разница в один год
link-birth-differs = разное
link-others = { $n ->
    [0] больше ни у кого такого нет
    [one] так ещё в { $n } записи
    [few] так ещё в { $n } записях
   *[many] так ещё в { $n } записях
}
link-weighs-for = за одного человека, { $times } к 1
link-weighs-against = против, { $times } к 1
link-weighs-nothing = почти ничего не говорит
link-weighs-over = более { $times }
link-sum = бит вместе: вероятность { $probability }, что это один человек
link-verdict-link = Соединить: от 0,99 две записи можно соединить без просмотра человеком.
link-verdict-review = Просмотреть человеку: от 0,05 до 0,99, самые вероятные сначала; по одной этой цифре никого не соединяют.
link-verdict-no = Не один человек: ниже 0,05 смотреть не нужно.
link-verdict-same = Решено, что это один человек: это так, сколько бы пара ни весила.
link-verdict-different = Решено, что это два человека: их никогда не сведут вместе, сколько бы пара ни весила.
link-through = Через третью запись, с которой обе сходятся, выходит { $probability }.
link-met-by = { $n ->
    [one] Сведены { $n } соединением.
    [few] Сведены { $n } соединениями.
   *[many] Сведены { $n } соединениями.
}
link-never-met = Ни одно соединение не сводит эти две записи: у них нет общего ключа, поэтому их не сравнивали и ни в одном ответе их нет. Вес — тот, который они имели бы.
link-met-not-kept = Сведены, но в ответе нет: весят слишком мало, или каждый их ключ общий у слишком многих записей, или им нельзя совпадать.
link-apart = Им нельзя совпадать: две записи списка, который называет каждого один раз, или одной стороны из двух списков, — два человека.

link-report-title = Что соединено
link-report-lead = Какие записи принадлежат одному человеку: насколько это точно, как это найдено и что пропущено. Вероятность никогда не выше оттого, что другого кандидата не нашлось.
link-report-no-names = В этом отчёте нет имён и дат; примеры показывают записи по их идентификаторам.
link-report-later = В этом запуске сравнены только пары с новой или просмотренной заново записью.
link-report-read = Что прочитано
link-report-file = Файл
link-report-column = Столбец
link-report-used = Прочитано как
link-report-empty = пустой, пропущен
link-report-bands = Пары по полосам
link-report-band = Полоса
link-report-pairs = Пары
link-report-probability = Вероятность
link-report-below = ниже { $limit }
link-report-from = { $limit } и больше
link-report-between = от { $low } до { $high }
link-report-no-means = Из { $met } встреч, где пара, встретившаяся дважды, учтена дважды, эти весили достаточно, чтобы их сохранить, но слишком мало, чтобы смотреть. Прочие весили меньше и не сохранены.
link-report-sources = Пары по источникам
link-report-source = Источники
link-report-review = На просмотр человеком
link-report-weights = Сколько весят пары
link-report-weights-lead = Вес в битах: 0 — поровну, 10 — тысяча к одному, что это один человек. Каждая линия вверх — в десять раз больше пар. Два горба с долиной между ними — хороший знак; горб на границе — там, где придётся смотреть людям.
link-report-weight = Биты
link-report-figures = Те же цифры таблицей
link-report-recall = Что не свело ни одно соединение
link-report-recall-lead = Записи сравнивают только тогда, когда у них есть общий ключ. Сколько пар одного человека не имеют ни одного, не сосчитать, можно лишь оценить, двумя способами. По записям: берут две записи, их части совпадают так часто, как в найденных парах, и считают, как часто не срабатывает ни одно соединение. Не менее: пары, которые свело лишь одно соединение, говорят о тех, которых не свело ни одно (Chao 1987); это нижняя граница, и где столбцы пусты, она намного ниже правды.
link-report-expected = Найдено пар, по вероятности
link-report-missed = Пропущено, по записям
link-report-missed-least = Пропущено не менее
link-report-met-share = Сведено, по записям
link-report-all = все
link-report-joins = Соединения
link-report-joins-lead = Соединение — то, что две записи должны иметь общим, чтобы их сравнили. Какие из них взяты, найдено подсчётом: те, что редко общие у чужих. Пара учтена в каждом соединении, которое для неё выполняется; «только им» — пары к соединению, которых не сводит никакое другое.
link-report-join = Соединение
link-report-kept = Сохранено пар
link-report-linked = На соединение
link-report-alone = Только им
link-report-given-up = Отброшенные ключи
link-report-no-given-up = Ни один ключ не отброшен: ни один не общий у слишком многих записей.
link-key-bones = первые согласные фамилии
link-key-last-bones = последние согласные фамилии
link-key-day = { $column } (полностью)
link-key-year = { $column } (год)
link-key-day-of-year = { $column } (день и месяц)
link-report-clusters = Люди по числу записей
link-report-size = Записей человека
link-report-people = Люди
link-report-examples = Примеры
link-report-examples-lead = Из каждой полосы самая тяжёлая пара, одна из середины и самая лёгкая. Полоска вправо — за одного человека, заштрихованная влево — против; вместе они кончаются на сумме.
link-report-example = { $one } и { $other }
link-report-what = Часть
link-report-says = Как сравнивается
link-report-sum = сумма
link-report-none = Пар в этой полосе нет.
link-report-made = Создано homeward link. Ничто на этой странице не загружается извне.

chart-weights-desc = От { $from } до { $to } бит: { $n }.
chart-weights-pairs = пары, каждая линия — в десять раз больше
chart-weights-bits = вес в битах
chart-waterfall-title = Вес пары { $one } и { $other }
