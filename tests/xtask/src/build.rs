//! Makes dist/ from src/ and js/: compiles, generates the JavaScript glue, shrinks the Wasm, bundles.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::{self, ScopedJoinHandle};

use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::order::named_in_order;
use crate::panics::without_panics;
use crate::step::{Result, dim, node, run};
use crate::{compile, licences, tools};

const NAME: &str = "querencia";

/// wasm-opt comes in an npm package, compiled to Wasm: nothing to install, and the same bytes on every machine.
const WASM_OPT: &str = "node_modules/binaryen/bin/wasm-opt";

/// For the fewest bytes.
const SMALL: &[&str] = &[
    // After the first -Oz, the control flow is rebuilt in a simpler form than the compiler's; the second and third -Oz use that.
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    // What counts is the size after brotli, which compresses repetition well: without these passes the file is 3 % longer
    // uncompressed and 5 % shorter compressed (each was measured alone).
    "--always-inline-max-function-size=0",
    "--one-caller-inline-max-function-size=0",
    "--flexible-inline-max-function-size=0",
    "--skip-pass=local-cse",
    "--skip-pass=memory-packing",
    "--skip-pass=ssa-nomerge",
    "--skip-pass=simplify-locals",
    // The stack comes first in memory, so no data has an address below 1024.
    "--low-memory-unused",
    "--strip-debug",
    "--strip-producers",
];

/// Sorts the functions by their names, which `order.rs` gives them, and removes these. The list of features goes last: without it, or with
/// all of them, wasm-opt writes what browsers cannot read yet.
const SORT: &[&str] = &["--reorder-functions-by-name", "--strip-debug", "--strip-target-features"];

/// For the fewest instructions.
const FAST: &[&str] = &["-O3", "--strip-debug", "--strip-producers", "--strip-target-features"];

/// A large function that is inlined into its only caller compresses worse than a call.
const FEW_COPIES: &str = "-Cllvm-args=-inline-instr-cost=100 -inline-call-penalty=550 -inline-threshold=100";

/// One source, several builds. Node and servers load the fast one with everything; a page loads that too when a policy is refused. Browsers
/// load the small ones: `page` or `core` for a published policy, the whole for one that is not.
pub struct Flavour {
    pub profile: &'static str,
    /// Cargo's features; none: the default.
    pub features: Option<&'static str>,
    pub flags: &'static [&'static str],
    wasm_opt: &'static [&'static str],
    /// The file's name in dist/wasm.
    pub name: &'static str,
}

const fn small(name: &'static str, features: &'static str) -> Flavour {
    Flavour { profile: "lean", features: Some(features), flags: &[FEW_COPIES], wasm_opt: SMALL, name }
}

const PAGE: &str = "querencia-page";
const CORE: &str = "querencia-core";

/// All builds.
pub const FLAVOURS: [Flavour; 4] = [
    small("querencia", "whole"),
    small(PAGE, "page"),
    small(CORE, ""),
    Flavour { profile: "release", features: None, flags: &[], wasm_opt: FAST, name: "querencia-full" },
];

/// Makes dist/.
pub fn build() -> Result {
    tools::wasm_target()?;
    tools::packages()?;
    let target = target_folder()?;
    let dist = Path::new("dist/wasm");
    fs::create_dir_all(dist).map_err(|why| format!("{}: {why}", dist.display()))?;
    make_all(&target, dist)?;
    share_glue(dist)?;
    write_builds(dist)?;
    run(&mut node(&["tests/xtask/bundle.js"]))?;
    licences::write_notices()?;
    run(&mut node(&["tests/xtask/integrity.js"]))
}

/// Makes all builds. The linker and wasm-opt keep one core busy each, so a profile does not wait for the other, nor a compilation for
/// wasm-opt. The builds of one profile are written to one file, so they are compiled one after the other.
fn make_all(target: &Path, dist: &Path) -> Result {
    thread::scope(|scope| {
        let mut profiles = FLAVOURS.map(|flavour| flavour.profile).to_vec();
        profiles.dedup();
        let compiling: Vec<_> = profiles
            .into_iter()
            .map(|profile| {
                scope.spawn(move || {
                    let mut shrinking = Vec::new();
                    for flavour in FLAVOURS.iter().filter(|flavour| flavour.profile == profile) {
                        let made = make(flavour, target, dist)?;
                        shrinking.push(scope.spawn(move || shrink(flavour, &made, dist)));
                    }
                    all(shrinking)
                })
            })
            .collect();
        all(compiling)
    })
}

