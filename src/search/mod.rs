//! Search: the index, its queries, and what the browser gets of it.
