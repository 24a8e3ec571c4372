//! Named writes: what goes in comes out, everything is journaled, the journal brings everything back.

use exchange::ids::{Item, Party, PersonId};
use exchange::person::{Claim, Examiner, Grade, List, NameKind, PartialDate, Person, Sex, Source, State};
use tempfile::tempdir;
use time::macros::date;

use super::*;
use crate::{
    Appended, AttachmentRow, BulletinRow, BulletinState, CallRow, CallState, DraftRow, DraftState, FactRow,
    ImportRow, LineRow, LinkRow, OfficerRow, RelationKind, RelationRow, SessionRow, SettingRow, Try,
    token_hash,
};

#[tokio::test]
async fn a_person_comes_back_whole_and_is_found_by_search_keys() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    save(&register, (1..=3).map(|id| person(id, List::Held))).await;
    save(&register, [person(9, List::Sought)]).await;

    let mut read = register.read().await.unwrap();
    let back = read.person(PersonId([2; 16])).await.unwrap().unwrap();
    assert_eq!((back.person, back.item), (person(2, List::Held), None));
    assert_eq!(read.person(PersonId([4; 16])).await.unwrap(), None);
    let found =
        read.find_people(&["given:maksym".into(), "surname:Мігда 3".into()], List::Held).await.unwrap();
    assert_eq!(found.best, [3, 1, 2].map(|id| PersonId([id; 16])), "the best answer first");
    assert!(read.find_people(&["surname:Інший".into()], List::Held).await.unwrap().best.is_empty());
    let page = read.people(List::Held, Some(PersonId([1; 16])), 1).await.unwrap().whole().unwrap();
    assert_eq!(page.into_iter().map(|row| row.person.id.0[0]).collect::<Vec<_>>(), [2]);
    assert_eq!(read.all_people(List::Held).await.unwrap().whole().unwrap().len(), 3);
    assert_eq!(read.people_counts(List::Sought).await.unwrap(), [(Some(State::Held), 1)].into());
}

#[tokio::test]
async fn every_code_of_a_person_is_stored_and_read() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    let mut odd = person(1, List::Sought);
    let claim = |says, source, grade| Claim { says, of: date!(1944 - 02 - 29), source, grade };
    odd.claims = vec![
        claim(State::Missing, Source::Unit, Grade::Confirmed),
        claim(State::Held, Source::Family, Grade::Likely),
        claim(State::Alive, Source::HoldingPower, Grade::Doubtful),
        claim(State::Dead, Source::Neutral, Grade::Likely),
        claim(State::Freed, Source::Returnee, Grade::Likely),
        claim(State::Freed, Source::Open, Grade::Likely),
        claim(State::Freed, Source::Receipt, Grade::Likely),
    ];
    for by in [Examiner::DetainingPower, Examiner::OwnNationality, Examiner::MixedCommission] {
        odd.examinations.push(exchange::person::Examination {
            by,
            onset: None,
            ..odd.examinations[0].clone()
        });
    }
    odd.names.push(exchange::person::Name { kind: NameKind::Alias, ..odd.names[0].clone() });
    odd.sex = Some(Sex::Female);
    odd.birth = Some(PartialDate::Year(1920));
    let mut bare: Person = person(2, List::Held);
    (bare.sex, bare.birth, bare.rank, bare.capture) = (None, None, None, None);
    (bare.claims, bare.kin, bare.custody) = (vec![], vec![], vec![]);
    save(&register, [odd.clone(), bare.clone()]).await;
    let mut read = register.read().await.unwrap();
    for written in [odd, bare] {
        assert_eq!(read.person(written.id).await.unwrap().unwrap().person, written);
    }
}

#[tokio::test]
async fn a_dropped_write_leaves_nothing_and_the_next_goes_on() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    let mut write = register.begin(&registrar(), "import", None, 1).await.unwrap();
    write.save_person(&person(1, List::Held), &[]).await.unwrap();
    assert!(write.person(PersonId([1; 16])).await.unwrap().is_some(), "a write sees its own rows");
    assert!(register.read().await.unwrap().person(PersonId([1; 16])).await.unwrap().is_none());
    drop(write);
    save(&register, [person(2, List::Held)]).await;
    let mut read = register.read().await.unwrap();
    assert!(read.person(PersonId([1; 16])).await.unwrap().is_none());
    assert_eq!(read.journal(0, 500).await.unwrap().len(), 1);
    assert_eq!(register.check().await.unwrap(), []);
}

