//! Where the catalog is kept: addresses to edit an entry and to report a wrong claim.

use counterpart_catalog::Entry;
use url::form_urlencoded::byte_serialize;

use super::BaseUrl;

/// A repository whose addresses are those of GitHub.
pub(super) struct Repository {
    /// `https://github.com/owner/name/`
    pub(super) url: BaseUrl,
    /// The book's source folder, below the root of the repository.
    pub(super) src: String,
}

impl Repository {
    /// Opens the entry's page in an editor.
    pub(super) fn edit(&self, entry: &Entry) -> String {
        self.url.join(&format!("edit/main/{}/{}/pattern.md", self.src, entry.path()))
    }

    /// Opens a new issue that names the entry.
    pub(super) fn report(&self, entry: &Entry) -> String {
        let title = format!("Wrong claim in {} ({})", entry.slug, entry.meta.id);
        let title: String = byte_serialize(title.as_bytes()).collect();
        self.url.join(&format!("issues/new?title={title}"))
    }
}
