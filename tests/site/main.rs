//! The built site: its addresses, its links, what it refuses to overwrite, and the server.

mod book;
mod budget;
mod entry;
mod every_link;
mod fixture;
mod html;
mod pages;
mod permalinks;
mod playground;
mod publish;
mod refusals;
mod serve;
mod structure;