/// Waits for all, and says what failed first.
fn all<'scope>(threads: impl IntoIterator<Item = ScopedJoinHandle<'scope, Result>>) -> Result {
    threads
        .into_iter()
        .try_for_each(|thread| thread.join().unwrap_or_else(|_| Err("a part of the build panicked".to_owned())))
}

/// Compiles a build, and says in which folder its Wasm is, before it is made small. Its JavaScript is ready.
fn make(&Flavour { profile, features, flags, name, .. }: &Flavour, target: &Path, dist: &Path) -> Result<PathBuf> {
    compile(profile, features, flags)?;
    let made = target.join("glue").join(name);
    glue(&target.join(tools::WASM).join(profile).join(NAME).with_extension("wasm"), &made)?;
    copy(&made.join(NAME).with_extension("d.ts"), &dist.join(name).with_extension("d.ts"))?;
    copy_glue(&made.join(NAME).with_extension("js"), &dist.join(name).with_extension("js"))?;
    Ok(made)
}

fn shrink(Flavour { wasm_opt, name, .. }: &Flavour, made: &Path, dist: &Path) -> Result {
    optimise(
        &made.join("querencia_bg.wasm"),
        &dist.join(name).with_extension("wasm"),
        wasm_opt,
        &made.join("optimised"),
    )
}

/// Says what one of the small builds weighs, without touching dist/: `whole`, `page` or `core`.
pub fn weigh(build: &str) -> Result {
    tools::packages()?;
    let (target, name) = (target_folder()?, if build == "whole" { NAME } else { &format!("{NAME}-{build}") });
    let known = FLAVOURS.into_iter().find(|flavour| flavour.name == name && flavour.features.is_some());
    let Flavour { profile, features, flags, wasm_opt, .. } =
        known.ok_or_else(|| format!("no small build `{build}`"))?;
    compile(profile, features, flags)?;
    let made = target.join("weigh").join(name);
    glue(&target.join(tools::WASM).join(profile).join(NAME).with_extension("wasm"), &made)?;
    let to = made.join(NAME).with_extension("wasm");
    optimise(&made.join("querencia_bg.wasm"), &to, wasm_opt, &made.join("optimised"))?;
    run(node(&[
        "-e",
        "const wasm = fs.readFileSync(process.argv[1]); console.log(wasm.length, zlib.brotliCompressSync(wasm).length)",
    ])
    .arg(to))
}

/// One glue file serves both builds that read published policies.
fn share_glue(dist: &Path) -> Result {
    for end in ["js", "d.ts"] {
        let [page, core] = [PAGE, CORE].map(|name| dist.join(name).with_extension(end));
        if read(&page)? != read(&core)? {
            return Err(format!("{} and {} differ: they should export the same", page.display(), core.display()));
        }
        fs::remove_file(&core).map_err(|why| format!("{}: {why}", core.display()))?;
    }
    Ok(())
}

/// Writes dist/builds.json: which features of a policy the builds for pages have, and the format of the compiled policies that they read.
/// Nothing promises that two releases write a policy alike, so the format is a hash of the very builds.
fn write_builds(dist: &Path) -> Result {
    let mut hash = Sha256::new();
    for name in [PAGE, CORE] {
        hash.update(read(&dist.join(name).with_extension("wasm"))?);
    }
    let format: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let features = |build| querencia::describe::features(build);
    let builds = serde_json::json!({ "format": format, "page": features("page"), "core": features("core") });
    let path = Path::new("dist/builds.json");
    fs::write(path, format!("{builds}\n")).map_err(|why| format!("{}: {why}", path.display()))
}

fn compile(profile: &str, features: Option<&str>, flags: &[&str]) -> Result {
    run(&mut compile::command(profile, features, flags, &compile::home()?, &compile::sysroot()?)?)
}

/// The target folder into which this program was built.
pub fn target_folder() -> Result<PathBuf> {
    let program = env::current_exe().map_err(|why| why.to_string())?;
    let folder = program.ancestors().nth(2);
    folder.map(Path::to_path_buf).ok_or_else(|| format!("{} is in no target folder", program.display()))
}

