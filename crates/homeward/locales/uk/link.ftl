# homeward link: відповідь, пояснення, звіт.

link-read-as = прочитано як: { $columns }
link-not-compared = не порівнюється: { $columns }
link-only-here = є лише у { $file }, тому не порівнюється: { $columns }
link-empty = порожнє, пропущено: { $columns }
link-nameless = стовпець { $n } без заголовка
link-column = стовпець { $n }
link-letters = { $file } прочитано як { $encoding }
link-letters-guessed = { $file } не в UTF-8. Прочитано як { $encoding }, на що найбільше схожі літери; якщо імена виглядають хибно, вкажіть encoding у налаштуваннях
link-separator = { $file }: клітинки розділено знаком «{ $separator }»
link-separator-tab = табуляція
link-unread = { $n ->
    [one] { $file }: літери { $n } запису, у рядку { $line }, прочитати не можна; їх узято за невідомі
    [few] { $file }: літери { $n } записів, перший у рядку { $line }, прочитати не можна; їх узято за невідомі
   *[many] { $file }: літери { $n } записів, перший у рядку { $line }, прочитати не можна; їх узято за невідомі
}
link-no-date = { $n ->
    [one] { $column }: { $n } клітинка не є відомою датою і нічого не каже
    [few] { $column }: { $n } клітинки не є відомими датами і нічого не кажуть
   *[many] { $column }: { $n } клітинок не є відомими датами і нічого не кажуть
}
link-as-id = ідентифікатор запису
link-as-source = з якого списку
link-as-name = ім’я повністю
link-as-name-given-first = ім’я повністю, спершу власне ім’я
link-as-surname = прізвище
link-as-given = ім’я
link-as-patronymic = по батькові
link-as-birth = дата народження
link-as-words = слова, за звучанням
link-as-code = код, який мають кілька
link-as-number = номер однієї особи
link-as-category = одне з небагатьох значень
link-as-ignore = не порівнюється
link-kind-workbook = { $file } — книга електронних таблиць або архів, а не список: збережіть аркуш як CSV у UTF-8
link-kind-old-workbook = { $file } — книга електронних таблиць старого виду (.xls), а не список: збережіть аркуш як CSV у UTF-8
link-kind-compressed = { $file } стиснено: спершу розпакуйте його
link-kind-pdf = { $file } — PDF, у якому немає стовпців: попросіть сам список
link-kind-picture = { $file } — зображення: попросіть сам список або передрукуйте його
link-kind-database = { $file } — база даних: вивантажте таблицю як CSV у UTF-8
link-kind-json = { $file } схожий на JSON, у якому немає рядка заголовків. Списки читаються в CSV або, програмою, зібраною для цього, у Parquet: вивантажте його як CSV у UTF-8
link-kind-markup = { $file } схожий на XML або вебсторінку, де немає рядка заголовків. Списки читаються в CSV або, програмою, зібраною для цього, у Parquet: вивантажте таблицю як CSV у UTF-8
link-kind-document = { $file } схожий на текстовий документ (RTF), у якому немає стовпців. Списки читаються в CSV або, програмою, зібраною для цього, у Parquet: попросіть сам список
link-kind-cards = { $file } схожий на контакти або календар (vCard, iCalendar), де немає рядка заголовків. Списки читаються в CSV або, програмою, зібраною для цього, у Parquet: вивантажте його як CSV у UTF-8
link-kind-commands = { $file } схожий на команди для бази даних (SQL), де немає рядка заголовків. Списки читаються в CSV або, програмою, зібраною для цього, у Parquet: вивантажте таблицю як CSV у UTF-8
link-kind-zeros = { $file } — не текст: у ньому є нульові байти, перший у рядку { $line }; збережіть список ще раз як CSV у UTF-8
link-refused-no-header = { $file }: немає рядка заголовків. Перший рядок має казати, що в кожному стовпці
link-refused-no-record = { $file }: є рядок заголовків, але жодного запису під ним
link-refused-sources = у стовпці { $column } понад { $most } списків: забагато, щоб дізнатися, у чому помиляється кожен; якщо це інше, скажіть про це через --settings: "ignore" або що це
link-refused-columns = { $file }: стовпців { $n }; читається не більше { $most }. Залиште ті, що кажуть, хто людина
link-refused-twice = { $file }: стовпці { $one } і { $other } мають один заголовок, «{ $column }», тож їх нічим розрізнити. Дайте одному з них інший або приберіть один
link-refused-lines = { $file }: у записі з рядка { $line } клітинка має багато рядків тексту; чи не забуто закрити лапки?
link-refused-long = { $file }: запис із рядка { $line } має понад { $most } байтів, чого не має жоден запис про людину; чи не забуто закрити лапки?
link-refused-long-row = запис { $n } має понад { $most } байтів, чого не має жоден запис про людину
link-refused-cells = { $file }: у записі з рядка { $line } клітинок { $n }, а в заголовку { $header }; чи не забуто закрити лапки, чи немає знака розділення всередині клітинки?
link-refused-id-twice = { $file }: записи { $one } і { $other } мають один ідентифікатор, «{ $id }». Якщо той стовпець не ідентифікатор, скажіть це через --settings: "ignore" або що він є
link-refused-no-column = налаштування називають стовпець «{ $column }», якого { $file } не має; є { $there }
link-refused-no-name = { $file }: у жодному стовпці не видно імен. Прочитано як: { $columns }. Скажіть через --settings, де вони, наприклад [columns] і "Хто" = "name"
link-refused-no-source = налаштування називають список «{ $list }», з якого немає жодного запису; є { $there }
link-refused-settings-long = { $file }: понад { $most } байтів
link-refused-encoding = { $file }: кодування «{ $encoding }» невідоме; відомі, зокрема, utf-8, utf-16le, windows-1251, koi8-u та ibm866
link-refused-purpose = { $file }: стовпець «{ $column }» призначено для «{ $purpose }»; відомі { $known }
link-refused = ВІДХИЛЕНО: { $why }
link-open-absent = файлу { $file } немає. Перевірте, чи правильні назва і тека
link-open-folder = { $file } — тека. Назвіть файл у ній
link-open-pipe = { $file } — не файл на диску, а список читається двічі: спершу запишіть його у файл
link-open-failed = не вдається прочитати { $file }
link-asked-nothing = нічого не запитано: дайте --out для пар, --report для звіту або --explain для двох записів
link-asked-explain = --explain лише каже, чому, і нічого не пише у файл: приберіть --out, --clusters, --report, --events і --keep-weights або запустіть без --explain
link-asked-clusters = --clusters пишеться разом з --out: додайте --out і файл для пар
link-asked-examples = --examples стосується звіту: додайте --report і файл або приберіть --examples
link-asked-events = --events каже, що сталося з особами з --before: додайте --before і файл --clusters минулого разу або приберіть --events
link-asked-weights = з --weights нічого не вивчається, що міг би зберегти --keep-weights: щоб узяти старі ваги, приберіть --keep-weights, щоб вивчити нові — --weights
link-asked-json = --out - пише пари туди, куди --json пише відповідь: дайте --out файл або приберіть --json
link-asked-stdout = лише --out може бути -, стандартним виводом: дайте іншим по файлу
link-refused-input = { $option } { $path } — той самий файл, що й { $input }, який читається: він був би втрачений, тому його не перезаписують, навіть із --force. Дайте { $option } інший файл
link-refused-outputs = { $path } вказано двічі, у { $other } і { $option }: дайте кожному свій файл
link-refused-there = { $option }: { $path } уже є. Дайте інший файл або --force, щоб його перезаписати
link-refused-no-file = { $option }: не можна записати { $path }: це не файл. Дайте назву файлу
link-refused-not-written = { $option }: не можна створити { $path } ({ $why }). Дайте теку, яка є і в яку можна писати
link-refused-first-line = { $file }: у першому рядку мають бути назви стовпців, а він схожий на запис: у ньому є дата або число і жодної відомої назви стовпця. Додайте над ним рядок, наприклад id,прізвище,ім’я,дата народження
link-refused-no-known = { $file }: у жодному стовпці не видно імен, і жоден заголовок не відомий. Якщо перший рядок — уже запис, додайте над ним рядок із назвами стовпців; інакше скажіть через --settings, що у стовпцях, наприклад [columns] і "col1" = "surname"
link-refused-toml = { $file }, рядок { $line }: це не налаштування ({ $why }). Вони пишуться в TOML: once, encoding і [columns]; див. docs/formats/link.md
link-no-record = жоден запис не має ідентифікатора «{ $id }»
link-explain-two = --explain бере два записи, з двох списків по одному: ідентифікатор, який є в обох, пишіть left:ID або right:ID
link-explain-one = --explain бере два записи, а це один
link-explain-both = «{ $id }» є в обох списках, і його взято як { $this }; щоб мати інший, пишіть { $that }.
link-told-no-id = { $file }: у жодному стовпці немає ідентифікаторів, а запис без нього вдруге не знайти; скажіть через --settings, де вони
link-told-line = { $file }, рядок { $line }: { $why }
link-told-empty = { $file }: немає рядка заголовків { $header }
link-told-header = тут має бути заголовок { $header }
link-told-cells = клітинок { $n }, а має бути { $header }
link-told-letters = він не в UTF-8; збережіть файл у UTF-8
link-told-read = його не вдається прочитати
link-told-nameless = бракує ідентифікатора
link-told-kind = тут має бути left, right, alias або gone, а для gone — без особи; є «{ $found }»
link-told-again = { $file },{ $id } трапляється вдруге
link-told-alias = { $file }: { $id } — особа і водночас інша назва для { $to }
link-told-leads = { $file }: { $id } веде до { $to }, кого там немає
link-told-itself = вирішено, що запис є чи не є самим собою
link-told-another = про цих двох вирішено інакше, ніж у рядку { $line }; пару вирішує один рядок
link-told-decision = тут має бути same, different або open; є «{ $found }»
link-told-contradiction = { $file }: про { $one } і { $other } вирішено, що це різні особи, і що це одна, через { $between }
link-told-which = із двох списків ідентифікатор починається з left: або right:; є «{ $id }»
link-weights-unread = { $file }: це не файл ваг ({ $why }). --weights бере файл, який записав --keep-weights
link-weights-misfit = --weights не підходять до цих списків ({ $why }): поєднайте їх без --weights і збережіть нові через --keep-weights
link-parquet-not-built = { $file } — файл Parquet, а цю програму зібрано без того, що їх читає. Зберіть її так: cargo build --release -p homeward --features parquet. Або зробіть CSV, наприклад: duckdb -c "COPY '{ $file }' TO '{ $file }.csv' (HEADER)"
link-parquet-damaged = файл Parquet не читається: { $why }
link-parquet-damaged-at = файл Parquet не читається на записі { $n }: { $why }
link-parquet-nested = стовпець «{ $column }» містить списки або групи, а це не клітинки
link-parquet-encoding = стовпець записано як { $encoding }, чого не читають; зробіть CSV або запишіть без цього кодування
link-parquet-over = { $what }: { $n }, читається не більше { $most }; поділіть файл або зробіть CSV
link-parquet-what-footer = байтів опису наприкінці файлу
link-parquet-what-records = записів
link-parquet-what-columns = стовпців
link-parquet-what-page = байтів сторінки
link-parquet-what-held = байтів водночас
link-parquet-what-all = байтів після розпакування

