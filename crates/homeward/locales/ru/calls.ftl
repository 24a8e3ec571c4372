# Звонки семьям: кого известить, до какого времени, что вышло.

calls-title = Звонки семьям
calls-lead = Семьи узнают раньше прессы. Звонит только тот, кто отвечает за связь с семьями; каждое открытие этого списка записывается в журнал.
calls-rounds = Раунды
calls-all-open = Все открытые
calls-open = { $n ->
    [0] Все семьи этого списка извещены
    [one] Ещё не извещена { $n } семья
    [few] Ещё не извещены { $n } семьи
   *[many] Ещё не извещено { $n } семей
}
calls-none = Звонков нет. Они появляются сами, как только приём человека подтверждён на переходе.
calls-due-by = Известить до: { $time }
calls-was-due = Срок истёк: { $time }. Звоните дальше.
calls-was-told = Семья извещена.
calls-no-kin = Для этого человека не записан ни один телефон.
calls-speaks = язык: { $language }
calls-outcome = Что вышло
calls-choose = Выберите
calls-who = С кем говорили
calls-record = Записать
call-state-due = нужно известить
call-state-reached = извещена
call-state-escalated = срок истёк
call-outcome-reached = Извещена
call-outcome-no-answer = Нет ответа
call-outcome-wrong-number = Чужой номер
call-kin-mother = мать
call-kin-father = отец
call-kin-wife = жена
call-kin-husband = муж
call-kin-sister = сестра
call-kin-brother = брат
call-kin-daughter = дочь
call-kin-son = сын
refusal-call-reached = Эта семья уже извещена.
refusal-call-still-due = Срок звонка ещё не истёк.
