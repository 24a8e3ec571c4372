//! Bringing a list of people in: upload and preview, then confirm. Nobody is stored before the second step.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Form, Multipart, Path};
use exchange::person::List;
use serde::Serialize;

use crate::acts::people::{self, Outcome, UPLOAD_BYTES_MAX, Upload};
use crate::import::refusal::{Finding, Refusal, by_reason};
use crate::import::table::FILE_BYTES_MAX;
use crate::import::{Preview, Refusals, builtin};
use crate::node::Node;
use crate::officer::Role;
use crate::web::desk::{Desk, Reply};
use crate::web::refused::Refused;
use crate::web::router::{Policy, Routes};
use crate::web::{Choice, Column, Page, Words};

const REGISTRAR: Policy = Policy::Roles(&[Role::Registrar]);
/// The most refusals and findings a preview lists; their numbers by reason are always whole.
const SHOWN_MAX: usize = 1_000;
/// How many imports of before are listed.
const IMPORTS_SHOWN: usize = 100;
/// The most files one upload may have.
const FILES_MAX: usize = 16;
/// The longest name of a list or a file, in characters.
const NAME_MAX: usize = 100;
/// Largest map an officer may bring, in bytes.
const MAP_BYTES_MAX: usize = 1 << 20;

/// The area's routes.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/import", REGISTRAR, form).post_up_to("/import", REGISTRAR, FILE_BYTES_MAX, preview).post(
        "/import/{draft}/confirm",
        REGISTRAR,
        confirm,
    )
}

/// The code of a list in forms, views and addresses.
pub fn list_code(list: List) -> &'static str {
    crate::import::word(list)
}

/// The form, and what was imported before.
#[derive(Serialize)]
struct FormView {
    imports: Vec<ImportLine>,
    /// Whether there are earlier ones that are not given.
    earlier: bool,
    maps: Vec<String>,
}

/// An import of before.
#[derive(Serialize)]
struct ImportLine {
    id: String,
    list: &'static str,
    name: String,
    rows: u32,
    officer: String,
    at: i64,
}

#[derive(Template)]
#[template(path = "imports_form.html")]
struct FormPage<'a> {
    page: Page,
    t: Words,
    v: &'a FormView,
    lists: Vec<Choice>,
    maps: Vec<Choice>,
    columns: Vec<Column>,
}

async fn form(desk: Desk) -> Result<Reply, Refused> {
    let mut reading = desk.node.register.read().await?;
    let mut rows = reading.imports(IMPORTS_SHOWN as u32 + 1).await?.whole()?;
    let earlier = rows.len() > IMPORTS_SHOWN;
    rows.truncate(IMPORTS_SHOWN);
    let line = |row: register::ImportRow| ImportLine {
        id: row.id,
        list: list_code(row.list),
        name: row.name,
        rows: row.rows,
        officer: row.officer,
        at: row.at,
    };
    let view = FormView {
        imports: rows.into_iter().map(line).collect(),
        earlier,
        maps: builtin::maps().into_iter().map(|map| map.name).collect(),
    };
    let t = desk.words;
    let choice = |value: &str, label: String, hint: String| Choice { value: value.to_owned(), label, hint };
    let lists = ["held", "sought"]
        .map(|code| choice(code, t.code("import-to", code), t.code("import-hint", code)))
        .to_vec();
    let mut maps = vec![choice("", t.s("import-map-by-columns"), String::new())];
    maps.extend(view.maps.iter().map(|name| choice(name, t.code("import-map", name), String::new())));
    let heads = [
        (t.s("import-at"), false),
        (t.s("import-name"), false),
        (t.s("import-list"), false),
        (t.s("import-officer"), false),
        (t.s("import-persons"), true),
    ];
    let columns = heads.into_iter().map(|(label, numeric)| Column { label, numeric }).collect();
    desk.reply(&view, t.s("import-title"), |page, t| FormPage { page, t, v: &view, lists, maps, columns })
}

/// What a list holds, before anything of it is stored.
#[derive(Serialize)]
struct PreviewView {
    /// The draft to confirm; nothing when the file as a whole is refused.
    import: Option<String>,
    list: &'static str,
    name: String,
    map: String,
    rows: u32,
    accepted: u32,
    persons: u32,
    rows_refused: u32,
    refused: Vec<RefusedCell>,
    refused_all: usize,
    problems: BTreeMap<&'static str, u32>,
    findings: Vec<FindingLine>,
    findings_all: usize,
    unread_columns: Vec<String>,
}

