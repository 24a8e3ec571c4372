//! A notice under the agreement and its reply: the side that waits in vain at a crossing asks, the other answers.

use anyhow::Context;

use crate::demo::desk;
use crate::demo::stage::Side;
use crate::demo::views::{Notices, Thread};
use crate::officer::Role;

/// The clause of the rehearsed text by which handovers begin and end.
const CLAUSE: u32 = 10;

/// What the two sides write, each in the language of its desk: the notice, then the reply with the new day.
const WORDS: [[&str; 2]; 2] = [
    [
        "Перехід раунду @ROUND@ відкладено напередодні. Просимо пояснити причину й назвати день.",
        "Дорогу до переходу розмило. Перехід відбудеться @DAY@.",
    ],
    [
        "Переход раунда @ROUND@ отложен накануне. Просим объяснить причину и назвать день.",
        "Дорогу к переходу размыло. Переход состоится @DAY@.",
    ],
];

/// The side with an index answers for the postponed crossing; answers the number of the notice.
pub async fn ask_and_answer(sides: &[Side; 2], index: usize, round: usize, day: &str) -> anyhow::Result<u32> {
    let (side, other) = (&sides[index], &sides[1 - index]);
    let written = |by: usize, place: usize| {
        WORDS[by][place].replace("@ROUND@", &round.to_string()).replace("@DAY@", day)
    };
    let before = threads(side).await?.len();
    let fields = vec![("clause", CLAUSE.to_string()), ("text", written(1 - index, 0))];
    other.two_officers("/notices", fields, "notice").await?;
    let given = |threads: Vec<Thread>| threads.into_iter().skip(before).max_by_key(|one| one.at);
    let no =
        desk::wait(
            &side.node.party,
            "the notice",
            async || Ok(given(threads(side).await?).map(|one| one.no)),
        )
        .await?;
    let path = format!("/notices/{no}/reply");
    side.two_officers(&path, vec![("text", written(index, 1))], "reply").await?;
    desk::wait(&other.node.party, "the reply", async || {
        let threads = threads(other).await?;
        let thread =
            threads.into_iter().find(|one| one.no == no).context("the notice that was just given")?;
        Ok((thread.state == "replied").then_some(()))
    })
    .await?;
    Ok(no)
}

async fn threads(side: &Side) -> anyhow::Result<Vec<Thread>> {
    let view: Notices = side.officer(Role::Negotiator).get("/notices").await?;
    Ok(view.threads)
}
