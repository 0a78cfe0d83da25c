//! The methods of a file come from a trait that has to be in scope.

use tokio::fs::File;

async fn process_file(file_path: &str) -> std::io::Result<String> {
    let mut file = File::open(file_path).await?;
    let mut contents = String::new();
    file.read_to_string(&mut contents).await?; //~ E0599
    Ok(contents)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    println!("{}", process_file("Cargo.toml").await?);
    Ok(())
}
