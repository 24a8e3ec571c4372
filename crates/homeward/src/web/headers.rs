//! Decides what every response forbids the browser; refuses to know what the response says.

use axum::http::{HeaderName, HeaderValue, header};

/// The policy of every page: own style, own images, own forms, nothing else, and no way to make a script from text.
pub const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The headers of every response, pages, errors and downloads alike. An asset replaces the last one, `Cache-Control`,
/// with [`super::assets::CACHE_CONTROL`].
pub fn security() -> [(HeaderName, HeaderValue); 10] {
    let own = |name, value| (HeaderName::from_static(name), HeaderValue::from_static(value));
    [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        own("cross-origin-opener-policy", "same-origin"),
        own("cross-origin-embedder-policy", "require-corp"),
        own("cross-origin-resource-policy", "same-origin"),
        own(
            "permissions-policy",
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
             microphone=(), midi=(), payment=(), usb=()",
        ),
        own("x-robots-tag", "noindex, nofollow, noarchive"),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_nothing_inline_and_nothing_foreign() {
        let found: Vec<_> = security().into_iter().collect();
        let value = |name: &str| {
            found.iter().find(|(n, _)| n == name).map(|(_, v)| v.to_str().expect("ASCII").to_owned())
        };
        let policy = value("content-security-policy").expect("set");
        assert!(policy.starts_with("default-src 'none'; "));
        for forbidden in ["unsafe", "http:", "https:", "data:", "*", "  "] {
            assert!(!policy.contains(forbidden), "{forbidden}");
        }
        assert_eq!(value("cache-control").as_deref(), Some("no-store"));
        assert_eq!(value("x-content-type-options").as_deref(), Some("nosniff"));
        let mut names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), found.len());
    }
}
