//! Who is let in, and where to: a request's method, headers and path in, the way to what is
//! meant or a refusal out. Nothing here touches a file.

use crate::inside;

/// Where a request leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// The frame around the pages.
    Frame,
    /// The frame's script.
    Script,
    /// The frame's style.
    Style,
    /// The board, once it is another than that of this generation.
    Board(u64),
    /// A published file: the names of its folders and its own.
    Published(Vec<String>),
    /// Not let in: the status to answer with.
    Refused(u16),
}

/// What a request says of itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) method: &'a str,
    /// The path with what follows a question mark, as it was sent.
    pub(super) url: &'a str,
    pub(super) host: Option<&'a str>,
    /// What the browser says of where the request is from.
    pub(super) site: Option<&'a str>,
}

/// The door of one preview.
#[derive(Debug)]
pub(super) struct Door {
    hosts: Vec<String>,
    token: String,
}

/// The folder under which published files stand.
const PAGES: &str = "pages";
/// The page of a folder.
const INDEX: &str = "index.html";
/// The port that a browser leaves out.
const USUAL: u16 = 80;

impl Door {
    pub(super) fn new(port: u16, token: &str) -> Self {
        let own = ["127.0.0.1", "localhost"];
        let mut hosts: Vec<String> = own.iter().map(|name| format!("{name}:{port}")).collect();
        if port == USUAL {
            hosts.extend(own.map(str::to_owned));
        }
        Self {
            hosts,
            token: token.to_owned(),
        }
    }

    pub(super) fn way(&self, asked: Asked) -> Way {
        // Another site may lead a browser here under a name of its own.
        if !asked
            .host
            .is_some_and(|host| self.hosts.iter().any(|own| own == host))
        {
            return Way::Refused(403);
        }
        if asked
            .site
            .is_some_and(|site| site == "cross-site" || site == "same-site")
        {
            return Way::Refused(403);
        }
        if !matches!(asked.method, "GET" | "HEAD") {
            return Way::Refused(405);
        }
        let (path, query) = asked.url.split_once('?').unwrap_or((asked.url, ""));
        let inside = path
            .strip_prefix('/')
            .and_then(|path| path.strip_prefix(&self.token))
            .and_then(|path| path.strip_prefix('/'));
        match inside {
            Some("") => Way::Frame,
            Some("frame.js") => Way::Script,
            Some("frame.css") => Way::Style,
            Some("board") => Way::Board(since(query)),
            Some(path) => published(path).map_or(Way::Refused(404), Way::Published),
            None => Way::Refused(404),
        }
    }
}

fn since(query: &str) -> u64 {
    let since = query
        .split('&')
        .find_map(|part| part.strip_prefix("since="));
    since.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// The names on the way to a published file; `None` if any of them is no plain name.
fn published(path: &str) -> Option<Vec<String>> {
    let path = path.strip_prefix(PAGES)?.strip_prefix('/')?;
    let mut names = Vec::new();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        if part.is_empty() && parts.peek().is_none() {
            names.push(INDEX.to_owned());
        } else {
            names.push(plain(part)?);
        }
    }
    Some(names)
}

/// A name of a file or folder as a browser writes it, and nothing that any system reads as
/// more than a name.
fn plain(part: &str) -> Option<String> {
    decoded(part).filter(|name| inside::is_name(name))
}

/// `%20` and the like read, once; `None` for what is no such text.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let value = digit(rest.next())? * 16 + digit(rest.next())?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Asked = Asked {
        method: "GET",
        url: "/secret/",
        host: Some("127.0.0.1:8000"),
        site: None,
    };

    fn way(asked: Asked) -> Way {
        Door::new(8000, "secret").way(asked)
    }

    fn at(path: &str) -> Way {
        way(Asked {
            url: &format!("/secret/{path}"),
            ..ASKED
        })
    }

    #[test]
    fn what_is_meant_is_found() {
        let names = |names: &[&str]| Way::Published(names.iter().map(|n| (*n).into()).collect());
        assert_eq!(at(""), Way::Frame);
        assert_eq!(at("frame.js"), Way::Script);
        assert_eq!(at("frame.css?x"), Way::Style);
        assert_eq!(at("board"), Way::Board(0));
        assert_eq!(at("board?a=b&since=7"), Way::Board(7));
        assert_eq!(at("pages/"), names(&["index.html"]));
        assert_eq!(
            at("pages/northshire/"),
            names(&["northshire", "index.html"])
        );
        assert_eq!(
            at("pages/kingston%20upon%20h%C3%BCll/a.html?x=%2e%2e"),
            names(&["kingston upon hüll", "a.html"])
        );
    }

    #[test]
    fn only_its_own_name_only_its_own_address_and_only_reading_are_let_in() {
        let host = |host| way(Asked { host, ..ASKED });
        assert_eq!(host(Some("localhost:8000")), Way::Frame);
        for other in [
            "evil.example:8000",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1:8000.evil.example",
            "",
        ] {
            assert_eq!(host(Some(other)), Way::Refused(403), "{other}");
        }
        assert_eq!(host(None), Way::Refused(403));
        let site = |site| {
            way(Asked {
                site: Some(site),
                ..ASKED
            })
        };
        assert_eq!(site("none"), Way::Frame);
        assert_eq!(site("same-origin"), Way::Frame);
        assert_eq!(site("cross-site"), Way::Refused(403));
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT"] {
            assert_eq!(way(Asked { method, ..ASKED }), Way::Refused(405));
        }
        for url in [
            "/",
            "",
            "/secre",
            "/secret",
            "/secrets/",
            "/SECRET/",
            "/x/secret/",
            "//secret/",
            "http://127.0.0.1:8000/secret/",
        ] {
            assert_eq!(way(Asked { url, ..ASKED }), Way::Refused(404), "{url}");
        }
    }

    #[test]
    fn a_browser_that_leaves_the_usual_port_out_is_let_in_there() {
        let at = |port, host| {
            Door::new(port, "secret").way(Asked {
                host: Some(host),
                ..ASKED
            })
        };
        for own in ["127.0.0.1", "localhost", "127.0.0.1:80", "localhost:80"] {
            assert_eq!(at(80, own), Way::Frame, "{own}");
            assert_eq!(at(8080, own), Way::Refused(403), "{own}");
        }
        for other in ["evil.example", "evil.example:80", "127.0.0.1:", ""] {
            assert_eq!(at(80, other), Way::Refused(403), "{other}");
        }
    }

    #[test]
    fn no_path_leads_out_of_what_is_published_on_any_system() {
        for path in include_str!("paths.txt").lines() {
            assert_eq!(at(&format!("pages/{path}")), Way::Refused(404), "{path}");
        }
        for path in [
            "other/index.html",
            "pages",
            "pagesx/a",
            "../secret/",
            "%70ages/a/%00",
            "board/x",
        ] {
            assert_eq!(at(path), Way::Refused(404), "{path}");
        }
    }
}
