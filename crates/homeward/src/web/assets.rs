//! Decides which static file has which address: each carries the hash of its content, so it may be kept for ever and a
//! new build is never shown with an old style sheet. Refuses to know who asks.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use rust_embed::RustEmbed;

/// The files that `web/build.sh` made.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Dist;

/// The value of `Cache-Control` for an asset: its address changes when its content does.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// The media type and bytes of the asset at this path, e.g. `/static/0123456789abcdef/desk.css`. `None` when the hash
/// is not the content's or there is no such file.
pub fn asset(path: &str) -> Option<(&'static str, Cow<'static, [u8]>)> {
    let name = path.strip_prefix("/static/")?.split_once('/')?.1;
    if HREFS.get(name)? != path {
        return None;
    }
    Some((mime(name), Dist::get(name)?.data))
}

/// The address of the asset with this name, e.g. `desk.css`.
pub fn href(name: &str) -> Option<&'static str> {
    HREFS.get(name).map(String::as_str)
}

/// The address of the style sheet.
///
/// # Panics
/// Never: the build fails without it.
pub fn css_href() -> &'static str {
    href("desk.css").expect("the build has embedded it")
}

/// The address of the icon; empty when the build left it out.
pub fn icon_href() -> &'static str {
    href("favicon.svg").unwrap_or_default()
}

/// Name to address, of every embedded file.
static HREFS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    Dist::iter()
        .filter_map(|name| {
            let hash = Dist::get(&name)?.metadata.sha256_hash();
            let mut href = String::from("/static/");
            for byte in &hash[..8] {
                write!(href, "{byte:02x}").expect("a string grows");
            }
            Some((name.to_string(), format!("{href}/{name}")))
        })
        .collect()
});

fn mime(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_is_found_at_its_own_address_only() {
        let (mime, bytes) = asset(css_href()).expect("embedded");
        assert_eq!(mime, "text/css; charset=utf-8");
        assert!(bytes.len() > 10_000);
        assert_eq!(css_href().len(), "/static/0123456789abcdef/desk.css".len());
        let check = |path: &str| assert!(asset(path).is_none(), "{path}");
        check("/static/0000000000000000/desk.css");
        check("/static/desk.css");
        check("/static/0000000000000000/../Cargo.toml");
        check("desk.css");
        check("");
    }

    #[test]
    fn the_style_sheet_fetches_nothing() {
        let (_, bytes) = asset(css_href()).expect("embedded");
        let text = String::from_utf8(bytes.into_owned()).expect("UTF-8");
        for foreign in ["url(", "@import", "@font-face", "GDS Transport"] {
            assert!(!text.contains(foreign), "{foreign}");
        }
        assert!(asset(icon_href()).is_some_and(|(mime, _)| mime == "image/svg+xml"));
    }
}
