//! The site: the only place that names `mdbook_driver`.