link-records = { $n ->
    [one] { $n } запис
    [few] { $n } записи
   *[many] { $n } записів
}
link-pairs = { $n ->
    [one] { $n } пара
    [few] { $n } пари
   *[many] { $n } пар
}
link-compared = { $records }, порівняно { $pairs }
link-given-up = { $n ->
    [one] { $n } ключ спільний для надто багатьох записів, щоб порівняти всі; хто не збігається в чомусь рідкіснішому, той не зустрівся
    [few] { $n } ключі спільні для надто багатьох записів, щоб порівняти всі; хто не збігається в чомусь рідкіснішому, той не зустрівся
   *[many] { $n } ключів спільні для надто багатьох записів, щоб порівняти всі; хто не збігається в чомусь рідкіснішому, той не зустрівся
}
link-no-join = нічого не порівняно: усе, що в цих записів спільне, спільне в надто багатьох. Додайте стовпець, який розрізняє людей, як-от дату народження, місце чи номер
link-few = менше ніж { $n } записів: що в них спільного, з них майже не навчитися, тож імовірності спираються на те, що відомо про списки загалом
link-band-link = на поєднання
link-band-likely = на перегляд людиною, ймовірні
link-band-unlikely = на перегляд людиною, малоймовірні
link-band-no = не однієї особи
link-likely-of = { $n ->
    [one] { $n } ймовірна пара: { $sources }
    [few] { $n } ймовірні пари: { $sources }
   *[many] { $n } ймовірних пар: { $sources }
}
link-and = { $one } і { $other }
link-event-gone = записів більше немає
link-event-split = записів відокремлено як іншої особи
link-event-moved = записів перейшло до іншої особи, яка вже була
link-event-merged = осіб тепер одна з іншою
link-event-new = нових записів нових осіб
link-event-joined = нових записів знайшли свою особу
link-examples-warning = Звіт показує дані людей: імена, дати та всі інші клітинки своїх прикладів. Зберігайте його так, як самі списки.

