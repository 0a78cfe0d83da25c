//! Checks a built site: every promised address is there, and no link in it leads nowhere.

mod html;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use counterpart_catalog::{Diagnostic, Lock, Position, Promise};
use percent_encoding::percent_decode_str;

use self::html::Page;
use super::BaseUrl;

/// The folder cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum BuiltError {
    /// It cannot be read.
    #[error("cannot read `{}`", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It has no home page.
    #[error("`{}` is no built site: it has no `index.html`; `counterpart build --out DIR` makes one", .0.display())]
    NoSite(PathBuf),
}

/// Checks the site in a folder against the promises. Paths of the diagnostics begin with the
/// folder.
///
/// # Errors
/// When the folder cannot be read, or holds no site.
pub fn check_site(folder: &Path, lock: &Lock) -> Result<Vec<Diagnostic>, BuiltError> {
    let mut site = Built::default();
    site.read(folder, "", &mut HashMap::new())?;
    let Some(home) = site.files.get("index.html") else {
        return Err(BuiltError::NoSite(folder.to_owned()));
    };
    let address = home.as_ref().and_then(|page| page.canonical.as_deref());
    site.base = address.and_then(|address| address.parse().ok());
    for (id, promise) in &lock.promises {
        site.promise(id, promise, lock);
    }
    site.links();
    let prefix = folder.to_string_lossy().replace('\\', "/");
    for problem in &mut site.out {
        problem.path = format!("{}/{}", prefix.trim_end_matches('/'), problem.path);
    }
    Ok(site.out)
}

#[derive(Default)]
struct Built {
    /// Every file, and the page if it is one. Pages with the same bytes share one value.
    files: BTreeMap<String, Option<Arc<Page>>>,
    base: Option<BaseUrl>,
    out: Vec<Diagnostic>,
}

impl Built {
    fn read(
        &mut self,
        folder: &Path,
        prefix: &str,
        known: &mut HashMap<Vec<u8>, Arc<Page>>,
    ) -> Result<(), BuiltError> {
        let at = |path: &Path| {
            let path = path.to_owned();
            |source| BuiltError::Io { path, source }
        };
        for file in fs::read_dir(folder).map_err(at(folder))? {
            let file = file.map_err(at(folder))?;
            let path = file.path();
            let name = format!("{prefix}{}", file.file_name().to_string_lossy());
            if path.is_dir() {
                self.read(&path, &format!("{name}/"), known)?;
                continue;
            }
            let mut page = None;
            if path.extension().is_some_and(|extension| extension == "html") {
                let bytes = fs::read(&path).map_err(at(&path))?;
                let read = |bytes: &Vec<u8>| Arc::new(html::read(&String::from_utf8_lossy(bytes)));
                page = Some(known.entry(bytes).or_insert_with_key(read).clone());
            }
            self.files.insert(name, page);
        }
        Ok(())
    }

    fn error(
        &mut self,
        code: &'static str,
        path: &str,
        line: usize,
        message: String,
        help: impl Into<String>,
    ) {
        self.out.push(Diagnostic::error(code, path, Position::line(line), message, help));
    }

    /// All names of an entry lead to one page, and all its places are on it.
    fn promise(&mut self, id: &str, promise: &Promise, lock: &Lock) {
        const AGAIN: &str = "build the site again from a catalog that `counterpart check` accepts";
        let path = |name: &str| format!("p/{name}/index.html");
        let canonical = path(&promise.slug);
        let Some(Some(page)) = self.files.get(&canonical).cloned() else {
            let message = format!("the link `p/{}/` ({id}) leads nowhere", promise.slug);
            self.error("C701", &canonical, 1, message, AGAIN);
            return;
        };
        let lower = id.to_lowercase();
        for name in [id, &lower].into_iter().chain(promise.former.iter().map(String::as_str)) {
            match self.files.get(&path(name)) {
                Some(Some(other)) if Arc::ptr_eq(other, &page) => {}
                Some(Some(_)) => {
                    let message = format!("`p/{name}/` is another page than `p/{}/`", promise.slug);
                    self.error("C702", &path(name), 1, message, AGAIN);
                }
                _ => {
                    let message = format!("the link `p/{name}/` ({id}) leads nowhere");
                    self.error("C701", &path(name), 1, message, AGAIN);
                }
            }
        }
        for fragment in promise.fragments.keys() {
            if !page.ids.contains_key(fragment) {
                let message = format!("the link `p/{}/#{fragment}` leads nowhere", promise.slug);
                self.error("C703", &canonical, 1, message, AGAIN);
            }
        }
        if promise.fate.is_some() {
            for to in lock.destinations(id) {
                let successor = lock.promises.get(to.split('#').next().unwrap_or_default());
                let leads = |slug: &str| {
                    let target = path(slug);
                    page.links.iter().any(|(link, _)| link.contains(&target))
                };
                if successor.is_some_and(|successor| !leads(&successor.slug)) {
                    let message = format!("the page of `{id}` does not lead to `{to}`");
                    self.error("C704", &canonical, 1, message, AGAIN);
                }
            }
        }
    }

    /// No link within the site leads nowhere, and no id stands twice on a page.
    fn links(&mut self) {
        let files = std::mem::take(&mut self.files);
        for (path, page) in &files {
            let Some(page) = page else { continue };
            for (id, line) in &page.twice {
                let message = format!("the id `{id}` stands twice on this page");
                let help = "a link to it leads to the first: rename the heading or region";
                self.error("C705", path, *line, message, help);
            }
            for (link, line) in &page.links {
                if let Some(problem) = self.follow(&files, path, link) {
                    let message = format!("the link `{link}` leads nowhere: {problem}");
                    let help = "mend it where this page is written";
                    self.error("C706", path, *line, message, help);
                }
            }
        }
        self.files = files;
    }

    fn follow(
        &self,
        files: &BTreeMap<String, Option<Arc<Page>>>,
        from: &str,
        link: &str,
    ) -> Option<String> {
        let (to, fragment) = link.split_once('#').unwrap_or((link, ""));
        let to = to.split('?').next().unwrap_or_default();
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let base = self.base.as_ref();
        let target = if to.is_empty() {
            from.to_owned()
        } else if let Some(rest) = base.and_then(|base| to.strip_prefix(base.to_string().as_str()))
        {
            let index = if rest.is_empty() || rest.ends_with('/') { "index.html" } else { "" };
            format!("{}{index}", decoded(rest))
        } else if to.starts_with("//") || url::Url::parse(to).is_ok() {
            return None; // Another site.
        } else if to.starts_with('/') {
            // Only the page for lost readers, which a server shows at any depth.
            match to.strip_prefix(base.map_or("/", BaseUrl::path)) {
                Some(rest) => decoded(rest),
                None => return Some("it leaves the site".to_owned()),
            }
        } else {
            match resolve(from, &decoded(to)) {
                Some(target) => target,
                None => return Some("it leaves the site".to_owned()),
            }
        };
        match files.get(&target) {
            None if target.is_empty() || target.ends_with('/') => {
                Some("it names a folder, which a disk shows as a list: name its page".to_owned())
            }
            None => Some(format!("there is no `{target}`")),
            Some(Some(page))
                if !fragment.is_empty() && !page.ids.contains_key(&decoded(fragment)) =>
            {
                Some(format!("`{target}` has no `{fragment}`"))
            }
            Some(_) => None,
        }
    }
}

/// A relative path from a page, as a path below the site's root.
fn resolve(from: &str, to: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in to.split('/') {
        match part {
            "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
