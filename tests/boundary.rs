//! The border between JavaScript and Wasm, in Node and in a browser: missing values, values that are not JSON, hostile objects, and
//! the shape of errors. Decisions themselves are in tests/vectors/.
#![cfg(target_family = "wasm")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use js_sys::{Array, Reflect, eval};
use querencia::wasm::{Customer, Engine};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const POLICY: &str = r#"({
    querencia: 1,
    shop: { name: "Casa Lola", currency: "EUR", zone: "Europe/Madrid", locales: ["es"] },
    campaigns: [{ id: "thanks", kind: "thankYou", channel: "onsite", placement: "thank-you", message: "thanks" }],
    messages: { thanks: { es: [{ body: "Gracias" }] } },
})"#;
const PURCHASE: &str = r#"({ now: 1795341600000, event: { name: "purchase", order: { id: "A-17" } } })"#;

fn js(source: &str) -> JsValue {
    eval(source).unwrap()
}

fn engine() -> Engine {
    Engine::new(js(POLICY)).unwrap()
}

fn field(value: &JsValue, key: &str) -> JsValue {
    Reflect::get(value, &key.into()).unwrap()
}

/// The first problem of an error, as `code path`.
fn first_problem(thrown: &JsValue) -> String {
    let problem = Array::from(thrown).get(0);
    assert!(field(&problem, "message").as_string().is_some_and(|message| !message.is_empty()));
    format!("{} {}", field(&problem, "code").as_string().unwrap(), field(&problem, "path").as_string().unwrap())
}

fn problem_of(request: &str) -> String {
    first_problem(&engine().decide(js(request)).unwrap_err())
}

fn contacts(decision: &JsValue) -> u32 {
    Array::from(&field(decision, "contacts")).length()
}

#[wasm_bindgen_test]
fn a_purchase_gives_a_contact() {
    let decision = engine().decide(js(PURCHASE)).unwrap();
    let contact = Array::from(&field(&decision, "contacts")).get(0);
    assert_eq!(field(&contact, "occurrence").as_string().unwrap(), "A-17");
    assert!(field(&decision, "nextAt").as_f64().is_some());
    assert!(field(&field(&contact, "message"), "title").is_null(), "a missing value is null, not undefined");
}

#[wasm_bindgen_test]
fn a_decision_is_made_of_plain_objects() {
    let decision = engine().decide(js(PURCHASE)).unwrap();
    let text = js_sys::JSON::stringify(&decision).unwrap();
    let again = js_sys::JSON::parse(&String::from(text)).unwrap();
    assert_eq!(contacts(&again), 1);
}

#[wasm_bindgen_test]
fn missing_null_and_undefined_mean_the_same() {
    for customer in ["", "customer: null,", "customer: undefined,", "customer: { orders: null, id: undefined },"] {
        let request =
            format!("({{ {customer} now: 1795341600000, event: {{ name: 'purchase', order: {{ id: 'A' }} }} }})");
        assert_eq!(contacts(&engine().decide(js(&request)).unwrap()), 1, "{customer}");
    }
}

#[wasm_bindgen_test]
fn a_value_that_is_not_json_is_refused_with_its_path() {
    for value in
        ["() => 1", "Symbol()", "10n", "new Map([['id', 1]])", "new Set()", "new Date()", "/x/", "new Uint8Array(2)"]
    {
        assert_eq!(problem_of(&format!("({{ now: 0, customer: {value} }})")), "wrong-type customer", "{value}");
        assert_eq!(
            problem_of(&format!("({{ now: 0, customer: {{ attributes: {{ a: [1, {value}] }} }} }})")),
            "wrong-type customer.attributes.a[1]",
            "{value}"
        );
    }
}

#[wasm_bindgen_test]
fn numbers_that_are_not_valid_instants_or_amounts_are_refused() {
    assert_eq!(problem_of("({ now: NaN })"), "invalid-value now");
    assert_eq!(problem_of("({ now: Infinity })"), "invalid-value now");
    assert_eq!(problem_of("({ now: -1 })"), "out-of-range now");
    assert_eq!(problem_of("({ now: 1e300 })"), "out-of-range now");
    assert_eq!(problem_of("({ now: 0.5 })"), "invalid-value now");
    assert_eq!(
        problem_of("({ now: 0, customer: { orders: [{ total: -Infinity }] } })"),
        "invalid-value customer.orders[0].total"
    );
}

