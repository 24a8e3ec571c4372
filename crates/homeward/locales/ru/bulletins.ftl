# Бюллетени: черновик, просмотр, публикация; слова самих бюллетеней (press-).

bulletins-title = Бюллетени
bulletins-lead = Бюллетень составляет пресс-секретарь, а публикует другое должностное лицо, когда против него ничего нет и семьи узнали первыми.
bulletins-none = Бюллетеней пока нет.
bulletins-caption = Черновики и опубликованные бюллетени
bulletins-bulletin = Бюллетень
bulletins-state = Состояние
bulletins-drafted = Составил
bulletins-released = Опубликовал
bulletins-draft = Новый черновик
bulletins-draft-hint = Дата, переход и благодарность посредникам берутся из записи и соглашения. Выберите, что ещё сказать.
bulletins-nobody-home = Бюллетень можно составить, как только в каком-либо раунде подтверждён приём.
bulletins-round = Раунд
bulletins-categories = Категории
bulletins-categories-hint = Категория, из которой в этом раунде никто не вернулся, будет пропущена.
bulletins-years = Назвать годы пленения
bulletins-conditions = Состояние здоровья
bulletins-conditions-hint = Только в общем: так, чтобы никого нельзя было узнать.
bulletins-total = Назвать, сколько вернулось с начала
bulletins-statement = Заявление своими словами
bulletins-statement-hint = Необязательно. Без имён и без чисел, даже словами.
bulletins-make-draft = Составить черновик
bulletin-of = Бюллетень раунда { $round }
bulletin-state-draft = черновик
bulletin-state-released = опубликован
bulletin-state-withdrawn = отозван
bulletin-no-findings = Проверка ничего не нашла: ни одно закрытое число не выводится из этого текста и опубликованных прежде.
bulletin-findings = { $n ->
    [one] Найдено { $n } препятствие. Бюллетень нельзя опубликовать.
    [few] Найдено { $n } препятствия. Бюллетень нельзя опубликовать.
   *[many] Найдено { $n } препятствий. Бюллетень нельзя опубликовать.
}
bulletin-embargo = Эмбарго: сначала семьи.
bulletin-families-first = Эмбарго снято: каждая семья этого раунда извещена или срок звонка истёк.
bulletin-open-calls = { $n ->
    [one] Ещё не извещена { $n } семья.
    [few] Ещё не извещены { $n } семьи.
   *[many] Ещё не извещено { $n } семей.
}
bulletin-without-call = { $n ->
    [one] { $n } человек вернулся без связанного дела: некому звонить.
    [few] { $n } человека вернулись без связанного дела: некому звонить.
   *[many] { $n } человек вернулось без связанного дела: некому звонить.
}
bulletin-in-transit = { $n ->
    [one] Приём { $n } человека ещё не подтверждён.
    [few] Приём { $n } человек ещё не подтверждён.
   *[many] Приём { $n } человек ещё не подтверждён.
}
bulletin-until = Последний срок: { $time }.
bulletin-left-out = Пропущено, потому что из этой категории никто не вернулся: { $categories }.
bulletin-texts = Что именно увидят все
bulletin-figure = Публикуемое число
bulletin-digest = Дайджест трёх текстов (SHA-256)
bulletin-release = Опубликовать
bulletin-release-warning = Опубликованное нельзя забрать назад.
bulletin-withdraw = Отозвать черновик
bulletin-mine = Это ваш черновик: публикует другое должностное лицо, которое утверждает.
bulletin-must-change = Отзовите черновик и составьте другой, без найденного.
bulletin-must-wait = Опубликовать можно, когда эмбарго будет снято.
bulletin-approver = Публикует должностное лицо, которое утверждает.
bulletin-field-round-number-of-persons = число лиц в раунде
bulletin-field-category = категории
bulletin-field-capture-period = период пленения
bulletin-field-conditions = состояние здоровья
bulletin-field-totals = общие итоги
finding-withheld-field = Соглашение не разрешает публиковать: { $field }.
finding-number = Слово «{ $word }» ({ $language }) называет число. Пока число лиц в раунде закрыто, никакое число не проходит.
finding-follows = Из чисел выводится { $withheld }: { $sum } = { $value }.
finding-between = Числа оставляют слишком узкие пределы для такого числа: { $withheld } — от { $low } до { $high } ({ $facts }).
finding-not-shown = Не удалось показать, что закрытые числа не выводятся: { $why }.
finding-since-published = Это выводится уже из опубликованного прежде.
number-to-date = с начала до раунда { $round } включительно, передала сторона { $from }
number-round-from = раунд { $round }, передала сторона { $from }
number-round-both = раунд { $round }, обе стороны
condition-class-wounds = ранения
condition-class-amputations = ампутации
condition-class-burns = ожоги
condition-class-sight = потеря зрения или слуха
condition-class-chronic = хронические болезни
condition-class-infections = инфекционные болезни
condition-class-mind = психические расстройства
condition-class-underweight = истощение
press-title = Возвращение домой: { $date }
press-came-home = { $date } домой вернулись люди, которых удерживала сторона { $from }. Сторона { $to } приняла их в месте передачи «{ $crossing }».
press-categories = По категориям соглашения среди них: { $categories }.
press-captured-in = Они попали в плен в { $year } году.
press-captured-between = Они попали в плен в { $years } годах.
press-conditions = Среди вернувшихся есть люди, которым нужно лечение: { $conditions }.
press-total = { $n ->
    [one] С начала действия соглашения сторона { $to } приняла { $shown } человека.
    [few] С начала действия соглашения сторона { $to } приняла { $shown } человека.
   *[many] С начала действия соглашения сторона { $to } приняла { $shown } человек.
}
press-thanks = Благодарим за посредничество: { $neutrals }.
refusal-nobody-home = Ещё нет подтверждённого приёма, раунд
refusal-bulletin-findings = Бюллетень выдаёт закрытое число или поле; найдено:
refusal-bulletin-embargo = Сначала семьи: эмбарго ещё действует, раунд
refusal-bulletin-decided = Об этом бюллетене уже решено.
refusal-too-many-bulletins = Бюллетеней больше, чем можно проверить:
