//! `homeward link` as it is run: pairs, people, reasons and refusals.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn homeward(dir: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_homeward")).current_dir(dir).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Two lists: a family's and a captor's, of sixty people, the captor's without the first ten; two brothers among them.
fn lists(dir: &Path) {
    let surnames = [
        "Мігда",
        "Шевчук",
        "Бондар",
        "Ткачук",
        "Коваль",
        "Олійник",
        "Поліщук",
        "Кравець",
        "Савчук",
        "Гнатюк",
    ];
    let russian =
        ["Мигда", "Шевчук", "Бондар", "Ткачук", "Коваль", "Олейник", "Полищук", "Кравец", "Савчук", "Гнатюк"];
    let given = [
        ("Максим", "Максим"),
        ("Микола", "Николай"),
        ("Дмитро", "Дмитрий"),
        ("Сергій", "Сергей"),
        ("Юрій", "Юрий"),
        ("Олексій", "Алексей"),
    ];
    let mut families = String::from("id,Прізвище,Ім'я,По батькові,Дата народження,Частина\n");
    let mut captor = String::from("no,Фамилия,Имя,Отчество,Дата рождения,Часть\n");
    for n in 0..60 {
        let (s, (uk, ru)) = (n % 10, given[n / 10]);
        let born = format!("19{}-{:02}-{:02}", 70 + n % 29, 1 + n % 12, 2 + n % 27);
        families += &format!("f{n},{},{uk},Олегович,{born},А{:04}\n", surnames[s], 100 + n);
        if n >= 10 {
            captor += &format!("c{n},{},{ru},Олегович,{born},А{:04}\n", russian[s].to_uppercase(), 100 + n);
        }
    }
    families += "f60,Близнюк,Іван,Петрович,1990-05-06,А0900\n";
    captor += "c60,Близнюк,Петр,Петрович,1990-05-06,А0900\n";
    fs::write(dir.join("families.csv"), families).unwrap();
    fs::write(dir.join("captor.csv"), captor).unwrap();
}

#[test]
fn two_lists_in_two_languages_are_linked_and_people_told() {
    let dir = tempfile::tempdir().unwrap();
    lists(dir.path());
    let args = ["link", "families.csv", "captor.csv", "--out", "pairs.csv", "--clusters", "people.csv"];
    let run = homeward(dir.path(), &args);
    assert!(run.status.success(), "{}", said(&run));
    assert!(said(&run).contains("Фамилия (surname)"), "{}", said(&run));
    let pairs = fs::read_to_string(dir.path().join("pairs.csv")).unwrap();
    let likely = |line: &&str| line.rsplit(',').next().unwrap().parse::<f64>().is_ok_and(|p| p >= 0.9);
    let found: Vec<&str> = pairs.lines().skip(1).filter(likely).collect();
    let right = found.iter().filter(|line| {
        let mut ids = line.split(',').map(|id| &id[1..]);
        ids.next() == ids.next()
    });
    assert_eq!((right.count(), found.len()), (50, 50), "{pairs}");
    assert!(pairs.contains("f60,c60,"), "brothers are shown: {pairs}");
    let people = fs::read_to_string(dir.path().join("people.csv")).unwrap();
    assert!(people.contains("right,c10,left:f10\n"), "one person by the least identifier: {people}");
    assert!(people.contains("right,c60,right:c60\n"), "brothers are two people: {people}");

    let again = homeward(dir.path(), &args);
    assert_eq!(again.status.code(), Some(2));
    assert!(said(&again).contains("--force"), "{}", said(&again));
}

