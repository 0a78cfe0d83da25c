//! The site: the only place that names `mdbook_driver`.
//!
//! [`Site::pages`] runs mdBook in this process, with our preprocessor (it adds a chapter for each
//! category and entry) and our renderer (it makes [`Pages`] of them). [`preprocess`] and
//! [`render`] are the same two as `mdbook build` calls them; it therefore gives the same files.
//! [`write()`] and [`write_archive`] put them on disk.

mod api;
mod assets;
mod book;
mod chapters;
mod chart;
mod code;
mod codes;
mod entry_page;
mod fence;
mod highlight;
mod indexes;
mod markdown;
mod nav;
mod pages;
mod publish;
mod render;
mod repository;
mod retired;
mod search;
mod terminal;
mod write;

pub(crate) use api::imported_modules;
pub use book::{Site, preprocess, render};
pub use highlight::{GrammarError, Highlighter, Line};
pub use pages::Pages;
pub use publish::NEED_THE_ADDRESS;
pub use write::{WriteError, write, write_archive};

use crate::links::BaseUrl;
