use super::*;
use serde_json::Value;

/// The same cases as those of the stores (`js/ledger/record.test.js`).
const TELLINGS: &str = include_str!("../../tests/tellings.json");

fn trees(told: &[&Value]) -> Tree {
    serde_json::from_value(Value::Array(told.iter().map(|telling| (*telling).clone()).collect())).unwrap()
}

fn record(telling: &Value) -> Record {
    Record::read(&serde_json::from_value(telling.clone()).unwrap()).unwrap()
}

#[test]
fn three_tellings_become_the_same_record_in_every_order_and_however_they_meet() {
    let cases: Vec<Value> = serde_json::from_str(TELLINGS).unwrap();
    assert!(cases.len() >= 60);
    for case in &cases {
        let merged = record(&case["merged"]);
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let told = order.map(|place| &case["told"][place]);
            let at_once = Ledger::read(Some(&trees(&told))).unwrap();
            assert_eq!(*at_once.by_id[0], merged, "{order:?} {case}");
            let mut one_by_one = Ledger::read(Some(&trees(&told[..1]))).unwrap();
            for telling in [told[1], told[2], told[0], &case["merged"]] {
                one_by_one.merge(record(telling));
            }
            assert_eq!(*one_by_one.by_id[0], merged, "{order:?} {case}");
        }
    }
}