#[derive(Serialize)]
struct RefusedCell {
    file: String,
    row: Option<u32>,
    column: Option<String>,
    reason: &'static str,
    found: String,
}

#[derive(Serialize)]
struct FindingLine {
    kind: &'static str,
    rows: Vec<u32>,
    column: Option<String>,
}

#[derive(Template)]
#[template(path = "imports_preview.html")]
struct PreviewPage<'a> {
    page: Page,
    t: Words,
    v: &'a PreviewView,
    problem_columns: Vec<Column>,
    refused_columns: Vec<Column>,
    finding_columns: Vec<Column>,
}

impl PreviewView {
    fn new(upload: &Upload, map: String, outcome: &Outcome, words: Words) -> Self {
        let mut view = Self {
            import: None,
            list: list_code(upload.list()),
            name: upload.name.clone(),
            map,
            rows: 0,
            accepted: 0,
            persons: 0,
            rows_refused: 0,
            refused: Vec::new(),
            refused_all: 0,
            problems: BTreeMap::new(),
            findings: Vec::new(),
            findings_all: 0,
            unread_columns: Vec::new(),
        };
        match outcome {
            Ok(preview) => view.take(preview),
            Err(refusals) => view.refuse(refusals, words),
        }
        view
    }

    fn take(&mut self, preview: &Preview) {
        self.rows = preview.counts.rows;
        self.accepted = preview.counts.rows_accepted;
        self.persons = preview.counts.people;
        self.unread_columns.clone_from(&preview.unread_columns);
        self.findings_all = preview.findings.len();
        let line = |finding: &Finding| FindingLine {
            kind: finding.kind.code(),
            rows: finding.rows.iter().copied().take(20).collect(),
            column: finding.column.clone(),
        };
        self.findings = preview.findings.iter().take(SHOWN_MAX).map(line).collect();
    }

    fn refuse(&mut self, refusals: &Refusals, words: Words) {
        if let Some(rest) = refusals.rest() {
            self.take(rest);
        }
        self.rows = refusals.rows;
        self.rows_refused = refusals.rows_refused();
        self.refused_all = refusals.list.len();
        let cell = |refusal: &Refusal| RefusedCell {
            file: refusal.file.clone(),
            row: refusal.row,
            column: refusal.column.clone(),
            reason: refusal.reason.code(),
            found: refusal.found.in_words(words),
        };
        self.refused = refusals.list.iter().take(SHOWN_MAX).map(cell).collect();
        self.problems =
            by_reason(&refusals.list).into_iter().map(|(reason, count)| (reason.code(), count)).collect();
    }
}

impl RefusedCell {
    fn row_shown(&self) -> String {
        self.row.map(|row| row.to_string()).unwrap_or_default()
    }
}

impl FindingLine {
    fn rows_shown(&self) -> String {
        let rows: Vec<_> = self.rows.iter().map(u32::to_string).collect();
        rows.join(", ")
    }
}

async fn preview(desk: Desk, form: Result<Multipart, MultipartRejection>) -> Result<Reply, Refused> {
    if !desk.node.config.is_party() {
        return Err(Refused::NotFound);
    }
    let form = form.map_err(|_| Refused::BadField("file"))?;
    let upload = Arc::new(uploaded(form).await?);
    let (map, outcome) = read(&desk.node, upload.clone()).await?;
    let mut view = PreviewView::new(&upload, map, &outcome, desk.words);
    if view.persons > 0 {
        let mut act = desk.act("preview import", None).await?;
        view.import = Some(people::keep(&mut act, &upload).await?);
        act.commit().await?;
    }
    let t = desk.words;
    let column = |(label, numeric): (String, bool)| Column { label, numeric };
    let problem_columns = [(t.s("import-reason"), false), (t.s("import-cells"), true)].map(column).to_vec();
    let refused_columns = [
        (t.s("import-row"), true),
        (t.s("import-column"), false),
        (t.s("import-reason"), false),
        (t.s("import-found"), false),
    ]
    .map(column)
    .to_vec();
    let finding_columns =
        [(t.s("import-finding"), false), (t.s("import-column"), false), (t.s("import-rows"), false)]
            .map(column)
            .to_vec();
    desk.reply(&view, t.s("import-preview-title"), |page, t| PreviewPage {
        page,
        t,
        v: &view,
        problem_columns,
        refused_columns,
        finding_columns,
    })
}

