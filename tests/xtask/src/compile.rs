//! Compiles the Wasm, to the same bytes on every machine.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::{Result, cargo};
use crate::tools;

/// What would change the bytes from outside: such flags would replace those below.
const FLAG_VARIABLES: [&str; 4] =
    ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS", "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS"];

/// The folder where cargo keeps the sources of dependencies.
pub fn home() -> Result<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    home.ok_or_else(|| "there is no home folder: set CARGO_HOME".to_owned())
}

/// The command that compiles. `features`: cargo's; none: the default. `home`: where it keeps the sources of dependencies.
/// `sysroot`: the compiler's.
pub fn command(profile: &str, features: Option<&str>, flags: &[&str], home: &Path, sysroot: &Path) -> Result<Command> {
    let mut command = cargo(&["build", "--locked", "--profile", profile, "--lib", "--target", tools::WASM]);
    for variable in FLAG_VARIABLES {
        command.env_remove(variable);
    }
    if let Some(features) = features {
        command.args(["--no-default-features", "--features", features]);
    }
    let mut flags: Vec<String> = flags.iter().map(ToString::to_string).collect();
    // Panic messages contain the paths of dependencies and of the standard library, whose place depends on whether its source is installed.
    // Without the folders of this machine, the bytes are the same everywhere.
    flags.push(format!("--remap-path-prefix={}=", home.display()));
    let version = rustc(&["--version", "--verbose"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or_default();
    flags.push(format!("--remap-path-prefix={}/lib/rustlib/src/rust=/rustc/{commit}", sysroot.display()));
    command.arg("--config").arg(format!("target.{}.rustflags={flags:?}", tools::WASM));
    command.env("CARGO_HOME", home);
    Ok(command)
}

/// The folder of the compiler, in which its libraries are.
pub fn sysroot() -> Result<PathBuf> {
    Ok(PathBuf::from(rustc(&["--print", "sysroot"])?.trim()))
}

/// What the compiler says of itself.
fn rustc(arguments: &[&str]) -> Result<String> {
    let output = Command::new("rustc").args(arguments).output().map_err(|why| format!("rustc: {why}"))?;
    String::from_utf8(output.stdout).map_err(|why| format!("rustc: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_changes_the_bytes() -> Result {
        let command = command("lean", Some("page"), &[], Path::new("home"), Path::new("sysroot"))?;
        assert!(command.get_args().any(|argument| argument == "--locked"), "the versions of Cargo.lock");
        for variable in FLAG_VARIABLES {
            assert!(command.get_envs().any(|(name, value)| name == variable && value.is_none()), "{variable}");
        }
        Ok(())
    }
}