#[tokio::test]
async fn a_logged_read_is_a_named_write_without_rows() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    let subject = Some(PersonId([1; 16]).to_string());
    let write = register.begin(&registrar(), "read dossier", subject.clone(), 42).await.unwrap();
    assert_eq!(write.commit().await.unwrap().seq, 1);
    let line = &register.read().await.unwrap().journal(0, 10).await.unwrap()[0];
    assert_eq!((line.seq, line.at, line.action.as_str(), &line.subject), (1, 42, "read dossier", &subject));
    assert_eq!((line.officer.as_str(), line.purpose.as_deref()), ("registrar", Some("to tell the family")));
    assert!(line.rows.is_empty());
}

#[tokio::test]
async fn what_the_journal_would_show_in_plain_is_refused() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    let actor = |officer: &str| Actor { officer: officer.to_owned(), purpose: None };
    for (actor, action, subject) in [
        (actor("Мігда Максим"), "import", None),
        (actor(""), "import", None),
        (actor("registrar"), "", None),
        (actor("registrar"), "read dossier", Some("Мігда".to_owned())),
    ] {
        let refused = register.begin(&actor, action, subject, 1).await.err().unwrap();
        assert!(matches!(refused, RegisterError::Refused { .. }), "{refused}");
    }
}

#[tokio::test]
async fn no_secret_stands_in_any_file() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    fill(&register).await;
    let bytes = files(dir.path());
    for secret in
        SECRETS.into_iter().chain(["to tell the family", "Олена Коваль", "the first tries", "maksym"])
    {
        assert!(!holds(&bytes, secret.as_bytes()), "{secret} stands in a file");
    }
    assert!(holds(&bytes, b"registrar"), "the control: what is plain is found");
}

#[tokio::test]
async fn every_table_comes_back_and_the_journal_rebuilds_it() {
    let (dir, other) = (tempdir().unwrap(), tempdir().unwrap());
    let register = open(dir.path()).await;
    fill(&register).await;
    look(&register).await;
    let mut write = register.begin(&registrar(), "shred", None, 9).await.unwrap();
    write.shred(PersonId([3; 16])).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(register.check().await.unwrap(), []);

    let rebuilt = register.rebuild_into(other.path()).await.unwrap();
    assert!(rebuilt.changes > 20, "{rebuilt:?}");
    let twin = open(other.path()).await;
    look(&twin).await;
    assert_eq!(twin.check().await.unwrap(), []);
    let (ours, theirs) = (dump(&register).await, dump(&twin).await);
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert!(!ours.1.is_empty(), "nothing was written to {}", ours.0);
        assert!(ours == theirs, "{} differs", ours.0);
    }
    for file in ["journal.log", "aronia.log", "belmar.log"] {
        let read = |dir: &std::path::Path| std::fs::read(dir.join("record").join(file)).unwrap();
        assert!(read(dir.path()) == read(other.path()), "{file} differs");
    }
}