/// Reads a list away from the tasks that serve other officers.
async fn read(node: &Arc<Node>, upload: Arc<Upload>) -> Result<(String, Outcome), Refused> {
    let map = upload.read_map()?;
    let known = people::known(&mut node.register.read().await?, upload.list(), &map.name).await?;
    let (node, name) = (node.clone(), map.name.clone());
    let task = tokio::task::spawn_blocking(move || upload.read(&node.config, &map, known));
    Ok((name, task.await.map_err(|why| Refused::Broken(why.to_string()))?))
}

/// Takes an upload apart. Files other than the list and the map are what the map joins, by their own names.
async fn uploaded(mut form: Multipart) -> Result<Upload, Refused> {
    let mut upload = Upload {
        held: false,
        name: String::new(),
        file: String::new(),
        bytes: Vec::new().into(),
        map: None,
        own_map: None,
        lookups: Vec::new(),
    };
    let mut list = None;
    let too_large = || Refused::BadFile("file-too-large".to_owned());
    for _ in 0..FILES_MAX {
        let Some(field) = form.next_field().await.map_err(|_| too_large())? else { break };
        let (name, file) = (field.name().unwrap_or_default().to_owned(), field.file_name().map(file_name));
        let bytes = field.bytes().await.map_err(|_| too_large())?;
        match (name.as_str(), file) {
            ("list", _) => list = Some(text(&bytes, "list")?),
            ("map", None) => upload.map = Some(text(&bytes, "map")?).filter(|map| !map.is_empty()),
            ("name", None) => upload.name = text(&bytes, "name")?,
            ("file", Some(file)) => {
                upload.file = file;
                upload.bytes = bytes.to_vec().into();
            }
            // A browser sends an empty file for a field that was left alone.
            (_, Some(file)) if file.is_empty() => {}
            ("own-map" | "map", Some(_)) if bytes.len() > MAP_BYTES_MAX => {
                return Err(Refused::BadField("own-map"));
            }
            ("own-map" | "map", Some(_)) => upload.own_map = Some(text(&bytes, "own-map")?),
            (_, Some(file)) => upload.lookups.push(people::Lookup { file, bytes: bytes.to_vec().into() }),
            (_, None) => {}
        }
    }
    upload.held = match list.as_deref() {
        Some("held") => true,
        Some("sought") => false,
        _ => return Err(Refused::BadField("list")),
    };
    if upload.file.is_empty() || upload.bytes.is_empty() {
        return Err(Refused::BadField("file"));
    }
    if upload.name.is_empty() {
        upload.name = upload.file.clone();
    }
    if upload.name.chars().count() > NAME_MAX || upload.name.chars().any(char::is_control) {
        return Err(Refused::BadField("name"));
    }
    if upload.size() > UPLOAD_BYTES_MAX {
        return Err(too_large());
    }
    Ok(upload)
}

fn text(bytes: &[u8], field: &'static str) -> Result<String, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::BadField(field))?;
    Ok(text.trim().to_owned())
}

/// The last part of a file's name, of what can be shown.
fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(NAME_MAX).collect()
}

/// What was stored.
#[derive(Serialize)]
struct Imported {
    imported: u32,
    list: &'static str,
}

async fn confirm(
    desk: Desk,
    Path(draft): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Reply, Refused> {
    let set_aside = fields.iter().any(|(name, value)| name == "set_aside" && value == "yes");
    let (_, upload) = people::kept(&mut desk.node.register.read().await?, &draft).await?;
    let upload = Arc::new(upload);
    let (_, outcome) = read(&desk.node, upload.clone()).await?;
    let people = match outcome {
        Ok(preview) => preview.people,
        Err(refusals) if set_aside => {
            let aside = refusals.set_aside().map_err(|_| Refused::NotFound)?;
            aside.preview.people
        }
        Err(refusals) => {
            let (code, detail) = ("rows-refused".to_owned(), refusals.rows_refused().to_string());
            return Err(Refused::AgainstRule { code, detail });
        }
    };
    let mut act = desk.act("import people", Some(&draft)).await?;
    let imported = people::confirm(&mut act, &draft, &upload, people).await?;
    act.commit().await?;
    let list = list_code(upload.list());
    Ok(desk.done(&Imported { imported, list }, &format!("/people?list={list}")))
}

#[cfg(test)]
mod tests;
