//! Counts the instructions that decisions need, in copies of the Wasm that ships. Time differs between machines and moments; these
//! counts are the same everywhere, so the gate can compare them with tests/bench/instructions.json.

use std::fs;
use std::path::Path;

use walrus::ir::{
    BinaryOp, Binop, Const, GlobalGet, GlobalSet, Instr, InstrLocId, InstrSeqId, LocalGet, LocalTee, UnaryOp, Unop,
    Value,
};
use walrus::{ConstExpr, GlobalId, LocalFunction, LocalId, Module, ValType};

use crate::build;
use crate::step::{Result, node, run};

/// How many bytes `memory.copy` and `memory.fill` move for one instruction: as many as a loop over 64-bit words would. A power of two.
const BYTES_A_STEP: i32 = 8;

/// Counts, and writes target/bench/instructions.md. Fails if a count is above the baseline.
pub fn check() -> Result {
    count(&[])
}

/// Builds the package, counts, and makes these counts the new baseline.
pub fn write() -> Result {
    build::build()?;
    count(&["--write"])
}

fn count(flags: &[&str]) -> Result {
    let folder = Path::new("target/bench/counted");
    // copies of an earlier build, if there are any, have other names
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(|why| format!("{}: {why}", folder.display()))?;
    let entries = fs::read_dir("dist").map_err(|why| format!("dist: {why}; `cargo xtask build` makes it"))?;
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let to = folder.join(path.file_name().unwrap_or_default());
            fs::write(&to, counted(&path)?).map_err(|why| format!("{}: {why}", to.display()))?;
        }
    }
    run(node(&["tests/bench/instructions.mjs"]).args(flags))
}

/// A copy of the Wasm with the exported global `instructions`, which counts.
fn counted(wasm: &Path) -> Result<Vec<u8>> {
    let mut module = Module::from_file(wasm).map_err(|why| format!("{}: {why:#}", wasm.display()))?;
    let total = module.globals.add_local(ValType::I64, true, false, ConstExpr::Value(Value::I64(0)));
    module.exports.add("instructions", total);
    let Module { funcs, locals, .. } = &mut module;
    for (_, function) in funcs.iter_local_mut() {
        Counter { total, length: locals.add(ValType::I32) }.add_to(function);
    }
    Ok(module.emit_wasm())
}

struct Counter {
    /// the global that counts
    total: GlobalId,
    /// a local for the length of a copy
    length: LocalId,
}

impl Counter {
    /// Instructions run one after the other up to the next that goes elsewhere. Before each such run its length is added.
    fn add_to(&self, function: &mut LocalFunction) {
        let mut open = vec![function.entry_block()];
        while let Some(block) = open.pop() {
            let instructions = std::mem::take(&mut function.block_mut(block).instrs);
            let (mut counted, mut run, mut length) = (Vec::new(), Vec::new(), 0);
            for (instruction, location) in instructions {
                open.extend(blocks_of(&instruction));
                length += i64::from(!matches!(instruction, Instr::Block(_) | Instr::Loop(_)));
                if matches!(instruction, Instr::MemoryCopy(_) | Instr::MemoryFill(_)) {
                    run.extend(self.length_of_copy().map(generated));
                }
                let leaves = goes_elsewhere(&instruction);
                run.push((instruction, location));
                if leaves {
                    self.put(&mut counted, &mut run, &mut length);
                }
            }
            self.put(&mut counted, &mut run, &mut length);
            function.block_mut(block).instrs = counted;
        }
    }

    fn put(&self, to: &mut Vec<(Instr, InstrLocId)>, run: &mut Vec<(Instr, InstrLocId)>, length: &mut i64) {
        if *length > 0 {
            to.extend([Instr::from(Const { value: Value::I64(*length) })].map(generated));
            to.extend(self.add().map(generated));
        }
        to.append(run);
        *length = 0;
    }

    /// Adds the number on top of the stack.
    fn add(&self) -> [Instr; 3] {
        [
            GlobalGet { global: self.total }.into(),
            Binop { op: BinaryOp::I64Add }.into(),
            GlobalSet { global: self.total }.into(),
        ]
    }

    /// Counts the steps of a copy, whose length is on top of the stack and stays there.
    fn length_of_copy(&self) -> [Instr; 8] {
        let [get, add, set] = self.add();
        [
            LocalTee { local: self.length }.into(),
            LocalGet { local: self.length }.into(),
            Const { value: Value::I32(BYTES_A_STEP.ilog2().cast_signed()) }.into(),
            Binop { op: BinaryOp::I32ShrU }.into(),
            Unop { op: UnaryOp::I64ExtendUI32 }.into(),
            get,
            add,
            set,
        ]
    }
}

fn generated(instruction: Instr) -> (Instr, InstrLocId) {
    (instruction, InstrLocId::default())
}

fn blocks_of(instruction: &Instr) -> Vec<InstrSeqId> {
    match instruction {
        Instr::Block(block) => vec![block.seq],
        Instr::Loop(block) => vec![block.seq],
        Instr::IfElse(branch) => vec![branch.consequent, branch.alternative],
        _ => Vec::new(),
    }
}

fn goes_elsewhere(instruction: &Instr) -> bool {
    use Instr::{Block, Br, BrIf, BrTable, IfElse, Loop, Return, Unreachable};
    matches!(instruction, Block(_) | Loop(_) | IfElse(_) | Br(_) | BrIf(_) | BrTable(_) | Return(_) | Unreachable(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::FunctionBuilder;

    #[test]
    fn what_a_run_adds_is_its_length() {
        let mut module = Module::default();
        let argument = module.locals.add(ValType::I32);
        let mut function = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
        // two instructions and the branch; one in each arm
        let mut body = function.func_body();
        body.i32_const(1).drop().local_get(argument);
        body.if_else(ValType::I32, |then| _ = then.i32_const(2), |otherwise| _ = otherwise.i32_const(3));
        let id = function.finish(vec![argument], &mut module.funcs);
        module.exports.add("f", id);

        let file = std::env::temp_dir().join(format!("counted-{}.wasm", std::process::id()));
        let bytes = fs::write(&file, module.emit_wasm()).map_err(|why| why.to_string()).and_then(|()| counted(&file));
        let module = bytes.and_then(|bytes| Module::from_buffer(&bytes).map_err(|why| format!("{why:#}")));
        let lengths =
            module.map(|module| module.funcs.iter_local().flat_map(|(_, local)| added(local)).collect::<Vec<_>>());
        let _ = fs::remove_file(file);
        assert_eq!(lengths, Ok(vec![4, 1, 1]));
    }

    /// The numbers that a function adds to the counter, block by block.
    fn added(function: &LocalFunction) -> Vec<i64> {
        let (mut open, mut found) = (vec![function.entry_block()], Vec::new());
        while let Some(block) = open.pop() {
            for (instruction, _) in &function.block(block).instrs {
                open.extend(blocks_of(instruction));
                if let Instr::Const(Const { value: Value::I64(length) }) = instruction {
                    found.push(*length);
                }
            }
        }
        found
    }
}
