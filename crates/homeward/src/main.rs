//! The program `homeward`: hands the command line to the library and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    homeward::cli::main()
}
