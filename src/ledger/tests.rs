use super::*;
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