#[test]
fn a_pair_is_explained_in_words_that_add_up() {
    let dir = tempfile::tempdir().unwrap();
    lists(dir.path());
    let run =
        homeward(dir.path(), &["link", "families.csv", "captor.csv", "--explain", "f11", "c11", "--json"]);
    assert!(run.status.success(), "{}", said(&run));
    let answer: serde_json::Value = serde_json::from_str(&said(&run)).unwrap();
    let parts = answer["parts"].as_array().unwrap();
    let sum: f64 = parts.iter().filter_map(|part| part["bits"].as_f64()).sum();
    assert!((sum - answer["bits"].as_f64().unwrap()).abs() < 0.01, "{answer}");
    assert!(answer["probability"].as_f64().unwrap() > 0.99);
    let brothers = homeward(dir.path(), &["link", "families.csv", "captor.csv", "--explain", "f60", "c60"]);
    assert!(said(&brothers).contains("given name: differs"), "{}", said(&brothers));
    let nobody = homeward(dir.path(), &["link", "families.csv", "captor.csv", "--explain", "f11", "x1"]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(said(&nobody).contains("“x1”"), "{}", said(&nobody));
}

#[test]
fn bad_input_is_refused_with_where_and_why() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("empty.csv"), "").unwrap();
    fs::write(dir.path().join("colours.csv"), "colour,size\nred,1\nblue,2\n").unwrap();
    fs::write(dir.path().join("odd.toml"), "[columns]\n\"colour\" = \"tint\"\n").unwrap();
    let check = |args: &[&str], says: &str| {
        let all: Vec<&str> = ["link"].iter().chain(args).copied().collect();
        let run = homeward(dir.path(), &all);
        let text = format!("{}{}", said(&run), String::from_utf8_lossy(&run.stderr));
        assert_eq!(run.status.code(), Some(2), "{args:?}: {text}");
        assert!(text.contains(says), "{args:?}: {text}");
    };
    check(&["missing.csv", "--out", "p.csv"], "missing.csv");
    check(&["empty.csv", "--out", "p.csv"], "no header");
    check(&["colours.csv", "--out", "p.csv"], "no column is known to hold names");
    check(&["colours.csv", "--out", "p.csv", "--settings", "odd.toml"], "“tint”");
    check(&["colours.csv"], "--out");
}

#[test]
fn records_that_cannot_be_told_apart_or_do_not_fit_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let check = |text: &str, says: &str| {
        fs::write(dir.path().join("list.csv"), text).unwrap();
        let run = homeward(dir.path(), &["link", "list.csv", "--out", "p.csv"]);
        assert_eq!(run.status.code(), Some(2), "{text}: {}", said(&run));
        assert!(said(&run).contains(says), "{text}: {}", said(&run));
        assert!(!dir.path().join("p.csv").exists());
    };
    check(
        "id,surname,given\n1,Мігда,Максим\n2,Коваль,Олег\n1,Бондар,Юрій\n",
        "records 1 and 3 have one identifier, “1”",
    );
    check("id,surname,given\n1,Мігда\n", "there are 2 cells, and 3 in the header");
    check("id,surname,given\n1,\"Мігда,Максим\n2,Коваль,Олег\n", "is a quote not closed");
    fs::write(
        dir.path().join("list.csv"),
        "id,surname,given,dob\n1,Мігда,Максим,unknown\n2,Коваль,Олег,1990-01-02\n",
    )
    .unwrap();
    let run = homeward(dir.path(), &["link", "list.csv", "--out", "p.csv"]);
    assert!(
        said(&run).contains("dob: 1 cell is no date") && said(&run).contains("fewer than"),
        "{}",
        said(&run)
    );
}

/// Runs in each language; what is refused says in each what it must.
fn refused(dir: &Path, args: &[&str], says: [&str; 3]) {
    for (lang, says) in ["en", "uk", "ru"].into_iter().zip(says) {
        let all: Vec<&str> = [&["link"], args, &["--language", lang]].concat();
        let run = homeward(dir, &all);
        assert_eq!(run.status.code(), Some(2), "{args:?}: {}", said(&run));
        let word = ["REFUSED: ", "ВІДХИЛЕНО: ", "ОТКЛОНЕНО: "]
            [["en", "uk", "ru"].iter().position(|one| *one == lang).unwrap()];
        assert!(said(&run).starts_with(word) && said(&run).contains(says), "{args:?}: {}", said(&run));
        assert!(!said(&run).contains("link-"), "{args:?}: {}", said(&run));
    }
}