link-part-before = до будь-якого порівняння
link-part-before-says = як рідко два записи цих джерел належать одній особі
link-part-surname = прізвище
link-part-given = ім’я
link-part-patronymic = по батькові
link-part-name = ім’я повністю
link-part-name-says = зважено як одне
link-part-name-moved = частини стоять на інших місцях
link-part-name-brothers = два різні імені: це можуть бути брати, тож пара ніколи не важить понад 3 біти, хоч би що ще збігалося
link-part-name-none = в іменах нічого не збігається: у людей з одного табору чи однієї частини збігається решта, тож пара ніколи не важить понад 3 біти
link-part-name-generations = роки народження відстоять на покоління: батько й син можуть зватися однаково, тож пара ніколи не важить понад 3 біти, хоч би що ще збігалося
link-level-missing = немає в одному записі або в обох
link-level-same = те саме
link-level-one-name = те саме, написане інакше
link-level-near = різниця в одну описку
link-level-alike = схоже
link-level-differs = різне
link-level-initial = ініціал, що підходить
link-birth-missing = немає в одному записі або в обох
link-birth-same = той самий день
link-birth-same-month = той самий місяць, один без дня
link-birth-same-year = той самий рік, один без місяця або записаний як 1 січня
link-birth-exchanged = день і місяць переставлено
link-birth-other-day = інший день того самого місяця
link-birth-other-month = той самий день іншого місяця
link-birth-year-slip = день і місяць збігаються, рік відрізняється на одну цифру або один рік
link-birth-other-year = день і місяць збігаються, рік ні
link-birth-year-only = збігається лише рік
link-birth-near-year = різниця в один рік
link-birth-differs = різне
link-others = { $n ->
    [0] більше ні в кого такого немає
    [one] так ще в { $n } записі
    [few] так ще у { $n } записах
   *[many] так ще у { $n } записах
}
link-weighs-for = за одну особу, { $times } до 1
link-weighs-against = проти, { $times } до 1
link-weighs-nothing = майже нічого не каже
link-weighs-over = понад { $times }
link-sum = бітів разом: імовірність { $probability }, що це одна особа
link-verdict-link = Поєднати: від 0,99 два записи можна поєднати без перегляду людиною.
link-verdict-review = Переглянути людині: від 0,05 до 0,99, найімовірніші спершу; за самою цією цифрою нікого не поєднують.
link-verdict-no = Не одна особа: нижче 0,05 переглядати не потрібно.
link-verdict-same = Вирішено, що це одна особа: так воно і є, хоч би скільки важила пара.
link-verdict-different = Вирішено, що це дві особи: їх ніколи не зведуть разом, хоч би скільки важила пара.
link-through = Через третій запис, з яким обидва збігаються, виходить { $probability }.
link-met-by = { $n ->
    [one] Зведено { $n } з’єднанням.
    [few] Зведено { $n } з’єднаннями.
   *[many] Зведено { $n } з’єднаннями.
}
link-never-met = Жодне з’єднання не зводить ці два записи: у них немає спільного ключа, тож їх не порівнювали і в жодній відповіді їх немає. Вага — та, яку вони мали б.
link-met-not-kept = Зведено, але у відповіді немає: важать замало, або кожен їхній ключ спільний для надто багатьох записів, або їм не можна збігатися.
link-apart = Їм не можна збігатися: два записи списку, що називає кожного один раз, або одного боку з двох списків, — дві особи.

