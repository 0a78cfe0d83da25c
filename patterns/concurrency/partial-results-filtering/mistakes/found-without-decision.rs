//! A private field leaves one way to the values, and it asks a question.

mod lookup {
    #[derive(Default)]
    pub struct Lookup {
        found: Vec<u32>,
        failed: Vec<u32>,
    }

    impl Lookup {
        pub fn require(self, may_fail: usize) -> Result<Vec<u32>, Vec<u32>> {
            if self.failed.len() > may_fail {
                return Err(self.failed);
            }
            Ok(self.found)
        }
    }
}

fn main() {
    let lookup = lookup::Lookup::default();
    println!("{:?}", lookup.found); //~ E0616
    println!("{:?}", lookup.require(0));
}
