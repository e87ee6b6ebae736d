//! Compiles the crate again when a file of the page is added or removed, which the macro that embeds them cannot see.

fn main() {
    println!("cargo::rerun-if-changed=src/page/assets");
}