/// Writes at least one row to every table.
async fn fill(register: &Register) {
    save(register, (1..=3).map(|id| person(id, List::Held))).await;
    let mut write = register.begin(&registrar(), "fill", None, 5).await.unwrap();
    let officer = OfficerRow {
        id: "press-1".to_owned(),
        roles: vec!["press-officer".to_owned(), "auditor".to_owned()],
        display_name: "Олена Коваль".to_owned(),
        language: "uk".to_owned(),
        active: true,
    };
    write.put(&officer).await.unwrap();
    let token_hash = token_hash(b"token");
    let (link, session) = (
        LinkRow { token_hash, officer: "press-1".into(), expires_at: 10, used_at: None },
        SessionRow {
            token_hash,
            officer: "press-1".into(),
            expires_at: 99,
            purpose: Some("bulletin".into()),
        },
    );
    write.put(&link).await.unwrap();
    assert_eq!(write.use_link(&token_hash).await.unwrap().as_deref(), Some("press-1"));
    assert_eq!(write.use_link(&token_hash).await.unwrap(), None, "a link signs in once");
    write.put(&session).await.unwrap();
    for (author, seq) in [("aronia", 0), ("belmar", 0), ("aronia", 1)] {
        let bytes = format!("entry {seq} of {author};");
        assert_eq!(write.append_entry(author, seq, bytes.as_bytes()).await.unwrap(), Appended::New);
        assert_eq!(write.append_entry(author, seq, bytes.as_bytes()).await.unwrap(), Appended::Known);
    }
    write.set_item(PersonId([1; 16]), Item([5; 32])).await.unwrap();
    write.put(&AttachmentRow::of("pool", b"opened pool".to_vec())).await.unwrap();
    let id = write.new_id("drafts");
    let draft = DraftRow {
        id: id.clone(),
        kind: "roll".into(),
        round: Some(1),
        payload: b"the roll".to_vec(),
        drafted_by: "negotiator".into(),
        drafted_at: 5,
        state: DraftState::Open,
        decided_by: None,
        decided_at: None,
    };
    write.put(&draft).await.unwrap();
    let line = |item, person| LineRow {
        round: 1,
        item: Item([item; 32]),
        holder: Party::new("aronia").unwrap(),
        person,
        details: b"details".to_vec(),
    };
    write.put(&line(5, Some(PersonId([1; 16])))).await.unwrap();
    write.put(&line(6, None)).await.unwrap();
    let tries = vec![Try {
        at: 1,
        by: "liaison".into(),
        outcome: "no-answer".into(),
        who: Some("the first tries".into()),
    }];
    let person = PersonId([1; 16]);
    write
        .put(&CallRow { id: id.clone(), round: 1, person, state: CallState::Due, due_by: 50, tries })
        .await
        .unwrap();
    let relation = RelationRow {
        officer: "press-1".into(),
        person,
        kind: RelationKind::ServedWith,
        declared_at: 5,
        declared_by: "press-1".into(),
        lifted: None,
    };
    write.put(&relation).await.unwrap();
    let lifted = Some((6, "administrator".into()));
    write.put(&RelationRow { officer: "press-2".into(), lifted, ..relation }).await.unwrap();
    write.save_pair(person, PersonId([2; 16]), b"two people").await.unwrap();
    let bulletin = BulletinRow {
        id: id.clone(),
        round: 1,
        state: BulletinState::Draft,
        payload: b"bulletin".to_vec(),
        drafted_by: "press-1".into(),
        released_by: None,
        released_at: None,
    };
    write.put(&bulletin).await.unwrap();
    write.put(&FactRow { id: id.clone(), bulletin: id.clone(), payload: b"fact".to_vec() }).await.unwrap();
    let (list, name) = (List::Held, "the first tries".to_owned());
    write.put(&ImportRow { id, list, name, rows: 3, officer: "registrar".into(), at: 5 }).await.unwrap();
    write.put(&SettingRow { key: "agreement".into(), value: b"text".to_vec() }).await.unwrap();
    write.commit().await.unwrap();
}

