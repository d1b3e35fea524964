//! The program; its command line comes with the pipeline.

fn main() {}