/// Files that a run of two lists can read, with the option that names each.
const READ: [(&str, &str); 6] = [
    ("families.csv", ""),
    ("captor.csv", ""),
    ("before.csv", "--before "),
    ("decided.csv", "--decided "),
    ("weights.txt", "--weights "),
    ("s.toml", "--settings "),
];

fn write_what_is_read(dir: &Path) {
    lists(dir);
    fs::write(dir.join("before.csv"), "file,id,person\nleft,f1,left:f1\n").unwrap();
    fs::write(dir.join("decided.csv"), "one,other,decision\nleft:f1,right:c11,different\n").unwrap();
    fs::write(dir.join("weights.txt"), "homeward link weights 2\n").unwrap();
    fs::write(dir.join("s.toml"), "").unwrap();
    fs::create_dir(dir.join("folder")).unwrap();
}

/// Asks for an output at a path of a file that is read: refused in each language, and nothing changes.
fn never_written_over(dir: &Path, option: &str, (name, of): (&str, &str), path: &str) {
    let kept = || READ.map(|(name, _)| fs::read(dir.join(name)).unwrap());
    let before = kept();
    let inputs =
        "families.csv captor.csv --before before.csv --decided decided.csv --settings s.toml --force";
    let mut args: Vec<&str> = inputs.split(' ').chain([option, path]).collect();
    if option != "--out" {
        args.extend(["--out", "p.csv"]);
    }
    if option != "--keep-weights" {
        args.extend(["--weights", "weights.txt"]);
    }
    let says = ["is one file with", "— той самий файл, що й", "— тот же файл, что и"]
        .map(|is| format!("{option} {path} {is} {of}{name}"));
    refused(dir, &args, says.each_ref().map(String::as_str));
    assert!(kept() == before && !dir.join("p.csv").exists(), "{option} {path}");
}

#[test]
fn a_file_that_is_read_is_never_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    write_what_is_read(dir);
    for option in ["--out", "--clusters", "--report", "--events", "--keep-weights"] {
        for input in READ.into_iter().filter(|(name, _)| option != "--keep-weights" || *name != "weights.txt")
        {
            never_written_over(dir, option, input, input.0);
            never_written_over(dir, option, input, &format!("folder/../{}", input.0));
        }
    }
    fs::hard_link(dir.join("captor.csv"), dir.join("hard.csv")).unwrap();
    never_written_over(dir, "--out", ("captor.csv", ""), "hard.csv");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("captor.csv", dir.join("soft.csv")).unwrap();
        never_written_over(dir, "--clusters", ("captor.csv", ""), "soft.csv");
    }
}

#[test]
fn an_output_that_is_an_input_or_another_output_is_refused_before_anything_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    lists(dir);
    refused(
        dir,
        &["none.csv", "--out", "none.csv", "--force"],
        ["is one file with none.csv", "той самий файл", "тот же файл"],
    );
    // Other files are replaced as asked.
    fs::write(dir.join("p.csv"), "old").unwrap();
    assert!(homeward(dir, &["link", "families.csv", "--out", "p.csv", "--force"]).status.success());
    assert!(fs::read_to_string(dir.join("p.csv")).unwrap().starts_with("left_id"));
    let twice = ["families.csv", "--out", "a.csv", "--clusters", "folder/../a.csv"];
    fs::create_dir(dir.join("folder")).unwrap();
    refused(
        dir,
        &twice,
        [
            "asked for twice, by --out and --clusters",
            "двічі, у --out і --clusters",
            "дважды, в --out и --clusters",
        ],
    );
}

#[cfg(unix)]
#[test]
fn pairs_on_standard_output_are_never_added_to_a_list_that_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    lists(dir);
    let before = fs::read(dir.join("families.csv")).unwrap();
    let check = |to: &str, more: &str, code: i32, says: &str| {
        let shell = format!("\"$0\" link families.csv --out - --language uk {more} {to}");
        let mut command = Command::new("sh");
        let run = command.current_dir(dir).args(["-c", &shell, env!("CARGO_BIN_EXE_homeward")]);
        let run = run.output().unwrap();
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(code), "{to}: {told}");
        assert!(told.contains(says), "{to}: {told}");
        assert!(fs::read(dir.join("families.csv")).unwrap() == before, "{to}");
    };
    check(">> families.csv", "", 2, "--out /dev/stdout — той самий файл, що й families.csv");
    check("> out.csv", "--clusters out.csv --force", 2, "двічі, у --out і --clusters");
    check(">> other.csv", "", 0, "записів");
    check("> /dev/null", "", 0, "записів");
    check("| cat > piped.csv; test -s piped.csv", "", 0, "записів");
}

