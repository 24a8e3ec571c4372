//! Threads as cases: what they have come to at a moment, and what belongs to none.

use super::*;
use crate::testing::{acts, at, terms};

const SILENT: &str = "[[quantities]]\nid = \"living\"\nclause = 1\nlegs = [\"living\"]\nall = true\n";

fn answered() -> Terms {
    terms(&format!("{SILENT}[notices]\nclause = 3\nanswer_hours = 72"))
}

/// The state of the thread of a number at a moment, as a word with its hours.
fn shown(threads: &Notices, no: u32, now: &str) -> String {
    let hour = |moment: Moment| (moment.0 - at("0").0) / crate::moment::HOUR;
    let thread = threads.threads.iter().find(|thread| thread.no == no).unwrap();
    match thread.state(at(now)) {
        None => "not given".to_owned(),
        Some(State::Open { answer: Answer::DueBefore(due) }) => format!("open, due before {}", hour(due)),
        Some(State::Open { answer: Answer::NoTimeAgreed }) => "open, no time agreed".to_owned(),
        Some(State::Overdue { since }) => format!("overdue since {}", hour(since)),
        Some(State::Replied { at }) => format!("replied at {}", hour(at)),
        Some(State::Closed { at }) => format!("closed at {}", hour(at)),
    }
}

#[test]
fn a_notice_is_open_until_it_is_overdue_answered_or_closed() {
    let text = "
        1d a notice 1 2
        1d6 b notice 2 3
        2d a reply 2
        5d b reply 1
        6d c reply 1
        7d a close 1
        8d b reply 1
        9d c notice 3 1
        9d1 c close 3";
    let threads = notices(&answered(), &acts(text));
    assert_eq!(threads.refused, []);
    let cases = [
        (1, "23", "not given"),
        (1, "1d", "open, due before 96"),
        (1, "3d23", "open, due before 96"),
        (1, "4d", "overdue since 96"),
        (1, "4d23", "overdue since 96"),
        (1, "5d", "replied at 120"),
        (1, "6d23", "replied at 120"),
        (1, "7d", "closed at 168"),
        (1, "99d", "closed at 168"),
        (2, "2d", "replied at 48"),
        (2, "99d", "replied at 48"),
        (3, "9d", "open, due before 288"),
        (3, "9d1", "closed at 217"),
    ];
    for (no, now, expected) in cases {
        assert_eq!(shown(&threads, no, now), expected, "{no} at {now}");
    }
    let first = &threads.threads[0];
    assert_eq!((first.clause, first.replies.len()), (2, 3));
    assert!(first.replies.is_sorted_by_key(|reply| reply.at), "replies stand in order of time");
}

#[test]
fn without_a_time_agreed_no_notice_is_overdue_and_that_is_said() {
    let threads = notices(&terms(SILENT), &acts("1d a notice 1 2"));
    assert_eq!(shown(&threads, 1, "900d"), "open, no time agreed");
}

#[test]
fn what_belongs_to_no_thread_is_refused_with_its_ground() {
    let cases = [
        ("2d b notice 1 2", "there is a notice 1 already"),
        ("2d b reply 2", "there is no notice 2"),
        ("2d b close 2", "there is no notice 2"),
        ("2d a reply 1", "notice 1 is not answered by who gave it"),
        ("2d b close 1", "notice 1 is closed only by who gave it"),
        ("2d a notice 2 9", "notice 2: clause 9 is not in the text"),
        ("23 b reply 1", "notice 1: what answers or closes it is dated before it"),
        ("23 a close 1", "notice 1: what answers or closes it is dated before it"),
        ("2d n notice 2 1", "notice 2: only a party gives, answers and closes a notice"),
        ("2d n reply 1", "notice 1: only a party gives, answers and closes a notice"),
        ("- b reply 1", "an act about notice 1 has no moment"),
        ("- a notice 2 1", "an act about notice 2 has no moment"),
        ("2d a notice 0 1", "notices are numbered from 1"),
        ("2d a close 1\n3d a close 1", "notice 1 is closed already"),
    ];
    let alone = notices(&answered(), &acts("1d a notice 1 2"));
    for (text, expected) in cases {
        let threads = notices(&answered(), &acts(&format!("1d a notice 1 2\n{text}")));
        let refused: Vec<_> = threads.refused.iter().map(|one| one.refused.to_string()).collect();
        assert_eq!(refused, [expected], "{text}");
        if !expected.contains("closed already") {
            assert_eq!(threads.threads, alone.threads, "the threads stand without it: {text}");
        }
    }
}

#[test]
fn both_nodes_show_the_same_threads_whatever_came_first() {
    let text =
        "1d a notice 1 2\n1d b notice 1 3\n2d b reply 1\n1d12 c reply 1\n3d a close 1\n4d b notice 2 1";
    let (mut here, terms) = (acts(text), answered());
    let threads = notices(&terms, &here).threads;
    assert_eq!((threads[0].clause, threads[0].replies.len()), (2, 2));
    for _ in 0..here.len() {
        here.rotate_left(1);
        assert_eq!(notices(&terms, &here).threads, threads);
    }
    here.reverse();
    assert_eq!(notices(&terms, &here).threads, threads);
}