/// Makes the Wasm and its JavaScript, without wasm-opt.
pub fn glue(wasm: &Path, folder: &Path) -> Result {
    println!("{}", dim(&format!("   wasm-bindgen {}", wasm.display())));
    Bindgen::new()
        .input_module(NAME, without_panics(wasm)?)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .out_name(NAME)
                .typescript(true)
                // js/load loads the bytes. A URL in the glue would confuse bundlers.
                .omit_default_module_path(true)
                // After a trap, js/load makes a new instance of the compiled module.
                .reset_state_function(true)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(folder)
        })
        .map_err(|why| format!("wasm-bindgen: {why:#}"))
}

/// Runs wasm-opt, unless its last input was the same: it is the slowest step of the build.
fn optimise(from: &Path, to: &Path, options: &[&str], stamp: &Path) -> Result {
    let mut input = read(from)?;
    let sort: &[&str] = if options == SMALL { SORT } else { &[] };
    input.extend([options, sort].concat().concat().bytes());
    if to.is_file() && fs::read(stamp).is_ok_and(|last| last == input) {
        return Ok(());
    }
    run(node(&[WASM_OPT]).args(options).arg(from).arg("-o").arg(to))?;
    if !sort.is_empty() {
        fs::write(to, named_in_order(read(to)?)?).map_err(|why| format!("{}: {why}", to.display()))?;
        run(node(&[WASM_OPT]).args(sort).arg(to).arg("-o").arg(to))?;
    }
    fs::write(stamp, input).map_err(|why| format!("{}: {why}", stamp.display()))
}

/// Parts of the glue that every page would download and no page needs. The first four are about an instance that was replaced:
/// js/load replaces it itself, and `Revivable` makes its objects again. The others are for browsers that cannot run the Wasm.
const NEEDLESS: [&str; 6] = [
    "        if (this.__wbg_inst !== undefined && this.__wbg_inst !== __wbg_instance_id) {
            throw new Error('Invalid stale object from previous Wasm instance');
        }
",
    "        Object.defineProperty(obj, '__wbg_inst', { value: __wbg_instance_id, writable: true });\n",
    "        Object.defineProperty(this, '__wbg_inst', { value: __wbg_instance_id, writable: true });\n",
    "        __wbg_call_guard();\n",
    "if (!('encodeInto' in cachedTextEncoder)) {
    cachedTextEncoder.encodeInto = function (arg, view) {
        const buf = cachedTextEncoder.encode(arg);
        view.set(buf);
        return {
            read: arg.length,
            written: buf.length
        };
    };
}
",
    "    if (realloc === undefined) {
        const buf = cachedTextEncoder.encode(arg);
        const ptr = malloc(buf.length, 1) >>> 0;
        getUint8ArrayMemory0().subarray(ptr, ptr + buf.length).set(buf);
        WASM_VECTOR_LEN = buf.length;
        return ptr;
    }
",
];

/// Copies the glue without those parts. It imports a copy of js/load/border.js that wasm-bindgen made; in the package it must import
/// that file itself.
fn copy_glue(from: &Path, to: &Path) -> Result {
    let mut glue = fs::read_to_string(from).map_err(|why| format!("{}: {why}", from.display()))?;
    for part in NEEDLESS {
        if !glue.contains(part) {
            return Err(format!("{} has no such part, see `NEEDLESS` in build.rs:\n{part}", from.display()));
        }
        glue = glue.replace(part, "");
    }
    let parts =
        glue.split_once("'./snippets/").and_then(|(before, rest)| Some((before, rest.split_once("/js/load/")?.1)));
    let (before, after) = parts.ok_or_else(|| format!("{} does not import js/load/border.js", from.display()))?;
    fs::write(to, format!("{before}'../../js/load/{after}")).map_err(|why| format!("{}: {why}", to.display()))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|why| format!("{}: {why}", path.display()))
}

fn copy(from: &Path, to: &Path) -> Result {
    match fs::copy(from, to) {
        Ok(_) => Ok(()),
        Err(why) => Err(format!("{} to {}: {why}", from.display(), to.display())),
    }
}
