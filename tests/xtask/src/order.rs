//! Orders the functions of a Wasm by what they have in common. Brotli writes a repetition in fewer bits the nearer it is, and the copies of
//! generic functions for different types are nearly the same: 2 % fewer bytes to download.

use std::collections::{HashMap, HashSet, VecDeque};

use wasmparser::{Parser, Payload, TypeRef};

use crate::step::Result;

/// How many bytes in a row are compared: about two instructions.
const RUN: usize = 5;
/// What more functions have says nothing about any of them.
const COMMON: usize = 1_000;
/// How much each of the last functions before it counts.
const BEFORE: [usize; 3] = [4, 2, 1];
/// What is in common is told for each byte of the function and so many more: else the shortest would always be next.
const SHORT: usize = 30;

/// The module with a name for each function, after which `--reorder-functions-by-name` of wasm-opt sorts them.
pub fn named_in_order(mut wasm: Vec<u8>) -> Result<Vec<u8>> {
    let (mut imported, mut bodies) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(&wasm) {
        match payload.map_err(|why| format!("{why}"))? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.map_err(|why| format!("{why}"))?;
                    imported += usize::from(matches!(import.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let mut place = vec![0; bodies.len()];
    for (index, function) in order(&bodies).into_iter().enumerate() {
        if let Some(place) = place.get_mut(function) {
            *place = index;
        }
    }
    let mut names = number(place.len());
    for (function, place) in place.into_iter().enumerate() {
        names.extend(number(imported + function));
        names.extend(text(&format!("{place:06}")));
    }
    // the subsection of the functions' names, in the custom section of all names
    let section = [text("name"), vec![1], number(names.len()), names].concat();
    wasm.extend([vec![0], number(section.len()), section].concat());
    Ok(wasm)
}

/// Begins with the longest; after each comes the one that has most in common with the last ones, for its length. All is counted in whole
/// numbers, so that the order is the same on every machine.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let mut having = HashMap::<&[u8], Vec<usize>>::new();
    for (function, body) in bodies.iter().enumerate() {
        for run in body.windows(RUN) {
            let having = having.entry(run).or_default();
            if having.last() != Some(&function) {
                having.push(function);
            }
        }
    }
    // by function: how much it has in common with one
    let common_with = |body: &[u8]| {
        let mut common = vec![0; bodies.len()];
        let runs: HashSet<&[u8]> = body.windows(RUN).collect();
        for having in runs.iter().filter_map(|run| having.get(run)).filter(|having| having.len() < COMMON) {
            // a run that few have says more
            let worth = (bodies.len() * 256 / having.len()).ilog2() as usize;
            having.iter().for_each(|other| common.get_mut(*other).into_iter().for_each(|common| *common += worth));
        }
        common
    };
    let (mut order, mut last) = (Vec::new(), VecDeque::new());
    let mut left: Vec<(usize, &[u8])> = bodies.iter().copied().enumerate().collect();
    while !left.is_empty() {
        let common = |function| {
            let common =
                last.iter().zip(BEFORE).map(|(common, weight): (&Vec<usize>, usize)| (common.get(function), weight));
            common.map(|(common, weight)| common.copied().unwrap_or_default() * weight).sum::<usize>()
        };
        let scored =
            left.iter().enumerate().map(|(place, (function, body))| (place, *function, body.len(), common(*function)));
        let nearest = scored.max_by(|(_, function, length, common), (_, another, its_length, its_common)| {
            let score = (common * (its_length + SHORT)).cmp(&(its_common * (length + SHORT)));
            score.then(length.cmp(its_length)).then(another.cmp(function))
        });
        let Some((place, ..)) = nearest else { break };
        let (function, body) = left.swap_remove(place);
        order.push(function);
        last.push_front(common_with(body));
        last.truncate(BEFORE.len());
    }
    order
}

/// Seven bits a byte, the lowest first; the highest bit says that there are more.
fn number(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let [byte, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            bytes.push(byte & 0x7f);
            return bytes;
        }
        bytes.push(byte | 0x80);
    }
}

fn text(text: &str) -> Vec<u8> {
    [number(text.len()), text.as_bytes().to_vec()].concat()
}
