# homeward match: приватне зіставлення, крок за кроком файлами.

match-refused = Відмовлено, нічого не змінено. { $code }: { $says }{ $at }
match-answered = надано відповідей на запити іншої сторони: { $n } із { $cap } погоджених
match-found = { $n ->
    [one] { $n } людину з вашого списку утримує інша сторона, як вона заявляє
    [few] { $n } людини з вашого списку утримує інша сторона, як вона заявляє
    [many] { $n } людей із вашого списку утримує інша сторона, як вона заявляє
   *[other] { $n } людей із вашого списку утримує інша сторона, як вона заявляє
}
match-found-file = записано у { $file }
match-opened = записано у { $file }: передайте іншій стороні, вона прочитає його через «check»
match-shown = стояло в їхньому списку від початку: { $key }; з ваших рядків: { $rows }
match-found-so-far = Поки що: ще не на все запитано й відповіджено.
match-next-commit = Далі: homeward match commit { $folder } --sought СПИСОК.csv --held СПИСОК.csv
match-next-carry = Передайте іншій стороні цей файл, якщо ще не передали: { $file }
match-next-last = Останній файл для іншої сторони, якщо його ще не передано: { $file }
match-next-take = Коли матимете їхній файл: homeward match take { $folder } ФАЙЛ
match-code = Зателефонуйте іншій стороні так, щоб кожен упізнав голос, і прочитайте це одне одному. В обох має бути однаково: { $code }
match-next-confirm = Коли вони прочитали те саме: homeward match confirm { $folder } --code "ЦИФРИ, ЯКІ ВОНИ ПРОЧИТАЛИ". Якщо різниться, хтось змінив файл дорогою: зупиніться.
match-next-done = Завершено: обидві сторони бачили те саме. Ключ знищено. Кого знайдено: homeward match found { $folder } --out found.csv
match-params-run = прохід { $run } із { $runs }, сеанс { $session }
match-params-sought = ключів можна запитати: першій стороні { $first }, другій { $second }
match-params-held = ключів можна мати в утримуваних: першій стороні { $first }, другій { $second }
match-params-rest = ключів на одну людину: { $keys }; за раз запитують і відповідають: { $chunk }; днів можна зберігати мітки іншої сторони: { $days }
match-discloses = { $recipe }: збіг каже, що утримують когось, у кого такі самі { $parts }; збіги зі сторонніми: { $rate } від запитаних
match-part-surname = прізвище
match-part-given = ім’я
match-part-patronymic = по батькові
match-part-year = рік народження
match-part-date = дата народження
match-part-number = особистий номер
match-keys-sought = запитується: людей { $people }, ключів { $keys }, ще { $shared } спільні для двох людей, без жодного ключа людей { $without }
match-keys-held = утримується: людей { $people }, ключів { $keys }, ще { $shared } спільні для двох людей, без жодного ключа людей { $without }
match-keys-by = ключів запитується { $sought }, утримується { $held }

match-why-psi-oversize = у файлі більше байтів, ніж може бути в цьому проході
match-why-psi-form = повідомлення не відповідає формату
match-why-psi-version = повідомлення іншої версії формату
match-why-psi-kind = повідомлення такого виду тут не читають
match-why-psi-params = параметри суперечать одне одному або перевищують межу
match-why-psi-other-session = файл належить до іншого проходу
match-why-psi-wrong-side = файл ваш власний або не тієї сторони
match-why-psi-key = ключ людини не погодженого вигляду або їх забагато
match-why-psi-reference = позначення рядка довше за погоджене
match-why-psi-cap = список дає більше ключів, ніж погоджено: візьміть коротший список, менше рецептів або домовтеся про більше
match-why-psi-out-of-turn = для цього файлу ще не час: бракує попереднього
match-why-psi-replayed = усе з цього файлу вже взято раніше
match-why-psi-out-of-budget = інша сторона запитує більше, ніж погоджено
match-why-psi-public-key = ключ іншої сторони не є точкою групи
match-why-psi-other-commit = файл називає інші зобов’язання, ніж ухвалені: хтось одне змінив
match-why-psi-not-committed = інша сторона запитує не те, до чого зобов’язалася
match-why-psi-point = точка записана не у своєму єдиному вигляді
match-why-psi-not-recorded = запис не той, якого чекають
match-why-psi-proof = відповідь іншої сторони не тримається: щонайменше для однієї людини вжито інший ключ
match-why-psi-tags-changed = мітки не ті, до яких зобов’язалися
match-why-psi-tag-order = мітки не за порядком
match-why-psi-other-transcript = інша сторона бачила інший хід проходу
match-why-psi-closed = прохід закрито
match-why-psi-other-leaves = відкрито інші аркуші
match-why-psi-leaf = відкритого аркуша немає у списку, до якого зобов’язалися
match-why-psi-unexplained = відкритий аркуш не те, що запитано чи утримується
match-why-list-long = у списку забагато рядків або байтів
match-why-list-letters = список не в UTF-8: збережіть його як CSV у UTF-8; рядок у дужках
match-why-list-form = у рядку списку інше число клітинок, ніж у заголовку; рядок у дужках
match-why-list-columns = жоден стовпець списку не відомий як прізвища чи особисті номери
match-why-list-empty = у списку нікого немає
match-why-recipe-unknown = рецепта з такою назвою немає
match-why-recipe-unfit = цей рецепт, за виміром, надто часто дає збіг зі сторонніми, його вживати не можна
match-why-folder-none = у цій теці немає проходу: почніть його через «new» або приєднайтеся через «join»
match-why-folder-busy = теку тримає інша команда
match-why-folder-kept = те, що лежить у теці, змінено, або її ключ інший
match-why-run-order = проходи йдуть за порядком, і цей не наступний
match-why-runs-differ = інше число проходів або інша угода, ніж у першого проходу теки
match-why-agreement = параметри у файлі називають іншу угоду
match-why-tables = програма іншої сторони зводить імена інакше, тож ключі розминулися б: приведіть обидві до однієї версії
match-why-two-numbers = --sought і --held потребують по два числа: першої сторони й другої, як-от 40,40
match-why-file-form = це не файл проходу або лише його частина
match-why-file-not-first = це не перший файл першої сторони
match-why-committed = у цьому проході вже є зобов’язання щодо інших списків
match-why-not-committed = спершу зобов’яжіться щодо своїх списків
match-why-code-differs = на цьому екрані інші цифри. Якщо інша сторона справді читає такі, хтось змінив файл дорогою: зупиніться
match-why-unconfirmed = спершу звірте код з іншою стороною, тоді «confirm»
match-why-budget = на місці цієї частини вже враховано іншу: у цьому проході відповідей більше не буде
match-why-not-finished = ще нічого не запитано
match-why-out-there = такий файл уже є
match-why-not-found = у рядку з таким позначенням нікого не знайдено