#[cfg(unix)]
#[test]
fn a_name_that_cannot_be_written_is_refused_before_anything_is_read_and_any_other_is_written() {
    use std::os::unix::ffi::OsStrExt;

    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    // No list is there yet. The name itself could be created, and not the one under which the file is written at first.
    let long = "x".repeat(250);
    assert!(fs::write(dir.join(&long), "").and_then(|()| fs::remove_file(dir.join(&long))).is_ok());
    let says = ["a shorter name where", "якщо назва задовга", "если имя слишком длинное"];
    refused(dir, &["list.csv", "--out", &long], says);
    lists(dir);
    let odd = std::ffi::OsStr::from_bytes(b"pairs-\xff.csv");
    for is_there in [false, true] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_homeward"));
        let run = command.current_dir(dir).args(["link", "families.csv", "--force", "--out"]).arg(odd);
        let run = run.output().unwrap();
        let told = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{is_there}: {}{told}", said(&run));
        assert!(fs::read(dir.join(odd)).unwrap().starts_with(b"left_id"), "{is_there}");
    }
}

#[test]
fn weights_that_are_none_or_of_an_older_program_are_refused_in_each_language() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    lists(dir);
    let check = |weights: &str, says: [&str; 3]| {
        fs::write(dir.join("w.txt"), weights).unwrap();
        refused(dir, &["families.csv", "--out", "p.csv", "--weights", "w.txt"], says);
    };
    check(
        "kept",
        [
            "line 1: expected the title of kept weights",
            "рядок 1: тут має бути назва збережених ваг",
            "строка 1: здесь должно быть название сохранённых весов",
        ],
    );
    check("", ["it ends too early", "закінчується зарано", "кончается слишком рано"]);
    check(
        "homeward link weights 1\ncolumns birth\n",
        ["of an older program", "ваги старішої програми", "веса более старой программы"],
    );
    check(
        "homeward link weights 2\ncolumns tint:unit\n",
        [
            "line 2: expected the columns",
            "рядок 2: тут має бути перелік",
            "строка 2: здесь должно быть перечень",
        ],
    );
    let start = "homeward link weights 2\ncolumns code:unit\n";
    check(start, ["it ends too early", "закінчується зарано", "кончается слишком рано"]);
    check(
        &format!("{start}source 00ff 1\nstrangers 1\n"),
        ["“strangers” and 7 figures", "«strangers» і 7 чисел", "«strangers» и 7 чисел"],
    );
    check(&format!("{start}name\n"), ["1 to 16 lists above", "від 1 до 16 списків", "от 1 до 16 списков"]);
}

