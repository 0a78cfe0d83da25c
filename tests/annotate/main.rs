//! `counterpart annotate` over what real linters wrote, and over what nobody should write.

mod bad_input;
mod encoders;
mod formats;
mod harness;
mod recorded;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let trials = [recorded::trials(), formats::trials(), bad_input::trials(), encoders::trials()];
    let trials: Vec<Trial> = trials.into_iter().flatten().collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
