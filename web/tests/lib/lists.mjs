// Invented people, and the lists in which the two sides write them down, each in its own spelling.

const SURNAMES = [
  ['Гончаренко', 'Гончаренко'], ['Лісовий', 'Лесовой'], ['Кравець', 'Кравец'], ['Мельничук', 'Мельничук'],
  ['Білоус', 'Белоус'], ['Сокіл', 'Сокол'], ['Ткачук', 'Ткачук'], ['Вишневий', 'Вишневый'], ['Журба', 'Журба'],
  ['Овчаренко', 'Овчаренко'], ['Підлісний', 'Подлесный'], ['Рибалка', 'Рыбалка'],
];
const GIVEN = [['Андрій', 'Андрей'], ['Микола', 'Николай'], ['Сергій', 'Сергей'], ['Дмитро', 'Дмитрий']];
const PATRONYMICS = [['Іванович', 'Иванович'], ['Петрович', 'Петрович'], ['Олексійович', 'Алексеевич']];
const RELATION = { relation: 'mother', name: ['Марія', 'Мария'], language: ['uk', 'ru'] };

const HELD = 'prisoner_number,surname,given_name,patronymic,sex,birth_date,rank_code,rank,service_number,unit,captured_on,'
  + 'captured_at,site,site_name,site_since,earlier_stays,health,condition_code,condition_since,examined_on,examined_by';
const SOUGHT = 'case_number,surname,given_name,patronymic,sex,birth_date,rank_code,rank,service_number,unit,last_seen_on,'
  + 'last_seen_at,status,status_source,status_grade,status_on,kin_relation,kin_name,kin_phone,kin_language';

/** `count` people of the party with index `party`. The first third is ill or wounded, the second young. */
export function people(party, count) {
  return Array.from({ length: count }, (_, nth) => {
    const birth = nth % 3 === 1 ? `${2001 + (nth % 4)}` : `${1975 + (nth % 19)}`;
    const two = (number) => String(number).padStart(2, '0');
    return {
      nth,
      party,
      surname: SURNAMES[nth % SURNAMES.length],
      given: GIVEN[(nth + party) % GIVEN.length],
      patronymic: PATRONYMICS[(nth >> 1) % PATRONYMICS.length],
      birth: `${birth}-${two(1 + (nth % 12))}-${two(1 + ((nth * 7) % 28))}`,
      number: `${party === 0 ? 'AA' : 'BB'}-${100_000 + nth * 37}`,
      captured: `2022-${two(3 + (nth % 9))}-${two(1 + ((nth * 5) % 28))}`,
      condition: nth % 3 === 0 ? ['A3a', 'A3d', 'B1'][(nth / 3) % 3] : 'none',
    };
  });
}

/** What the captor writes: the language of the list is the captor's. */
export function held(all, language) {
  const rows = all.map((one) => [
    `P-${String(one.nth + 1).padStart(6, '0')}`, one.surname[language], one.given[language], one.patronymic[language], 'male', one.birth,
    'OR-3', 'Sergeant', one.number, `${10 + (one.nth % 5)} brigade`, one.captured, 'Salt Road', 'S-01', 'Mill camp', one.captured, '',
    one.condition === 'none' ? 'good' : 'seriously_wounded', one.condition, one.captured, '2025-05-20', 'detaining_power',
  ]);
  return [HELD, ...rows.map((row) => row.join(','))].join('\r\n') + '\r\n';
}

/** What the own side writes. */
export function sought(all, language) {
  const rows = all.map((one) => [
    `C-${String(one.nth + 1).padStart(6, '0')}`, one.surname[language], one.given[language], one.patronymic[language], 'male', one.birth,
    'OR-3', 'Sergeant', one.number, `${10 + (one.nth % 5)} brigade`, one.captured, 'Salt Road', 'held', 'family', 'likely', '2023-01-15',
    RELATION.relation, RELATION.name[language], `+000 55 ${String(1000 + one.nth)}`, RELATION.language[language],
  ]);
  return [SOUGHT, ...rows.map((row) => row.join(','))].join('\r\n') + '\r\n';
}

/** Rounds and numbers small enough for a test, in the words of the example agreement. */
export function terms(example, atLeast, rounds) {
  const head = example.slice(0, example.indexOf('[[rounds]]'));
  const planned = rounds.map(({ no, planned, places }) => `[[rounds]]\nno = ${no}\nplanned = ${planned}\n`
    + `categories = ["ill-wounded", "under-25", "long-held"]\nplaces = ${places}\ncrossing = "mill-bridge"\n`);
  return head.replaceAll('at_least = 1000', `at_least = ${atLeast}`) + planned.join('\n');
}

/** What may stand in no file of a node: names in both spellings, numbers of the service, phones of the kin. */
export function secrets() {
  const names = [...SURNAMES, ...PATRONYMICS, RELATION.name].flat();
  const numbers = [0, 1].flatMap((party) => people(party, SURNAMES.length).map((one) => one.number));
  return [...new Set([...names, ...numbers, '+000 55 '])];
}
