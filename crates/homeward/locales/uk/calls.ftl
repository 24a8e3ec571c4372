# Дзвінки родинам: кого сповістити, до якого часу, що вийшло.

calls-title = Дзвінки родинам
calls-lead = Родини дізнаються раніше за пресу. Дзвонить лише той, хто відповідає за зв’язок із родинами; кожне відкриття цього списку записується в журнал.
calls-rounds = Раунди
calls-all-open = Усі відкриті
calls-open = { $n ->
    [0] Усі родини цього списку сповіщено
    [one] Ще не сповіщено { $n } родину
    [few] Ще не сповіщено { $n } родини
   *[many] Ще не сповіщено { $n } родин
}
calls-none = Дзвінків немає. Вони з’являються самі, щойно прийом особи підтверджено на переході.
calls-due-by = Сповістити до: { $time }
calls-was-due = Строк минув: { $time }. Дзвоніть далі.
calls-was-told = Родину сповіщено.
calls-no-kin = Для цієї особи не записано жодного телефону.
calls-speaks = мова: { $language }
calls-outcome = Що вийшло
calls-choose = Виберіть
calls-who = З ким говорили
calls-record = Записати
call-state-due = треба сповістити
call-state-reached = сповіщено
call-state-escalated = строк минув
call-outcome-reached = Сповіщено
call-outcome-no-answer = Немає відповіді
call-outcome-wrong-number = Чужий номер
call-kin-mother = мати
call-kin-father = батько
call-kin-wife = дружина
call-kin-husband = чоловік
call-kin-sister = сестра
call-kin-brother = брат
call-kin-daughter = дочка
call-kin-son = син
refusal-call-reached = Цю родину вже сповіщено.
refusal-call-still-due = Строк дзвінка ще не минув.