/// Reads what [`fill`] wrote by the typed calls.
async fn look(register: &Register) {
    let mut read = register.read().await.unwrap();
    assert_eq!(read.officer("press-1").await.unwrap().unwrap().display_name, "Олена Коваль");
    assert_eq!(read.officers().await.unwrap().whole().unwrap().len(), 1);
    assert_eq!(read.link(&token_hash(b"token")).await.unwrap().unwrap().used_at, Some(5));
    assert_eq!(read.person_of(&Item([5; 32])).await.unwrap().unwrap().person.id, PersonId([1; 16]));
    let all = read.all_entries().await.unwrap();
    let order: Vec<_> = all.iter().map(|entry| (entry.author.as_str(), entry.seq)).collect();
    assert_eq!(order, [("aronia", 0), ("belmar", 0), ("aronia", 1)]);
    assert_eq!(read.entries("aronia", 1, 10).await.unwrap().whole().unwrap()[0].bytes, b"entry 1 of aronia;");
    let pool = AttachmentRow::of("pool", b"opened pool".to_vec());
    assert_eq!(read.attachment(&pool.digest).await.unwrap(), Some(pool));
    let draft = read.open_drafts().await.unwrap().whole().unwrap().remove(0);
    assert_eq!(read.draft(&draft.id).await.unwrap().unwrap().payload, b"the roll");
    assert_eq!(read.lines(1).await.unwrap().whole().unwrap().len(), 2);
    assert_eq!(read.lines(1).await.unwrap().whole().unwrap()[1].item, Item([6; 32]));
    assert_eq!(read.lines_with(&Item([6; 32])).await.unwrap().whole().unwrap().len(), 1);
    assert_eq!(read.lines_of(PersonId([1; 16])).await.unwrap().whole().unwrap().len(), 1);
    let call = read.calls(CallState::Due).await.unwrap().whole().unwrap().remove(0);
    assert_eq!(call.tries[0].who.as_deref(), Some("the first tries"));
    let relations = read.relations().await.unwrap().whole().unwrap();
    let lifted: Vec<_> = relations.iter().map(|row| row.lifted.as_ref().map(|(at, _)| *at)).collect();
    assert_eq!(lifted, [None, Some(6)]);
    assert_eq!(read.relations_of("press-1").await.unwrap().whole().unwrap(), relations[..1]);
    let one = read.relation("press-2", PersonId([1; 16])).await.unwrap().unwrap();
    assert_eq!((one.kind, one.lifted), (RelationKind::ServedWith, Some((6, "administrator".into()))));
    let pair = read.pair(PersonId([2; 16]), PersonId([1; 16])).await.unwrap();
    assert_eq!(pair.as_deref(), Some(b"two people".as_slice()));
    let bulletin = read.bulletins(BulletinState::Draft).await.unwrap().whole().unwrap().remove(0);
    assert_eq!(read.facts_of(&bulletin.id).await.unwrap().whole().unwrap()[0].payload, b"fact");
    assert_eq!(read.imports(10).await.unwrap().whole().unwrap()[0].name, "the first tries");
    assert_eq!(read.setting("agreement").await.unwrap().as_deref(), Some(b"text".as_slice()));
}

/// Every table's rows as stored, but for the keys and the sessions.
async fn dump(register: &Register) -> Vec<(&'static str, Vec<Vec<crate::cell::Cell>>)> {
    use crate::cell::Cell;
    let mut read = register.read().await.unwrap();
    let mut out = Vec::new();
    for table in crate::rows::TABLES.into_iter().filter(|table| table.replayed) {
        let mut rows =
            crate::sql::rows(read.conn(), table.all, &[Cell::Int(0), Cell::Int(10_000)]).await.unwrap();
        // The columns of the person's key, where the statement joins it, are not this table's.
        rows.iter_mut().for_each(|row| row.truncate(table.columns.len() + 2));
        out.push((table.name, rows));
    }
    for (name, all) in [
        ("search_tags", "SELECT tag, person_id FROM search_tags ORDER BY tag, person_id"),
        ("journal", "SELECT seq, bytes, body_at, body_len, mac FROM journal ORDER BY seq"),
    ] {
        out.push((name, crate::sql::rows(read.conn(), all, &[]).await.unwrap()));
    }
    out
}

#[tokio::test]
async fn an_entry_out_of_order_or_with_other_bytes_is_refused() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    let mut write = register.begin(&registrar(), "take in entries", None, 1).await.unwrap();
    let gap = write.append_entry("aronia", 1, b"x").await.unwrap_err();
    assert_eq!(gap.to_string(), "entry 1 of aronia given where 0 comes next");
    write.append_entry("aronia", 0, b"x").await.unwrap();
    let fork = write.append_entry("aronia", 0, b"y").await.unwrap_err();
    assert_eq!(fork.to_string(), "entry 0 of aronia is already here with other bytes");
    let own = write.append_entry("journal", 0, b"x").await.unwrap_err();
    assert_eq!(own.to_string(), "author: not a label a log can have");
    let large = write.append_entry("belmar", 0, &vec![0; 1024 * 1024 + 1]).await.unwrap_err();
    assert_eq!(large.to_string(), "entry is too large: 1048577, at most 1048576");
    write.commit().await.unwrap();
}

