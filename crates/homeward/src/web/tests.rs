//! A sample page with every piece, in three languages. Set `HOMEWARD_SAMPLE` to a folder to keep the pages for viewing.

use askama::Template;

use super::*;

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "base.html" %}{% import "parts/ui.html" as ui %}
{% block main %}
{% call ui::heading(page.title, "ARN-004417") %}{% endcall %}
{% call ui::warning("<b>Two officers sign.</b>") %}{% endcall %}
<ul class="hw-figures">{% call ui::figure(t.number(312), "home") %}{% endcall %}{% call ui::figure(t.share(1u64, 3u64), "share") %}{% endcall %}</ul>
<dl class="govuk-summary-list">{% call ui::row("key", 5) %}{% endcall %}{% call ui::row_of("state") %}{% call ui::tag("held", "blue") %}{% endcall %} A1a {% call ui::unverified() %}{% endcall %}{% endcall %}</dl>
{% call ui::table("People", columns) %}
{% for (name, tag, colour, days) in rows %}
<tr class="govuk-table__row">{% call ui::th(name) %}{% endcall %}{% call ui::td("Fort Osier, third yard") %}{% endcall %}{% call ui::td_of() %}{% call ui::tag(tag, colour) %}{% endcall %}{% endcall %}{% call ui::num(t.number(days)) %}{% endcall %}</tr>
{% endfor %}
{% endcall %}
{% call ui::pagination(pages) %}{% endcall %}
<form method="post" action="/sample">
{% call ui::text("surname", "Surname", "As written on the capture card", "<script>") %}{% endcall %}
{% call ui::radios("will", "Will", "", choices, "stays") %}{% endcall %}
{% call ui::select("site", "Site", "", choices, "stays") %}{% endcall %}
{% call ui::textarea("reason", "Reason", "", "why", 3) %}{% endcall %}
{% call ui::file("roll", t.s("choose-file"), "CSV, JSON", ".csv,.json") %}{% endcall %}
{% call ui::checkbox("seen", "Read aloud to the person", true) %}{% endcall %}
{% call ui::button("Save") %}{% endcall %}
</form>
{% call ui::button_form("/seal", "Seal", "warning") %}{% call ui::hidden("id", "<7>") %}{% endcall %}{% endcall %}
<ol class="hw-timeline">{% call ui::event(t.time(1748865909500i64), numbers::iso(1748865909500i64), "Captured") %}{% endcall %}{% call ui::event(t.date(day), "2025-07-01", "Moved") %}<p class="govuk-body">by road</p>{% endcall %}</ol>
{% call ui::empty("") %}{% endcall %}
{% call ui::chart(progress, "Home") %}{% call ui::table("Figures", columns) %}{% endcall %}{% endcall %}
<figure class="hw-chart">{{ slots }}</figure>
<figure class="hw-chart">{{ share }}</figure>
{% endblock %}"#
)]
struct Sample {
    page: Page,
    t: Words,
    columns: Vec<Column>,
    rows: Vec<(String, String, &'static str, u32)>,
    pages: Pages,
    choices: Vec<Choice>,
    day: time::Date,
    progress: chart::Svg,
    slots: chart::Svg,
    share: chart::Svg,
}

fn sample(lang: Lang) -> String {
    let t = Words::of(lang);
    let fault = |field: &str, text: &str| Fault { field: field.to_owned(), text: text.to_owned() };
    let choice = |value: &str, label: &str, hint: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
    };
    let (first, second) = match lang {
        Lang::Uk => ("Аронія", "Бельмар"),
        Lang::Ru => ("Арония", "Бельмар"),
        Lang::En => ("Aronia", "Belmar"),
    };
    let page = Page {
        lang,
        title: t.s("chart-home"),
        node_name: "aronia".to_owned(),
        party_name: first.to_owned(),
        side: Side::Second,
        officer_name: Some("О. Мельниченко".to_owned()),
        nav: ["Сьогодні", "Люди", "Раунди", "Угода", "Запис", "Бюлетені"]
            .iter()
            .enumerate()
            .map(|(i, label)| NavItem { href: format!("/{i}"), label: (*label).to_owned(), current: i == 1 })
            .collect(),
        notice: Some(Notice::Refused(vec![fault("surname", "Write the surname"), fault("", "Sign again")])),
        purpose: Some("call to the family".to_owned()),
        path: "/people?page=2&q=a\"b".to_owned(),
    };
    let row = |name: &str, tag: &str, colour, days| (name.to_owned(), tag.to_owned(), colour, days);
    let home = [118, 236, 351, 470, 589, 700, 822, 940];
    let other = [115, 230, 351, 466, 580, 699, 810, 931];
    let lines = [chart::Line { label: first, home: &home }, chart::Line { label: second, home: &other }];
    let slots: Vec<_> = (1..=8)
        .map(|round| chart::Slots {
            round,
            owed: 133,
            filled: 110 + u64::from(round),
            refilled: 8,
            vacated: 4,
        })
        .collect();
    Sample {
        columns: ["Name", "Site", "State", "Days held"]
            .iter()
            .enumerate()
            .map(|(i, label)| Column { label: (*label).to_owned(), numeric: i == 3 })
            .collect(),
        rows: vec![
            row("Остапчук Дем’ян Григорович", "held", "blue", 1204),
            row("Вербицька Соломія Іванівна", "seriously ill", "red", 87),
            row("Ostrovyi Maksym", "home", "green", 640),
        ],
        pages: Pages::of("/people?page=", 2, 140, 50),
        choices: vec![choice("goes", "Wants to go home", "Asked in private"), choice("stays", "Stays", "")],
        day: time::macros::date!(2025 - 07 - 01),
        progress: chart::progress(&t, "home", &lines, Some(1000)),
        slots: chart::slots(&t, "slots", &slots),
        share: chart::share(&t, "ill", "seriously ill and wounded", 203, 940),
        page,
        t,
    }
    .render()
    .expect("a page renders")
}

#[test]
fn the_sample_page_is_whole_in_three_languages() {
    for lang in Lang::ALL {
        let html = sample(lang);
        if let Some(folder) = std::env::var_os("HOMEWARD_SAMPLE") {
            let css = String::from_utf8(assets::asset(assets::css_href()).expect("embedded").1.into_owned());
            let name = std::path::Path::new(&folder).join(format!("sample-{}.html", lang.code()));
            let link = format!("<link rel=\"stylesheet\" href=\"{}\">", assets::css_href());
            let whole = html.replace(&link, &format!("<style>{}</style>", css.expect("UTF-8")));
            std::fs::write(name, whole).expect("the folder can be written");
        }
        let has = |part: &str| assert!(html.contains(part), "{part} in {html}");
        has(&format!("<html lang=\"{}\"", lang.code()));
        has(&format!(
            "<a href=\"#main-content\" class=\"govuk-skip-link\">{}</a>",
            Words::of(lang).s("skip")
        ));
        has("<a href=\"#surname\">Write the surname</a>");
        has("aria-describedby=\"surname-hint surname-error\" aria-invalid=\"true\"");
        has("<main class=\"govuk-main-wrapper\" id=\"main-content\">");
        has("<th scope=\"row\" class=\"govuk-table__header\">Остапчук Дем’ян Григорович</th>");
        has("govuk-table__header--numeric\">Days held</th>");
        has("href=\"/people?page=3\" rel=\"next\"");
        has("<option value=\"stays\" selected>");
        has("<svg ");
        has("<figcaption class=\"govuk-heading-s\">Home</figcaption>\n<svg ");
        has("aria-current=\"page\">Люди</a>");
        for never in ["<script", "<b>Two", " style=", "q=a\"b", "value=\"<7>\"", "None", "Some("] {
            assert!(!html.contains(never), "{never} in {html}");
        }
    }
}

#[test]
fn a_field_shows_its_own_fault_and_no_other() {
    let html = sample(Lang::En);
    assert_eq!(html.matches("govuk-form-group--error").count(), 1);
    assert_eq!(html.matches("<p id=\"surname-error\" class=\"govuk-error-message\">").count(), 1);
}

#[test]
fn pages_stay_in_bounds() {
    let check = |current, rows, expect: (u32, u32, bool, bool)| {
        let pages = Pages::of("/people?page=", current, rows, 50);
        let found = (pages.current, pages.last, pages.previous().is_some(), pages.next().is_some());
        assert_eq!(found, expect);
    };
    check(1, 0, (1, 1, false, false));
    check(0, 51, (1, 2, false, true));
    check(2, 51, (2, 2, true, false));
    check(9, 150, (3, 3, true, false));
}