#[test]
fn options_that_do_not_go_together_are_refused_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("there.csv"), "kept").unwrap();
    // No list is there to be read.
    let check = |args: &[&str], says: [&str; 3]| refused(dir, &[&["list.csv"], args].concat(), says);
    check(&[], ["give --out for pairs", "дайте --out для пар", "дайте --out для пар"]);
    check(
        &["--clusters", "c.csv"],
        ["add --out and a file", "додайте --out і файл", "добавьте --out и файл"],
    );
    check(
        &["--out", "p.csv", "--examples"],
        ["add --report and a file", "додайте --report", "добавьте --report"],
    );
    check(
        &["--out", "p.csv", "--events", "e.csv"],
        ["add --before and the", "додайте --before і", "добавьте --before и"],
    );
    check(
        &["--out", "p.csv", "--weights", "w.txt", "--keep-weights", "v.txt"],
        ["leave out --keep-weights", "приберіть --keep-weights", "уберите --keep-weights"],
    );
    check(
        &["--explain", "1", "2", "--out", "p.csv"],
        ["leave out --out", "приберіть --out", "уберите --out"],
    );
    check(
        &["--out", "p.csv", "--clusters", "-"],
        ["give the others a file", "дайте іншим по файлу", "дайте остальным по файлу"],
    );
    check(
        &["--out", "there.csv"],
        [
            "there.csv is there already. Give another file, or --force",
            "there.csv уже є. Дайте інший файл або --force",
            "there.csv уже есть. Дайте другой файл или --force",
        ],
    );
    check(&["--out", "p.csv"], ["list.csv is not there", "файлу list.csv немає", "файла list.csv нет"]);
    check(
        &["--out", "none/p.csv"],
        ["cannot create none/p.csv", "не можна створити none/p.csv", "нельзя создать none/p.csv"],
    );
    fs::write(dir.join("list.csv"), "surname,given\nМігда,Максим\nКоваль,Олег\n").unwrap();
    check(
        &["--out", "p.csv", "--settings", "none.toml"],
        ["none.toml is not there", "файлу none.toml немає", "файла none.toml нет"],
    );
    check(&["--out", "p.csv", "--settings", "."], [". is a folder", ". — тека", ". — папка"]);
    check(
        &["--out", "p.csv", "--before", "there.csv"],
        ["no column holds identifiers", "немає ідентифікаторів", "нет идентификаторов"],
    );
    check(
        &["--out", "p.csv", "--weights", "there.csv"],
        ["--weights takes a file that", "--weights бере файл", "--weights берёт файл"],
    );
    assert_eq!(fs::read_to_string(dir.join("there.csv")).unwrap(), "kept");
}

#[test]
fn records_to_explain_may_come_in_any_order_and_with_their_list() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    lists(dir);
    let explained = |ids: [&str; 2]| {
        let run = homeward(dir, &["link", "families.csv", "captor.csv", "--explain", ids[0], ids[1]]);
        assert!(run.status.success(), "{ids:?}: {}", said(&run));
        said(&run)
    };
    let expected = explained(["f11", "c11"]);
    for ids in [["c11", "f11"], ["left:f11", "right:c11"], ["right:c11", "f11"]] {
        assert_eq!(explained(ids), expected, "{ids:?}");
    }
    for wrong in ["right:f11", "middle:f11", "f99"] {
        let says = ["“{}”", "«{}»", "«{}»"].map(|quoted| quoted.replace("{}", wrong));
        refused(
            dir,
            &["families.csv", "captor.csv", "--explain", wrong, "c11"],
            says.each_ref().map(String::as_str),
        );
    }
    // The same number in both lists: what it was taken for is said.
    let families = fs::read_to_string(dir.join("families.csv")).unwrap().replace("\nf", "\n");
    let captor = fs::read_to_string(dir.join("captor.csv")).unwrap().replace("\nc", "\n");
    fs::write(dir.join("captor.csv"), captor).unwrap();
    fs::write(dir.join("families.csv"), families).unwrap();
    let plain = explained(["left:11", "right:12"]);
    assert!(!plain.contains("in both lists"), "{plain}");
    let both = explained(["11", "12"]);
    assert!(
        both.contains("“11” is in both lists and was taken as left:11; for the other write right:11."),
        "{both}"
    );
    assert!(both.contains("“12” is in both lists and was taken as right:12"), "{both}");
    let other = explained(["11", "left:12"]);
    assert!(other.contains("taken as right:11") && other != both, "{other}");
    assert!(explained(["11", "5"]).contains("taken as right:11"), "5 is in the first list only");
    refused(
        dir,
        &["families.csv", "captor.csv", "--explain", "5", "left:5"],
        ["these are one", "а це один", "а это одна"],
    );
}

/// A file of the repository.
fn of_repository(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap()
}

