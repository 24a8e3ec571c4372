//! Decides whether the words of the three languages are whole; the build runs it and fails on any fault.
//!
//! It compares the languages with one another and with every place that asks for a word. It refuses to know what a
//! sentence means.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser;

/// The languages every word exists in.
pub const LANGS: [&str; 3] = ["uk", "ru", "en"];

/// One file of words of one language.
pub struct Area<'a> {
    /// Code of the language: the folder's name.
    pub lang: &'a str,
    /// Name of the file.
    pub file: &'a str,
    /// Its text in Fluent's syntax.
    pub text: &'a str,
}

/// A file that asks for words: a template or a module.
pub struct Source<'a> {
    /// Its path, for the fault's text.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
}

/// What one language says: each message with its variables.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// Every fault of the words and of the places that ask for them, each a plain sentence. Empty when all is whole.
pub fn faults(areas: &[Area<'_>], sources: &[Source<'_>]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut said: BTreeMap<&str, Messages> = LANGS.iter().map(|lang| (*lang, Messages::new())).collect();
    for area in areas {
        match said.get_mut(area.lang) {
            Some(messages) => read(area, messages, &mut faults),
            None => faults.push(format!("locales/{}: no such language here", area.lang)),
        }
    }
    if !faults.is_empty() {
        // What could not be read would be reported as missing everywhere it is asked for.
        return faults;
    }
    compare(&said, &mut faults);
    let all = &said["en"];
    for source in sources {
        asked(source, all, &mut faults);
    }
    faults
}

/// What the content policy forbids in a template: inline style, inline script, handlers in attributes.
pub fn template_faults(source: &Source<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    for (row, line) in source.text.lines().enumerate() {
        let line = line.to_lowercase();
        let handler = line.match_indices(" on").any(|(at, _)| {
            let name: String = line[at + 3..].chars().take_while(char::is_ascii_lowercase).collect();
            !name.is_empty() && line[at + 3 + name.len()..].starts_with("=\"")
        });
        if line.contains(" style=") || line.contains("<style") || line.contains("javascript:") || handler {
            faults.push(format!(
                "{}:{}: the content policy forbids inline style and script",
                source.path,
                row + 1
            ));
        }
        if line.contains("<script") && !line.contains("src=") {
            faults.push(format!("{}:{}: the content policy forbids inline script", source.path, row + 1));
        }
    }
    faults
}

/// Reads one file into the messages of its language.
fn read(area: &Area<'_>, messages: &mut Messages, faults: &mut Vec<String>) {
    let place = format!("locales/{}/{}", area.lang, area.file);
    let tree = match parser::parse(area.text) {
        Ok(tree) => tree,
        Err((_, errors)) => {
            for error in errors {
                let row = area.text[..error.pos.start.min(area.text.len())].lines().count();
                faults.push(format!("{place}:{row}: {}", error.kind));
            }
            return;
        }
    };
    for entry in tree.body {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name.to_owned();
        if !message.attributes.is_empty() {
            faults.push(format!("{place}: {key} has attributes, which no page reads"));
        }
        let Some(value) = message.value else { continue };
        let mut seen = Seen { variables: BTreeSet::new(), half_plural: false, lang: area.lang };
        seen.pattern(&value);
        if seen.half_plural {
            faults.push(format!("{place}: {key} has the plural form \"one\" and not all of few, many"));
        }
        if messages.insert(key.clone(), seen.variables).is_some() {
            faults.push(format!("{place}: {key} is written twice in this language"));
        }
    }
}

/// What is met on the way through one message.
struct Seen<'a> {
    variables: BTreeSet<String>,
    half_plural: bool,
    lang: &'a str,
}

impl Seen<'_> {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                let forms: BTreeSet<&str> = variants
                    .iter()
                    .filter_map(|v| match v.key {
                        VariantKey::Identifier { name } => Some(name),
                        VariantKey::NumberLiteral { .. } => None,
                    })
                    .collect();
                let slavic = self.lang == "uk" || self.lang == "ru";
                self.half_plural |=
                    slavic && forms.contains("one") && !(forms.contains("few") && forms.contains("many"));
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { arguments, .. } => self.arguments(arguments),
            InlineExpression::TermReference { arguments: Some(arguments), .. } => self.arguments(arguments),
            _ => {}
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) {
        arguments.positional.iter().for_each(|inline| self.inline(inline));
        arguments.named.iter().for_each(|named| self.inline(&named.value));
    }
}

/// Every message exists in every language, with the same variables.
fn compare(said: &BTreeMap<&str, Messages>, faults: &mut Vec<String>) {
    let keys: BTreeSet<&String> = said.values().flat_map(Messages::keys).collect();
    for key in keys {
        let lacking: Vec<&str> = LANGS.into_iter().filter(|lang| !said[lang].contains_key(key)).collect();
        if !lacking.is_empty() {
            faults.push(format!("the word {key} is missing in {}", lacking.join(", ")));
            continue;
        }
        for lang in ["uk", "ru"] {
            if said[lang][key] != said["en"][key] {
                let (here, there) = (list(&said[lang][key]), list(&said["en"][key]));
                faults.push(format!("the word {key} takes {here} in {lang} and {there} in en"));
            }
        }
    }
}

fn list(variables: &BTreeSet<String>) -> String {
    let names: Vec<String> = variables.iter().map(|name| format!("${name}")).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}

