# Бюлетені: чернетка, перегляд, оприлюднення; слова самих бюлетенів (press-).

bulletins-title = Бюлетені
bulletins-lead = Бюлетень складає речник, а оприлюднює інша посадова особа, коли проти нього нічого немає і родини дізналися першими.
bulletins-none = Бюлетенів ще немає.
bulletins-caption = Чернетки й оприлюднені бюлетені
bulletins-bulletin = Бюлетень
bulletins-state = Стан
bulletins-drafted = Склав
bulletins-released = Оприлюднив
bulletins-draft = Нова чернетка
bulletins-draft-hint = Дата, перехід і подяка посередникам беруться із запису й угоди. Виберіть, що ще сказати.
bulletins-nobody-home = Бюлетень можна скласти, щойно в якомусь раунді підтверджено прийом.
bulletins-round = Раунд
bulletins-categories = Категорії
bulletins-categories-hint = Категорію, з якої в цьому раунді ніхто не повернувся, буде пропущено.
bulletins-years = Назвати роки полонення
bulletins-conditions = Стан здоров’я
bulletins-conditions-hint = Лише загально: так, щоб нікого не можна було впізнати.
bulletins-total = Назвати, скільки повернулося від початку
bulletins-statement = Заява власними словами
bulletins-statement-hint = Необов’язково. Без імен і без чисел, навіть словами.
bulletins-make-draft = Скласти чернетку
bulletin-of = Бюлетень раунду { $round }
bulletin-state-draft = чернетка
bulletin-state-released = оприлюднено
bulletin-state-withdrawn = відкликано
bulletin-no-findings = Перевірка нічого не знайшла: жодне закрите число не виводиться з цього тексту й раніше оприлюднених.
bulletin-findings = { $n ->
    [one] Знайдено { $n } перешкоду. Бюлетень не можна оприлюднити.
    [few] Знайдено { $n } перешкоди. Бюлетень не можна оприлюднити.
   *[many] Знайдено { $n } перешкод. Бюлетень не можна оприлюднити.
}
bulletin-embargo = Ембарго: спершу родини.
bulletin-families-first = Ембарго знято: кожну родину цього раунду сповіщено або строк дзвінка минув.
bulletin-open-calls = { $n ->
    [one] Ще не сповіщено { $n } родину.
    [few] Ще не сповіщено { $n } родини.
   *[many] Ще не сповіщено { $n } родин.
}
bulletin-without-call = { $n ->
    [one] { $n } особа повернулася без пов’язаної справи: немає кому дзвонити.
    [few] { $n } особи повернулися без пов’язаної справи: немає кому дзвонити.
   *[many] { $n } осіб повернулося без пов’язаної справи: немає кому дзвонити.
}
bulletin-in-transit = { $n ->
    [one] Прийом { $n } особи ще не підтверджено.
    [few] Прийом { $n } осіб ще не підтверджено.
   *[many] Прийом { $n } осіб ще не підтверджено.
}
bulletin-until = Останній строк: { $time }.
bulletin-left-out = Пропущено, бо з цієї категорії ніхто не повернувся: { $categories }.
bulletin-texts = Що саме побачать усі
bulletin-figure = Оприлюднене число
bulletin-digest = Дайджест трьох текстів (SHA-256)
bulletin-release = Оприлюднити
bulletin-release-warning = Оприлюднене не можна забрати назад.
bulletin-withdraw = Відкликати чернетку
bulletin-mine = Це ваша чернетка: оприлюднює інша посадова особа, яка затверджує.
bulletin-must-change = Відкличте чернетку і складіть іншу, без знайденого.
bulletin-must-wait = Оприлюднити можна, коли ембарго буде знято.
bulletin-approver = Оприлюднює посадова особа, яка затверджує.
bulletin-field-round-number-of-persons = кількість осіб у раунді
bulletin-field-category = категорії
bulletin-field-capture-period = період полонення
bulletin-field-conditions = стан здоров’я
bulletin-field-totals = загальні підсумки
finding-withheld-field = Угода не дозволяє оприлюднювати: { $field }.
finding-number = Слово «{ $word }» ({ $language }) називає число. Поки кількість осіб у раунді закрита, жодне число не проходить.
finding-follows = З чисел виводиться { $withheld }: { $sum } = { $value }.
finding-between = Числа лишають надто вузькі межі для такого числа: { $withheld } — від { $low } до { $high } ({ $facts }).
finding-not-shown = Не вдалося показати, що закриті числа не виводяться: { $why }.
finding-since-published = Це виводиться вже з раніше оприлюдненого.
number-to-date = від початку до раунду { $round } включно, передала сторона { $from }
number-round-from = раунд { $round }, передала сторона { $from }
number-round-both = раунд { $round }, обидві сторони
condition-class-wounds = поранення
condition-class-amputations = ампутації
condition-class-burns = опіки
condition-class-sight = втрата зору або слуху
condition-class-chronic = хронічні хвороби
condition-class-infections = інфекційні хвороби
condition-class-mind = психічні розлади
condition-class-underweight = виснаження
press-title = Повернення додому: { $date }
press-came-home = { $date } додому повернулися люди, яких утримувала сторона { $from }. Сторона { $to } прийняла їх у місці передачі «{ $crossing }».
press-categories = За категоріями угоди серед них: { $categories }.
press-captured-in = Вони потрапили в полон у { $year } році.
press-captured-between = Вони потрапили в полон у { $years } роках.
press-conditions = Серед тих, хто повернувся, є люди, яким потрібне лікування: { $conditions }.
press-total = { $n ->
    [one] Від початку дії угоди сторона { $to } прийняла { $shown } особу.
    [few] Від початку дії угоди сторона { $to } прийняла { $shown } особи.
   *[many] Від початку дії угоди сторона { $to } прийняла { $shown } осіб.
}
press-thanks = Дякуємо за посередництво: { $neutrals }.
refusal-nobody-home = Ще немає підтвердженого прийому, раунд
refusal-bulletin-findings = Бюлетень видає закрите число або поле; знайдено:
refusal-bulletin-embargo = Спершу родини: ембарго ще діє, раунд
refusal-bulletin-decided = Про цей бюлетень уже вирішено.
refusal-too-many-bulletins = Бюлетенів більше, ніж можна перевірити:
