//! A future that contains itself has no size, so recursion needs a box.

struct Folder {
    files: u32,
    folders: Vec<Folder>,
}

#[rustfmt::skip]
async fn count_files(folder: &Folder) -> u32 { //~ E0733
    let mut files = folder.files;
    for inner in &folder.folders {
        files += count_files(inner).await;
    }
    files
}

#[tokio::main]
async fn main() {
    let folders = vec![];
    println!("{}", count_files(&Folder { files: 2, folders }).await);
}