#[test]
fn the_command_of_the_readme_links_the_example_lists_as_it_says() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("examples/link")).unwrap();
    for name in ["families.csv", "redcross.csv"] {
        let path = format!("examples/link/{name}");
        fs::write(dir.path().join(&path), of_repository(&path)).unwrap();
    }
    let readme = of_repository("README.md");
    let line =
        readme.lines().find(|line| line.starts_with("target/debug/homeward link examples/link/")).unwrap();
    let args: Vec<&str> = line.split(' ').skip(1).collect();
    let run = homeward(dir.path(), &args);
    assert!(run.status.success(), "{}", said(&run));
    let printed = readme.split("It prints, among other lines:\n\n```\n").nth(1).unwrap();
    for line in printed.split("\n```").next().unwrap().lines() {
        assert!(said(&run).lines().any(|found| found == line), "{line}: {}", said(&run));
    }
    // Who is who was decided when the lists were made up.
    let mut truth: Vec<(String, String)> = (1..=8).map(|n| (n, 100 + n)).map(numbered).collect();
    truth.extend(
        [(11, 110), (13, 112), (14, 113), (15, 114), (16, 115), (17, 116), (18, 117), (19, 118)]
            .map(numbered),
    );
    truth.push(numbered((21, 120)));
    truth.sort();
    let pairs = fs::read_to_string(dir.path().join("pairs.csv")).unwrap();
    let of = |line: &str| {
        let mut cells = line.split(',').map(str::to_owned);
        (cells.next().unwrap(), cells.next().unwrap())
    };
    let probability = |line: &str| line.rsplit(',').next().unwrap().parse::<f64>().unwrap();
    let mut linked: Vec<(String, String)> =
        pairs.lines().skip(1).filter(|line| probability(line) >= 0.99).map(of).collect();
    linked.sort();
    assert_eq!(linked, truth);
    // Two men of one name of whom the other list says nothing else: both for a person's eye, neither more than the other.
    let line = |one: &str| pairs.lines().find(|line| line.starts_with(&format!("{one},RC-111,"))).unwrap();
    assert!(["Р-11", "Р-12"].iter().all(|one| (0.05..0.5).contains(&probability(line(one)))), "{pairs}");
    // A man under his brother's date of birth, and strangers of one camp and one birthday: never linked by themselves.
    for (one, other) in [(9, 109), (20, 119), (24, 123), (23, 122)].map(numbered) {
        let found = pairs.lines().find(|line| line.starts_with(&format!("{one},{other},"))).unwrap();
        assert!(probability(found) < 0.99, "{found}");
    }
}

/// A family's case and a card of the example lists.
fn numbered((case, card): (u32, u32)) -> (String, String) {
    (format!("Р-{case:02}"), format!("RC-{card}"))
}

#[test]
fn a_pair_decided_to_be_the_same_is_written_with_1_as_the_book_says() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    lists(dir);
    let done = |args: &[&str]| {
        let run = homeward(dir, &[&["link", "families.csv"], args].concat());
        assert!(run.status.success(), "{args:?}: {}", said(&run));
    };
    done(&["--out", "1.csv", "--clusters", "people.csv", "--keep-weights", "weights.txt"]);
    let later = fs::read_to_string(dir.join("families.csv")).unwrap() + "f99,Мігда,Максим,,1999-01-02,\n";
    fs::write(dir.join("families.csv"), later).unwrap();
    fs::write(dir.join("d.csv"), "one,other,decision\nf1,f2,same\nf3,f99,same\n").unwrap();
    let (old, new) = ("f1,f2,1.000000\n", "f3,f99,1.000000\n");
    let check = |more: &[&str], has_old: bool| {
        done(&[&["--out", "p.csv", "--force", "--decided", "d.csv"], more].concat());
        let pairs = fs::read_to_string(dir.join("p.csv")).unwrap();
        assert_eq!((pairs.contains(old), pairs.contains(new)), (has_old, true), "{more:?}: {pairs}");
    };
    check(&[], true);
    check(&["--weights", "weights.txt"], true);
    check(&["--before", "people.csv"], true);
    check(&["--before", "people.csv", "--weights", "weights.txt"], true);
    check(&["--before", "people.csv", "--weights", "weights.txt", "--only-new"], false);
}
