# Аркуші підстав спільного списку: ціни, заповнені правила, що мало б змінитися.

selection-goes = { $item } ({ $party }, { $site }, { $category }, клас { $class }) їде.
selection-stays = { $item } ({ $party }, { $site }, { $category }, клас { $class }) не їде.
selection-no-way-in = Правила не допускають списку, у якому ця особа їде.
selection-no-way-out = Правила не допускають списку без цієї особи.
selection-price-in = Якби ця особа мала їхати, найкращий список змінився б так:
selection-price-out = Якби ця особа не їхала, найкращий список змінився б так:
selection-fewer-total = { $n ->
    [one] усього їде на { $n } особу менше
    [few] усього їде на { $n } особи менше
   *[many] усього їде на { $n } осіб менше
}
selection-more-total = { $n ->
    [one] усього їде на { $n } особу більше
    [few] усього їде на { $n } особи більше
   *[many] усього їде на { $n } осіб більше
}
selection-fewer-requested = { $n ->
    [one] з названих поіменно їде на { $n } особу менше
    [few] з названих поіменно їде на { $n } особи менше
   *[many] з названих поіменно їде на { $n } осіб менше
}
selection-more-requested = { $n ->
    [one] з названих поіменно їде на { $n } особу більше
    [few] з названих поіменно їде на { $n } особи більше
   *[many] з названих поіменно їде на { $n } осіб більше
}
selection-fewer-class = { $n ->
    [one] із класу { $class } їде на { $n } особу менше
    [few] із класу { $class } їде на { $n } особи менше
   *[many] із класу { $class } їде на { $n } осіб менше
}
selection-more-class = { $n ->
    [one] із класу { $class } їде на { $n } особу більше
    [few] із класу { $class } їде на { $n } особи більше
   *[many] із класу { $class } їде на { $n } осіб більше
}
selection-less-time = сума часу в полоні за списком менша на { $n }
selection-more-time = сума часу в полоні за списком більша на { $n }
selection-lot = усе, що йде перед жеребом, рівне: вирішив жереб
selection-lot-besides = змінюється і сума жеребів, але тут вона нічого не вирішує
selection-join = Поїхали б крім того: { $items }
selection-leave = Лишилися б натомість: { $items }
selection-full-cap = { $id }: місць немає.
selection-full-category = Місця категорії { $id } зайнято.
selection-full-other = Інша сторона не має кого поставити навпроти цієї особи в категорії { $id }.
selection-places = { $n ->
    [one] Якби там було на { $n } місце більше, ця особа поїхала б.
    [few] Якби там було на { $n } місця більше, ця особа поїхала б.
   *[many] Якби там було на { $n } місць більше, ця особа поїхала б.
}
selection-places-do-not-help = Самі лише додаткові місця там не допомогли б.
selection-change-requested = Якби цю особу назвали поіменно, вона поїхала б.
selection-change-class = У класі { $class } ця особа поїхала б.
selection-change-held = Якби час у полоні був { $held }, а не { $own }, ця особа поїхала б.
selection-change-lot = З нижчим жеребом ця особа поїхала б.
selection-change-nothing = Ніщо в самій особі цього не змінило б.