link-report-title = Що поєднано
link-report-lead = Які записи належать одній особі: наскільки це певно, як це знайдено і що пропущено. Імовірність ніколи не вища через те, що іншого кандидата не знайшлося.
link-report-no-names = У цьому звіті немає імен і дат; приклади показують записи за їхніми ідентифікаторами.
link-report-later = У цьому запуску порівняно лише пари з новим або переглянутим знову записом.
link-report-read = Що прочитано
link-report-file = Файл
link-report-column = Стовпець
link-report-used = Прочитано як
link-report-empty = порожній, пропущено
link-report-bands = Пари за смугами
link-report-band = Смуга
link-report-pairs = Пари
link-report-probability = Імовірність
link-report-below = нижче { $limit }
link-report-from = { $limit } і більше
link-report-between = від { $low } до { $high }
link-report-no-means = Із { $met } зустрічей, де пару, що зустрілася двічі, враховано двічі, ці важили досить, щоб їх зберегти, але замало, щоб дивитися. Решта важила менше, і їх не збережено.
link-report-sources = Пари за джерелами
link-report-source = Джерела
link-report-review = На перегляд людиною
link-report-weights = Скільки важать пари
link-report-weights-lead = Вага в бітах: 0 — порівну, 10 — тисяча до одного, що це одна особа. Кожна лінія вгору — удесятеро більше пар. Два горби з долиною між ними — добрий знак; горб на межі — там, де доведеться дивитися людям.
link-report-weight = Біти
link-report-figures = Ті самі цифри таблицею
link-report-recall = Що не звело жодне з’єднання
link-report-recall-lead = Записи порівнюють лише тоді, коли вони мають спільний ключ. Скільки пар однієї особи не мають жодного, не порахувати, можна лише оцінити, двома способами. За записами: беруть два записи, їхні частини збігаються так часто, як у знайдених парах, і рахують, як часто не спрацьовує жодне з’єднання. Щонайменше: пари, які звело лише одне з’єднання, свідчать про ті, яких не звело жодне (Chao 1987); це нижня межа, і де стовпці порожні, вона значно нижча за правду.
link-report-expected = Знайдено пар, за ймовірністю
link-report-missed = Пропущено, за записами
link-report-missed-least = Пропущено щонайменше
link-report-met-share = Зведено, за записами
link-report-all = усі
link-report-joins = З’єднання
link-report-joins-lead = З’єднання — те, що два записи повинні мати спільним, щоб їх порівняли. Які з них ужито, знайдено підрахунком: ті, що рідко спільні в чужих. Пару враховано в кожному з’єднанні, яке для неї виконується; «лише ним» — пари на поєднання, яких не зводить жодне інше.
link-report-join = З’єднання
link-report-kept = Збережено пар
link-report-linked = На поєднання
link-report-alone = Лише ним
link-report-given-up = Відкинуті ключі
link-report-no-given-up = Жодного ключа не відкинуто: жоден не спільний для надто багатьох записів.
link-key-bones = перші приголосні прізвища
link-key-last-bones = останні приголосні прізвища
link-key-day = { $column } (повністю)
link-key-year = { $column } (рік)
link-key-day-of-year = { $column } (день і місяць)
link-report-clusters = Особи за кількістю записів
link-report-size = Записів особи
link-report-people = Особи
link-report-examples = Приклади
link-report-examples-lead = З кожної смуги найважча пара, одна з середини й найлегша. Смужка праворуч — за одну особу, заштрихована ліворуч — проти; разом вони закінчуються на сумі.
link-report-example = { $one } і { $other }
link-report-what = Частина
link-report-says = Як порівнюється
link-report-sum = сума
link-report-none = Пар у цій смузі немає.
link-report-made = Створено homeward link. Ніщо на цій сторінці не завантажується ззовні.

chart-weights-desc = Від { $from } до { $to } бітів: { $n }.
chart-weights-pairs = пари, кожна лінія — удесятеро більше
chart-weights-bits = вага в бітах
chart-waterfall-title = Вага пари { $one } і { $other }
