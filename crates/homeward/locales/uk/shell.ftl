# Рамка кожної сторінки.

service = Homeward
desk-of = Робоче місце: { $party }
skip = Перейти до основного змісту
navigation = Основні розділи
language = Мова
signed-in-as = Увійшли як { $name }
purpose = Мета перегляду: { $purpose }
footer-unverified = † позначає правило, записане з пам’яті й ще не звірене з джерелом. Не покладайтеся лише на нього.
footer-record = Ця сторінка показує власний реєстр цього вузла. Інша сторона веде свій.
unverified = незвірене правило
error-title = Помилка: { $title }
error-summary = Виникла проблема
error-prefix = Помилка:
notice-done = Виконано
notice-important = Важливо
warning = Попередження
empty = Тут поки нічого немає.
choose-file = Виберіть файл
optional = необов’язково
table-scroll = { $caption }, можна прокручувати вбік

page-of = Сторінка { $page } з { $last }
page-previous = Попередня
page-next = Наступна
pages = Сторінки

moment = { $day }, { $clock } UTC
month-1 = січня
month-2 = лютого
month-3 = березня
month-4 = квітня
month-5 = травня
month-6 = червня
month-7 = липня
month-8 = серпня
month-9 = вересня
month-10 = жовтня
month-11 = листопада
month-12 = грудня
month-alone-1 = січень
month-alone-2 = лютий
month-alone-3 = березень
month-alone-4 = квітень
month-alone-5 = травень
month-alone-6 = червень
month-alone-7 = липень
month-alone-8 = серпень
month-alone-9 = вересень
month-alone-10 = жовтень
month-alone-11 = листопад
month-alone-12 = грудень

persons = { $n ->
    [one] { $n } особа
    [few] { $n } особи
   *[many] { $n } осіб
}
rounds = { $n ->
    [one] { $n } раунд
    [few] { $n } раунди
   *[many] { $n } раундів
}
slots = { $n ->
    [one] { $n } місце
    [few] { $n } місця
   *[many] { $n } місць
}
round-no = Раунд { $round }

chart-home = Повернулося додому
chart-rounds = Раунд
chart-floor-value = Мінімум: { $n }
chart-home-desc = { $party }: удома { $n } після раунду { $round }.
chart-slots = Місця кожного раунду
chart-slots-desc = Раунд { $round }: належить { $owed }, заповнено { $filled }, відкрито { $open }.
chart-filled = заповнено
chart-refilled = заповнено повторно
chart-vacated = звільнилося
chart-open = відкрито
chart-as-table = Ті самі числа таблицею
chart-balance = Підтверджено від початку
chart-balance-desc = { $what }: { $n }.
