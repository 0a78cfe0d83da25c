//! How findings become comments.