#[tokio::test]
async fn a_shredded_person_is_unreadable_here_in_the_list_and_after_reopening() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    fill(&register).await;
    let one = PersonId([1; 16]);
    let key = register.read().await.unwrap().item_key(one).await.unwrap();
    assert_eq!(format!("{key:?}"), "ItemKey(32 bytes)");
    let mut write = register.begin(&registrar(), "shred", Some(one.to_string()), 9).await.unwrap();
    write.shred(one).await.unwrap();
    write.commit().await.unwrap();
    gone(&register, one).await;
    register.close().await;
    gone(&open(dir.path()).await, one).await;
}

async fn gone(register: &Register, one: PersonId) {
    let mut read = register.read().await.unwrap();
    assert!(matches!(read.person(one).await, Err(RegisterError::Shredded(id)) if id == one));
    assert!(matches!(read.item_key(one).await, Err(RegisterError::Shredded(_))));
    let page = read.all_people(List::Held).await.unwrap();
    assert_eq!((page.rows.len(), page.refused.len(), page.refused[0].damage), (2, 1, None));
    assert_eq!(page.whole().unwrap().len(), 2, "shredding is no damage");
    assert_eq!(read.calls(CallState::Due).await.unwrap().refused.len(), 1, "nor are the calls readable");
    let found = read.find_people(&["given:maksym".into()], List::Held).await.unwrap();
    assert!(!found.best.contains(&one));
    let mut write = register.begin(&registrar(), "import", None, 1).await.unwrap();
    let again = write.save_person(&person(1, List::Held), &[]).await;
    assert!(matches!(again, Err(RegisterError::Shredded(_))));
    drop(write);
    assert_eq!(register.check().await.unwrap(), []);
}

#[tokio::test]
async fn an_ended_session_is_gone_and_its_row_put_back_is_refused() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    fill(&register).await;
    let hash = token_hash(b"token");
    let mut read = register.read().await.unwrap();
    let stored = crate::sql::row(read.conn(), SESSION, &[]).await.unwrap().unwrap();
    assert_eq!(read.session(&hash).await.unwrap().unwrap().purpose.as_deref(), Some("bulletin"));
    drop(read);
    let mut write = register.begin(&registrar(), "sign out", None, 9).await.unwrap();
    assert_eq!(write.end_sessions_of("press-1").await.unwrap(), 1);
    write.commit().await.unwrap();
    assert_eq!(register.read().await.unwrap().session(&hash).await.unwrap(), None);
    let (pool, _) = register.inside();
    let mut conn = pool.acquire().await.unwrap();
    let put_back =
        "INSERT INTO sessions (token_hash, officer, expires_at, version, sealed) VALUES ($1, $2, $3, $4, $5)";
    crate::sql::run(&mut conn, put_back, &stored).await.unwrap();
    let revived = register.read().await.unwrap().session(&hash).await.unwrap_err();
    assert!(revived.to_string().contains("was removed and is there again"), "{revived}");
}

const SESSION: &str = "SELECT token_hash, officer, expires_at, version, sealed FROM sessions";

