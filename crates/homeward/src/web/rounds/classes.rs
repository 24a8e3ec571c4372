//! What the priority classes of an agreement are, in words: a number says nothing to whoever has not read the order.
//!
//! The class of a medical group in a category follows from the terms; here it is only read backwards.

use std::collections::{BTreeMap, BTreeSet};

use exchange::agreement::Terms;
use exchange::medical::Group;

use crate::web::Words;

/// The medical groups, in the published order.
const GROUPS: [Group; 4] =
    [Group::DirectRepatriation, Group::NeutralCountry, Group::ForCommission, Group::NoGround];

/// The classes of an agreement.
#[derive(Default)]
pub struct Classes {
    by_number: BTreeMap<u8, Class>,
    /// Whether the medical group tells classes apart.
    by_group: bool,
}

#[derive(Default)]
struct Class {
    words: String,
    /// The categories whose people can be in the class.
    categories: BTreeSet<String>,
}

impl Classes {
    /// The classes that the order of the terms makes.
    pub fn of(terms: &Terms, t: Words) -> Self {
        let mut found: BTreeMap<u8, (BTreeSet<u8>, BTreeSet<&str>)> = BTreeMap::new();
        for category in &terms.categories {
            for group in GROUPS {
                let Some(class) = terms.class(group, &category.id) else { continue };
                let (groups, categories) = found.entry(class).or_default();
                groups.insert(group.rank());
                categories.insert(category.id.as_str());
            }
        }
        let all = terms.categories.len();
        let words = |groups: &BTreeSet<u8>, categories: &BTreeSet<&str>| {
            let group = groups.first().filter(|_| groups.len() == 1);
            let group = group.map(|group| t.s1("rounds-class-group", "group", *group));
            let category = terms.categories.iter().find(|one| categories.contains(one.id.as_str()));
            let category = category.filter(|_| categories.len() == 1 && all > 1);
            let category = category.map(|one| one.name.in_language(t.lang.code()).to_owned());
            group.into_iter().chain(category).collect::<Vec<_>>().join(", ")
        };
        let by_group = found.values().any(|(groups, _)| groups.len() == 1);
        let class = |(number, (groups, categories)): (u8, (BTreeSet<u8>, BTreeSet<&str>))| {
            let words = words(&groups, &categories);
            (number, Class { words, categories: categories.into_iter().map(str::to_owned).collect() })
        };
        Self { by_number: found.into_iter().map(class).collect(), by_group }
    }

    /// What a class is; empty where the order tells nobody apart by group or category.
    pub fn words(&self, class: u8) -> &str {
        self.by_number.get(&class).map_or("", |class| class.words.as_str())
    }

    /// The number with what the class is behind it.
    pub fn named(&self, class: u8) -> String {
        match self.words(class) {
            "" => class.to_string(),
            words => format!("{class} ({words})"),
        }
    }

    /// Whether the medical groups want explaining beside the classes.
    pub fn by_group(&self) -> bool {
        self.by_group
    }

    /// The last class up to this one in which people of a category can be.
    pub fn within(&self, class: u8, category: &str) -> Option<u8> {
        let of_it = self.by_number.range(..=class).rev().find(|(_, one)| one.categories.contains(category));
        of_it.map(|(number, _)| *number)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::web::Lang;

    fn classes(order: &str) -> Classes {
        let text = rehearsal::terms::istanbul_shaped(
            3,
            3,
            &[(1, date!(2025 - 06 - 10)), (2, date!(2025 - 06 - 19))],
        );
        let from = text.find("order = ").expect("terms choose by an order");
        let to = from + text[from..].find('\n').expect("a line");
        let text = format!("{}order = {order}{}", &text[..from], &text[to..]);
        Classes::of(&Terms::parse(&text).expect("terms"), Words::of(Lang::En))
    }

    #[test]
    fn a_class_is_told_by_what_the_order_tells_apart() {
        let check = |order: &str, expect: &[(u8, &str)]| {
            let classes = classes(order);
            for (class, words) in expect {
                assert_eq!(classes.words(*class), *words, "class {class} of {order}");
            }
        };
        check(
            r#"["medical-group", "category", "longest-held", "lot"]"#,
            &[
                (1, "medical group 1, Seriously ill and wounded"),
                (2, "medical group 1, Under 25"),
                (4, "medical group 2, Seriously ill and wounded"),
                (11, "medical group 4, Under 25"),
                (13, ""),
            ],
        );
        check(
            r#"["category", "medical-group", "longest-held", "lot"]"#,
            &[(1, "medical group 1, Seriously ill and wounded"), (5, "medical group 1, Under 25")],
        );
        check(
            r#"["medical-group", "longest-held", "lot"]"#,
            &[(1, "medical group 1"), (4, "medical group 4")],
        );
        check(r#"["category", "longest-held", "lot"]"#, &[(2, "Under 25"), (4, "")]);
    }

    #[test]
    fn only_a_class_that_people_of_the_category_can_be_in_is_counselled() {
        let classes = classes(r#"["medical-group", "category", "longest-held", "lot"]"#);
        let ids: Vec<&String> = classes.by_number[&2].categories.iter().collect();
        let young = ids[0].as_str();
        let counselled = [1, 2, 3, 4, 5, 7].map(|class| classes.within(class, young));
        assert_eq!(counselled, [None, Some(2), Some(2), Some(2), Some(5), Some(5)]);
    }
}
