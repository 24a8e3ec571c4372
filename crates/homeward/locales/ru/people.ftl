# Списки людей.

people-title = Люди
people-held = Кого удерживаем
people-sought = Кого ищем
people-to-import = Импортировать список
people-to-links = Связать людей другой стороны
people-search = Поиск
people-search-hint = Имя в любом написании и порядке, год рождения или личный номер. Одно лишь имя никого не найдёт.
people-search-button = Искать
people-found = { $n ->
    [one] Возможно, речь о { $n } человеке.
    [few] Возможно, речь о { $n } людях.
    [many] Возможно, речь о { $n } людях.
   *[other] Возможно, речь о { $n } человека.
}
people-best = Показано { $n } человек, которые подходят лучше всего. Нужного среди них может не быть: добавьте имя, год рождения или личный номер.
people-all = Показать весь список
people-none = В этом списке ещё никого нет. Списки вносит регистратор в разделе «Импорт».
people-nobody-found = Никто в этом списке не подходит. Попробуйте другой список, меньше слов или личный номер.
people-contradicted = противоречиво
people-column-name = Имя
people-column-birth = Рождение
people-column-rank = Звание
people-column-unit = Подразделение
people-column-state = Состояние по утверждениям
standing-missing = пропал(а) без вести
standing-held = в плену
standing-alive = в живых
standing-dead = нет в живых
standing-freed = на свободе
