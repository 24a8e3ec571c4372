# Рамка каждой страницы.

service = Homeward
desk-of = Рабочее место: { $party }
skip = Перейти к основному содержанию
navigation = Основные разделы
language = Язык
signed-in-as = Вы вошли как { $name }
purpose = Цель просмотра: { $purpose }
footer-unverified = † отмечает правило, записанное по памяти и ещё не сверенное с источником. Не полагайтесь только на него.
footer-record = Эта страница показывает собственный реестр этого узла. Другая сторона ведёт свой.
unverified = несверенное правило
error-title = Ошибка: { $title }
error-summary = Возникла проблема
error-prefix = Ошибка:
notice-done = Выполнено
notice-important = Важно
warning = Предупреждение
empty = Здесь пока ничего нет.
choose-file = Выберите файл
optional = необязательно
table-scroll = { $caption }, можно прокручивать вбок

page-of = Страница { $page } из { $last }
page-previous = Предыдущая
page-next = Следующая
pages = Страницы

moment = { $day }, { $clock } UTC
month-1 = января
month-2 = февраля
month-3 = марта
month-4 = апреля
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = августа
month-9 = сентября
month-10 = октября
month-11 = ноября
month-12 = декабря
month-alone-1 = январь
month-alone-2 = февраль
month-alone-3 = март
month-alone-4 = апрель
month-alone-5 = май
month-alone-6 = июнь
month-alone-7 = июль
month-alone-8 = август
month-alone-9 = сентябрь
month-alone-10 = октябрь
month-alone-11 = ноябрь
month-alone-12 = декабрь

persons = { $n ->
    [one] { $n } человек
    [few] { $n } человека
   *[many] { $n } человек
}
rounds = { $n ->
    [one] { $n } раунд
    [few] { $n } раунда
   *[many] { $n } раундов
}
slots = { $n ->
    [one] { $n } место
    [few] { $n } места
   *[many] { $n } мест
}
round-no = Раунд { $round }

chart-home = Вернулись домой
chart-rounds = Раунд
chart-floor-value = Минимум: { $n }
chart-home-desc = { $party }: дома { $n } после раунда { $round }.
chart-slots = Места каждого раунда
chart-slots-desc = Раунд { $round }: причитается { $owed }, заполнено { $filled }, открыто { $open }.
chart-filled = заполнено
chart-refilled = заполнено повторно
chart-vacated = освободилось
chart-open = открыто
chart-as-table = Те же числа таблицей
chart-balance = Подтверждено с начала
chart-balance-desc = { $what }: { $n }.
