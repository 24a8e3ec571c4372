# Списки людей.

people-title = Люди
people-held = Кого утримуємо
people-sought = Кого шукаємо
people-to-import = Імпортувати список
people-to-links = Пов’язати людей іншої сторони
people-search = Пошук
people-search-hint = Ім’я в будь-якому написанні й порядку, рік народження або особовий номер. Саме лише ім’я нікого не знайде.
people-search-button = Шукати
people-found = { $n ->
    [one] Можливо, йдеться про { $n } особу.
    [few] Можливо, йдеться про { $n } особи.
    [many] Можливо, йдеться про { $n } осіб.
   *[other] Можливо, йдеться про { $n } особи.
}
people-best = Показано { $n } осіб, які підходять найкраще. Потрібної людини серед них може не бути: додайте ім’я, рік народження або особистий номер.
people-all = Показати весь список
people-none = У цьому списку ще нікого немає. Списки вносить реєстратор у розділі «Імпорт».
people-nobody-found = Ніхто в цьому списку не підходить. Спробуйте інший список, менше слів або особовий номер.
people-contradicted = суперечливо
people-column-name = Ім’я
people-column-birth = Народження
people-column-rank = Звання
people-column-unit = Підрозділ
people-column-state = Стан за твердженнями
standing-missing = безвісти зник(ла)
standing-held = у полоні
standing-alive = в живих
standing-dead = немає в живих
standing-freed = на волі