#[tokio::test]
async fn who_read_a_dossier_is_found_by_its_subject_the_latest_first() {
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    save(&register, (1..=200).map(|id| person(id, List::Held))).await;
    let (one, other) = (PersonId([1; 16]).to_string(), PersonId([2; 16]).to_string());
    for (at, subject) in [(1, &one), (2, &other), (3, &one)] {
        let actor = Actor { purpose: Some("family".into()), ..registrar() };
        let write = register.begin(&actor, "read dossier", Some(subject.clone()), at).await.unwrap();
        write.commit().await.unwrap();
    }
    let mut read = register.read().await.unwrap();
    let lines = read.journal_about(&one, 10).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.at).collect::<Vec<_>>(), [3, 1]);
    assert_eq!((lines[0].action.as_str(), lines[0].purpose.as_deref()), ("read dossier", Some("family")));
    assert_eq!(read.journal_about(&one, 1).await.unwrap().len(), 1);
    assert!(read.journal_about("nobody", 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_register_is_its_owners_alone_also_in_a_folder_that_others_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    std::fs::set_permissions(dir.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(!crate::exists(dir.path()));
    let register = open(dir.path()).await;
    assert!(crate::exists(dir.path()));
    save(&register, [person(1, List::Held)]).await;
    for file in ["register.db", "register.db-wal", "register.db-shm", "record/journal.log"] {
        let mode = std::fs::metadata(dir.path().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file}: {mode:o}");
    }
}

#[tokio::test]
async fn a_register_says_when_it_was_last_written_and_what_a_write_took_in() {
    let dir = tempfile::tempdir().unwrap();
    let register = open(dir.path()).await;
    assert_eq!(register.read().await.unwrap().last_at().await.unwrap(), None);
    save(&register, [person(1, List::Held)]).await;
    let mut write = register.begin(&registrar(), "take in", None, 2_000).await.unwrap();
    write.append_entry("belmar", 0, b"an entry").await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(register.read().await.unwrap().last_at().await.unwrap(), Some(2_000));
    let journal = std::fs::read(dir.path().join("record/journal.log")).unwrap();
    let bodies = journal.split(|byte| *byte == b';').filter_map(|entry| {
        let body = entry.strip_prefix(b"signed(")?.strip_suffix(b")by registrar")?;
        crate::taken_in(body)
    });
    let belmar = crate::TakenIn { author: "belmar".to_owned(), seq: 0 };
    assert_eq!(bodies.flatten().collect::<Vec<_>>(), [belmar]);
    assert_eq!(crate::taken_in(b"no body"), None);
}

#[tokio::test]
async fn a_list_of_more_than_one_step_is_given_whole_also_past_the_shredded() {
    const MANY: u16 = 1_100;
    let dir = tempdir().unwrap();
    let register = open(dir.path()).await;
    let mut write = register.begin(&registrar(), "many", None, 1_000).await.unwrap();
    for number in 0..MANY {
        let id = format!("officer-{number:04}");
        let roles = vec!["registrar".to_owned()];
        let row = OfficerRow { id, display_name: String::new(), roles, language: "uk".into(), active: true };
        write.put(&row).await.unwrap();
        let mut one = person(1, List::Held);
        one.id = PersonId(u128::from(number).to_be_bytes());
        write.save_person(&one, &["surname:one of many".to_owned()]).await.unwrap();
        let mut item = [0; 32];
        item[..2].copy_from_slice(&number.to_be_bytes());
        let (round, holder) = (1, Party::new("belmar").unwrap());
        let line = LineRow { round, item: Item(item), holder, person: Some(one.id), details: Vec::new() };
        write.put(&line).await.unwrap();
    }
    write.commit().await.unwrap();
    let mut write = register.begin(&registrar(), "shred", None, 1_000).await.unwrap();
    write.shred(PersonId(499_u128.to_be_bytes())).await.unwrap();
    write.commit().await.unwrap();

    let mut read = register.read().await.unwrap();
    assert_eq!(read.officers().await.unwrap().whole().unwrap().len(), usize::from(MANY));
    assert_eq!(read.lines(1).await.unwrap().whole().unwrap().len(), usize::from(MANY) - 1);
    let found = read.find_people(&["surname:one of many".into()], List::Held).await.unwrap();
    assert_eq!((found.best.len(), found.all), (500, usize::from(MANY) - 1));
    let last = PersonId(u128::from(MANY - 1).to_be_bytes());
    let mut write = register.begin(&registrar(), "rename", None, 1_000).await.unwrap();
    let known = write.person(last).await.unwrap().unwrap().person;
    let keys = ["surname:one of many".to_owned(), "given:rare".to_owned()];
    write.save_person(&known, &keys).await.unwrap();
    write.commit().await.unwrap();
    let found = register.read().await.unwrap().find_people(&keys, List::Held).await.unwrap();
    assert_eq!(found.best[0], last, "who answers to both keys comes first, however many answer to one");
}