/// Every literal key asked for exists and is given the variables it takes.
fn asked(source: &Source<'_>, all: &Messages, faults: &mut Vec<String>) {
    for (call, values) in [("s", 0), ("s1", 1), ("s2", 2), ("s3", 3)] {
        for (row, key, rest) in literals(source.text, call) {
            let place = format!("{}:{row}", source.path);
            let Some(takes) = all.get(key) else {
                faults.push(format!("{place}: there is no word {key}"));
                continue;
            };
            if takes.len() != values {
                faults.push(format!("{place}: the word {key} takes {}, {values} given", list(takes)));
            }
            let named = rest.trim_start().strip_prefix(',').and_then(|rest| literal(rest.trim_start()));
            if let Some((name, _)) = named
                && values > 0
                && !takes.contains(name)
            {
                faults.push(format!("{place}: the word {key} takes {}, not ${name}", list(takes)));
            }
        }
    }
    for (row, key, _) in literals(source.text, "with") {
        if !all.contains_key(key) {
            faults.push(format!("{}:{row}: there is no word {key}", source.path));
        }
    }
    for (row, prefix, _) in literals(source.text, "code") {
        let start = format!("{prefix}-");
        if !all.keys().any(|key| key.starts_with(&start)) {
            faults.push(format!("{}:{row}: no word begins with {start}", source.path));
        }
    }
}

/// Each call of the method whose first argument is a literal: its row, the literal, what follows it. A line that is a
/// comment asks for nothing.
fn literals<'a>(text: &'a str, method: &str) -> Vec<(usize, &'a str, &'a str)> {
    let call = format!(".{method}(");
    let mut found = Vec::new();
    for (at, _) in text.match_indices(&call) {
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        if let Some((key, rest)) = literal(text[at + call.len()..].trim_start())
            && !line.trim_start().starts_with("//")
        {
            found.push((text[..at].matches('\n').count() + 1, key, rest));
        }
    }
    found
}

/// The literal at the very start of the text, and what follows it.
fn literal(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str =
        "home = Home\nfound = { $n ->\n    [one] one\n    [few] few\n   *[many] many\n}\nstate-held = held\n";

    /// The faults of three languages that say `uk`, `ru`, `en`, asked by `asked`; `expect` is a part of the only one.
    fn check(uk: &str, ru: &str, en: &str, asked: &str, expect: Option<&str>) {
        let areas =
            [("uk", uk), ("ru", ru), ("en", en)].map(|(lang, text)| Area { lang, file: "shell.ftl", text });
        let found = faults(&areas, &[Source { path: "page.html", text: asked }]);
        match expect {
            None => assert_eq!(found, Vec::<String>::new()),
            Some(part) => assert!(found.len() == 1 && found[0].contains(part), "{found:?} lacks {part}"),
        }
    }

    #[test]
    fn words_that_are_whole_have_no_fault() {
        let asked =
            concat!("{{ t", ".s(\"home\") }} {{ t", ".s1(\"found\", \"n\", 3) }} t", ".code(\"state\", x)");
        check(WHOLE, WHOLE, WHOLE, asked, None);
    }

    #[test]
    fn each_fault_is_found_and_named() {
        let more = format!("{WHOLE}more = More\n");
        check(WHOLE, &more, &more, "", Some("more is missing in uk"));
        check(&more, &more, WHOLE, "", Some("more is missing in en"));
        check(
            &format!("{WHOLE}more = More {{ $x }}\n"),
            &more,
            &more,
            "",
            Some("takes $x in uk and nothing in en"),
        );
        check(&format!("{WHOLE}home = Again\n"), WHOLE, WHOLE, "", Some("home is written twice"));
        check(&format!("{WHOLE}\nbroken = {{ $\n"), WHOLE, WHOLE, "", Some("locales/uk/shell.ftl:"));
        let half = WHOLE.replace("    [few] few\n", "");
        check(WHOLE, &half, WHOLE, "", Some("locales/ru/shell.ftl: found has the plural form"));
    }

    #[test]
    fn each_wrong_request_is_found_with_its_row() {
        let asks = |text: &str| text.replace('~', ".");
        check(WHOLE, WHOLE, WHOLE, &asks("\n{{ t~s(\"hom\") }}"), Some("page.html:2: there is no word hom"));
        check(WHOLE, WHOLE, WHOLE, &asks("{{ t~s(\"found\") }}"), Some("takes $n, 0 given"));
        check(
            WHOLE,
            WHOLE,
            WHOLE,
            &asks("{{ t~s1(\n\"found\",\n\"count\", 1) }}"),
            Some("takes $n, not $count"),
        );
        check(WHOLE, WHOLE, WHOLE, &asks("t~code(\"colour\", c)"), Some("no word begins with colour-"));
    }

    #[test]
    fn a_template_with_inline_style_or_script_is_refused() {
        let check = |text: &str, expect: usize| {
            let found = template_faults(&Source { path: "page.html", text });
            assert_eq!(found.len(), expect, "{text}: {found:?}");
        };
        check("<p class=\"x\">on time = \"yes\"</p>", 0);
        check("<p style=\"color:red\">", 1);
        check("<button onclick=\"go()\">", 1);
        check("<script>go()</script>", 1);
        check("<script src=\"/static/x/live.js\" type=\"module\"></script>", 0);
    }
}
