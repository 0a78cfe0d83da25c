//! What a Rust program needs from outside: crates, hosts, other files.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{ItemMod, LitStr};

use crate::rust_paths::all_paths;

/// What a program needs from outside.
#[derive(Debug, Default)]
pub(super) struct Needs {
    /// Paths that begin with a crate.
    pub(super) paths: BTreeSet<String>,
    /// Hosts other than this machine that its strings name.
    pub(super) hosts: BTreeSet<String>,
    /// Whether other files are part of it.
    pub(super) files: bool,
}

impl Needs {
    pub(super) fn of(source: &str) -> syn::Result<Self> {
        let mut needs = Self { paths: all_paths(source)?, ..Self::default() };
        let tokens: TokenStream = source.parse()?;
        needs.visit_file(&syn::parse2(tokens.clone())?);
        needs.walk(tokens);
        Ok(needs)
    }

    fn walk(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        // Comments of the documentation are attributes, and may name any address.
        let is_doc = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "doc");
        if tokens.peek().is_some_and(is_doc) {
            return;
        }
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.walk(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<LitStr>(&literal.to_string()) {
                        self.hosts.extend(host(&text.value()));
                    }
                }
                TokenTree::Ident(name) => {
                    let is_macro = matches!(
                        tokens.peek(),
                        Some(TokenTree::Punct(punct)) if punct.as_char() == '!'
                    );
                    let includes = ["include", "include_str", "include_bytes"];
                    self.files |= is_macro && includes.iter().any(|known| name == known);
                }
                TokenTree::Punct(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Needs {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.files |= item.content.is_none();
        visit::visit_item_mod(self, item);
    }
}

/// The host that a string names, unless it is this machine or is not known before the program runs.
fn host(text: &str) -> Option<String> {
    let host = match text.split_once("://") {
        Some((_, rest)) => rest.split(['/', '?', '#']).next()?.rsplit('@').next()?,
        None if text.parse::<SocketAddr>().is_ok() => text,
        None => return None,
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => name,
        _ => host,
    };
    let is_local = match name.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || address.is_unspecified(),
        Err(_) => name.is_empty() || name == "localhost" || name.contains('{'),
    };
    (!is_local).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn only_other_machines_are_hosts() {
        for local in [
            "127.0.0.1:0",
            "[::1]:80",
            "0.0.0.0:3000",
            "http://localhost:80/x",
            "http://{address}/x",
            "http://127.0.0.1",
            "http://[::1]:80/",
            "sqlite::memory:",
            "a: b",
            "10:30",
            "",
            "://",
        ] {
            assert_eq!(host(local), None, "{local}");
        }
        for (text, expected) in [
            ("https://example.org/a", "example.org"),
            ("postgres://me@db.example:5432/x", "db.example"),
            ("10.0.0.1:80", "10.0.0.1"),
            ("http://[2001:db8::1]/", "[2001:db8::1]"),
        ] {
            assert_eq!(host(text).as_deref(), Some(expected), "{text}");
        }
    }
}
