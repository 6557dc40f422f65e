use super::*;
use crate::base::problem::Problems;
use crate::language::words::{Channel, Class};
use crate::ledger::record::RECORDS;
use crate::reader::check::check;
use crate::reader::encoded::{Encoded, encode};
use serde_json::Value;

/// The same cases as those of the stores (`js/ledger/record.test.js`).
const COPIES: &str = include_str!("../../tests/copies.json");

fn trees(copies: &[&Value]) -> Tree {
    serde_json::from_value(Value::Array(copies.iter().map(|copy| (*copy).clone()).collect())).unwrap()
}

fn record(copy: &Value) -> Record {
    Record::read(&serde_json::from_value(copy.clone()).unwrap()).unwrap()
}

#[test]
fn three_copies_become_the_same_record_in_every_order_and_however_they_meet() {
    let cases: Vec<Value> = serde_json::from_str(COPIES).unwrap();
    assert!(cases.len() >= 60);
    for case in &cases {
        let merged = record(&case["merged"]);
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let copies = order.map(|place| &case["copies"][place]);
            let at_once = Ledger::read(Some(&trees(&copies))).unwrap();
            assert_eq!(*at_once.by_id[0], merged, "{order:?} {case}");
            let mut one_by_one = Ledger::read(Some(&trees(&copies[..1]))).unwrap();
            for copy in [copies[1], copies[2], copies[0], &case["merged"]] {
                one_by_one.merge(record(copy));
            }
            assert_eq!(*one_by_one.by_id[0], merged, "{order:?} {case}");
        }
    }
}

/// A list of records, most of them usual, from a seed.
fn drawn(seed: &mut u32) -> Tree {
    let mut draw = |count: u32| {
        *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (*seed >> 16) % count
    };
    let odd = [
        r#""""#,
        r#"" ""#,
        r#""0000-00-00""#,
        r#""__proto__""#,
        r#""a\u0000""#,
        r#""\ufffd""#,
        r#""\uf000""#,
        r#""ñ""#,
        r#""\u00a0x""#,
        "null",
        "true",
        "7",
        "1.5",
        "-1",
        "1e300",
        "94694399999",
        "[]",
        "{}",
        r#"["a"]"#,
        r#""2026-02-30T09:00:00Z""#,
        r#""1960-01-01T00:00:00Z""#,
    ];
    let mut records = Vec::new();
    let strange = draw(3) == 0;
    for _ in 0..draw(5) {
        let (id, hour) = (draw(4), draw(10));
        let mut fields = vec![
            format!(r#""id": "r{id}""#),
            format!(r#""campaign": "{}""#, ["news", "cumpleaños", "plan 🎁 x"][draw(3) as usize]),
            format!(r#""class": "{}""#, Class::WORDS[draw(4) as usize]),
            format!(r#""channel": "{}""#, Channel::WORDS[draw(7) as usize]),
            if draw(2) == 0 {
                format!(r#""at": 179534160{hour}000"#)
            } else {
                format!(r#""at": "2026-11-2{hour}T09:00:00+01:00""#)
            },
            format!(r#""state": "{}""#, State::WORDS[draw(6) as usize]),
        ];
        let more = [
            r#""placement": "home""#,
            r#""leaseUntil": 1795341600000"#,
            r#""seenAt": "2026-11-20T09:00:00Z""#,
            r#""versionAt": 0"#,
            r#""occurrence": "A-17""#,
            r#""offer": "ten""#,
            r#""variant": 2"#,
            r#""policy": "ab12""#,
            r#""reaction": "clicked""#,
            r#""urgent": false"#,
            r#""digest": null"#,
        ];
        more.iter().for_each(|field| {
            if draw(3) == 0 {
                fields.push((*field).to_owned())
            }
        });
        fields.rotate_left(draw(3) as usize);
        if strange {
            let place = draw(u32::try_from(fields.len()).unwrap()) as usize;
            let key = fields[place].split_once(':').unwrap().0.to_owned();
            let odd = odd[draw(u32::try_from(odd.len()).unwrap()) as usize];
            match draw(4) {
                0 => drop(fields.remove(place)),
                1 => fields.push(format!(r#""future": {odd}"#)),
                _ => fields[place] = format!("{key}: {odd}"),
            }
        }
        records.push(if strange && draw(9) == 0 { "null".to_owned() } else { format!("{{ {} }}", fields.join(", ")) });
    }
    serde_json::from_str(&format!("[{}]", records.join(", "))).unwrap()
}

#[test]
fn records_that_come_without_a_tree_are_those_of_the_reader() {
    let (mut seed, mut quick, mut slow) = (1, 0, 0);
    for _ in 0..20_000 {
        let given = drawn(&mut seed);
        let (numbers, texts) = encode(&given);
        let mut input = Encoded::new(&numbers, &texts);
        let at_once = Record::read_all(&mut input).map(Ledger::from_records);
        let mut tree = given.clone();
        let mut problems = Problems::of_request();
        check(&mut tree, &RECORDS, &mut problems);
        match at_once {
            Some(ledger) => {
                assert!(problems.is_empty(), "{given:?}");
                assert_eq!(ledger.all(), Ledger::read(Some(&tree)).unwrap().all(), "{given:?}");
                quick += 1;
            }
            None => {
                assert_eq!(input.tree(&RECORDS), given, "the input is read again from its beginning");
                slow += 1;
            }
        }
    }
    assert!(quick > 10_000 && slow > 2_000, "{quick} {slow}");
}