#[wasm_bindgen_test]
fn a_lone_surrogate_is_refused() {
    assert_eq!(problem_of(r#"({ now: 0, customer: { givenName: "\ud800" } })"#), "invalid-value customer.givenName");
    assert_eq!(
        problem_of(r#"({ now: 0, customer: { attributes: { "\udfff": 1 } } })"#).split(' ').next().unwrap(),
        "invalid-value"
    );
}

#[wasm_bindgen_test]
fn a_key_named_proto_is_refused_and_changes_no_prototype() {
    let own = r#"({ now: 0, customer: { attributes: JSON.parse('{ "__proto__": { "x": 1 } }') } })"#;
    assert_eq!(problem_of(own), "invalid-value customer.attributes.__proto__");
    assert!(js("({}).x").is_undefined());
}

#[wasm_bindgen_test]
fn deep_cyclic_and_huge_values_are_refused() {
    let deep = "(() => { let a = {}; for (let i = 0; i < 10000; i++) a = { a }; return { now: 0, customer: { attributes: a } } })()";
    assert!(problem_of(deep).starts_with("too-deep customer.attributes.a.a"));
    let lists =
        "(() => { let a = []; for (let i = 0; i < 10000; i++) a = [a]; return { now: 0, event: { name: 'x', a } } })()";
    assert!(problem_of(lists).starts_with("too-deep event.a[0]"));
    let cycle = "(() => { const a = {}; a.a = a; return { now: 0, customer: { attributes: a } } })()";
    assert!(problem_of(cycle).starts_with("too-deep"));
    let bushy = "(() => { const a = {}; a.l = a; a.r = a; return { now: 0, customer: { attributes: a } } })()";
    assert!(problem_of(bushy).starts_with("too-"));
    assert_eq!(problem_of("({ now: 0, ledger: Array(100001).fill(1) })"), "too-large ledger");
    assert_eq!(problem_of("({ now: 0, customer: { givenName: 'x'.repeat(4097) } })"), "too-large customer.givenName");
    let heavy =
        format!("({{ ...{POLICY}, segments: {{ a: {{ 'attributes.a': Array(2600).fill('x'.repeat(4000)) }} }} }})");
    assert_eq!(first_problem(&Engine::new(js(&heavy)).unwrap_err()), "too-large ");
}

#[wasm_bindgen_test]
fn a_getter_that_throws_is_refused_like_a_value_that_is_not_json() {
    assert_eq!(problem_of("({ now: 0, get customer() { throw 1 } })"), "wrong-type customer");
    assert_eq!(problem_of("new Proxy({}, { ownKeys() { throw 1 }, getPrototypeOf() { throw 1 } })"), "wrong-type ");
}

#[wasm_bindgen_test]
fn a_request_or_policy_that_is_no_object_is_refused() {
    for value in ["undefined", "null", "1", "'text'", "[]", "() => 1"] {
        assert_eq!(problem_of(value), "wrong-type ", "{value}");
        assert_eq!(first_problem(&Engine::new(js(value)).unwrap_err()), "wrong-type ", "{value}");
    }
}

#[wasm_bindgen_test]
fn a_hundred_thousand_orders_are_read() {
    let request = "({ now: 1795341600000, customer: { id: 'ana', orders: Array.from({ length: 100000 }, (_, i) =>
        ({ id: 'o' + i, at: 1600000000000 + i, total: 100, items: [{ sku: 's' + i % 50, family: 'f', quantity: 1, price: 100 }] })) },
        event: { name: 'purchase', order: { id: 'A' } } })";
    assert_eq!(contacts(&engine().decide(js(request)).unwrap()), 1);
}

#[wasm_bindgen_test]
fn the_engine_still_decides_after_a_thousand_errors() {
    let engine = engine();
    for _ in 0..1_000 {
        engine.decide(js("({ now: 0, get zone() { throw 1 } })")).unwrap_err();
    }
    assert_eq!(contacts(&engine.decide(js(PURCHASE)).unwrap()), 1);
}

#[wasm_bindgen_test]
fn a_customer_handle_keeps_records_until_its_ledger_is_replaced() {
    let mut ana: Customer = engine().customer(js("({ id: 'ana' })"), js("[]")).unwrap();
    let decision = ana.decide(js(PURCHASE)).unwrap();
    let contact = Array::from(&field(&decision, "contacts")).get(0);
    let record =
        js("(contact => ({ id: contact.id, campaign: contact.campaign, class: contact.class, channel: contact.channel,
        at: contact.at, state: 'delivered', occurrence: contact.occurrence }))");
    let record = js_sys::Function::from(record).call1(&JsValue::NULL, &contact).unwrap();
    ana.record(record.clone()).unwrap();
    ana.record(record).unwrap();
    let again = ana.decide(js(PURCHASE)).unwrap();
    let refusal = Array::from(&field(&again, "refused")).get(0);
    assert_eq!(field(&refusal, "code").as_string().unwrap(), "already-spoken");
    ana.ledger(js("[]")).unwrap();
    assert_eq!(contacts(&ana.decide(js(PURCHASE)).unwrap()), 1);
    assert_eq!(first_problem(&ana.record(js("null")).unwrap_err()), "wrong-type ");
    assert_eq!(
        first_problem(&ana.update(js("({ birthday: '02-30' })")).unwrap_err()),
        "invalid-value customer.birthday"
    );
}

#[wasm_bindgen_test]
fn an_invalid_record_is_refused_and_not_kept() {
    let mut ana: Customer = engine().customer(js("({ id: 'ana' })"), js("[]")).unwrap();
    let record =
        "({ id: 'r', campaign: 'thanks', class: 'relational', channel: 'onsite', at: 1795341600000, state: 'delivered',
        occurrence: 'A-17', future: 1 })";
    assert_eq!(first_problem(&ana.record(js(record)).unwrap_err()), "unknown-field future");
    assert_eq!(contacts(&ana.decide(js(PURCHASE)).unwrap()), 1);
}
