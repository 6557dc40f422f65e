//! Values, texts and links that were most likely not meant.

use super::{campaign, expect, offering, saying, warned_at};
use serde_json::{Value, json};

#[test]
fn a_percentage_below_one() {
    expect(&["small-percent offers.o.percent"], offering(json!({ "percent": 0.1 }), json!({})));
    expect(&["small-percent offers.o.percent"], offering(json!({ "percent": 0.99 }), json!({})));
    expect(&[], offering(json!({ "percent": 1 }), json!({})));
    expect(
        &["small-percent campaigns[0].relevance.floor"],
        campaign(json!({ "relevance": { "affinity": "tea", "floor": 0.6 } })),
    );
    expect(&[], campaign(json!({ "relevance": { "affinity": "tea", "floor": 0 } })));
    expect(&[], campaign(json!({ "relevance": { "affinity": "tea", "floor": 60 } })));
    expect(&["small-percent campaigns[0].floor"], campaign(json!({ "kind": "topActivity", "floor": 0.95 })));
    let claimed = |percent: f64| {
        saying(
            json!({ "body": "Menos.", "statesSurcharge": true, "claims": [{ "reduction": { "sku": "jug", "percent": percent } }] }),
        )
    };
    expect(&["small-percent messages.m.es[0].claims[0].reduction.percent"], claimed(0.2));
    expect(&[], claimed(20.0));
}

#[test]
fn a_code_that_no_offer_gives() {
    let code = |offer: Value| {
        let mut parts = offering(offer, json!({}));
        parts["messages"] = json!({ "m": { "es": [{ "body": "{offer.code}" }] } });
        parts
    };
    expect(&["missing-code offers.o.code"], code(json!({ "percent": 10 })));
    expect(&[], code(json!({ "percent": 10, "code": "OTONO" })));
    expect(&[], code(json!({ "percent": 10, "personal": true, "validFor": "14d" })));
    expect(&[], offering(json!({ "percent": 10 }), json!({})));
}

#[test]
fn a_message_for_people_with_a_name_alone() {
    expect(&["needs-name messages.m.es"], saying(json!({ "body": "Hola, {givenName}." })));
    expect(&["needs-name messages.m.es"], saying(json!({ "title": "{givenName}", "body": "Hola." })));
    expect(&[], json!({ "messages": { "m": { "es": [{ "body": "Hola, {givenName}." }, { "body": "Hola." }] } } }));
}

#[test]
fn what_is_over() {
    let over = |until: &str| campaign(json!({ "until": until }));
    expect(&["over campaigns[0].until"], over("2026-05-10"));
    // the day is over in Kiritimati, and not yet on Baker Island
    expect(&[], over("2026-05-12"));
    expect(&[], over("2026-06-01"));
    assert_eq!(warned_at(&over("2020-01-01"), None), [] as [&str; 0], "without a clock nothing is over");
    expect(&["over offers.o.until"], offering(json!({ "percent": 10, "until": "2026-05-12T09:59:59Z" }), json!({})));
    expect(&["over offers.o.until"], offering(json!({ "percent": 10, "until": "2026-05-01" }), json!({})));
    expect(&[], offering(json!({ "percent": 10, "until": "2026-05-12T10:00:01Z" }), json!({})));
}

#[test]
fn numbers_that_block_everything() {
    let limit = |max: u32| json!({ "limits": [{ "id": "l", "max": max, "per": "7d" }] });
    expect(&["blocks-all limits[0].max"], limit(0));
    expect(&[], limit(1));
    expect(&["blocks-all arbitration.contacts"], json!({ "arbitration": { "contacts": 0 } }));
    expect(&[], json!({ "arbitration": { "contacts": 1 } }));
    expect(&["blocks-all holdout.share"], json!({ "holdout": { "share": 1, "salt": "s" } }));
    expect(&[], json!({ "holdout": { "share": 0.1, "salt": "s" } }));
    expect(
        &["blocks-all calm.balance.promotions"],
        json!({ "calm": { "balance": { "promotions": 0, "per": "30d" } } }),
    );
    let hours = |to: &str| json!({ "quietHours": [{ "from": "00:00", "to": to }] });
    expect(&["blocks-all quietHours[0].to"], hours("24:00"));
    expect(&[], hours("23:00"));
    expect(&[], json!({ "quietHours": [{ "from": "00:00", "to": "24:00", "days": ["sun"] }] }));
    expect(
        &["blocks-all offers.o.budget.max"],
        offering(json!({ "percent": 10, "budget": { "max": 0, "per": "month" } }), json!({})),
    );
    expect(&[], offering(json!({ "percent": 10, "budget": { "max": 5, "per": "month" } }), json!({})));
    expect(&["blocks-all offers.o.amount"], offering(json!({ "amount": 0 }), json!({})));
    expect(&["blocks-all offers.o.to"], offering(json!({ "percent": 10, "to": [] }), json!({})));
}

#[test]
fn html_in_a_text() {
    for text in [
        "<b>Hola</b>",
        "Hola<br>",
        "Hola<br/>",
        "</p>",
        "<!-- x -->",
        "Aceite &nbsp;",
        "pan &amp; aceite",
        "5 &#8364;",
        "<a href=\"/x\">aquí</a>",
    ] {
        expect(&["markup messages.m.es[0].body"], saying(json!({ "body": text })));
    }
    for text in ["Hola <3", "menos de 5 < 6 y 7 > 6", "pan & aceite", "<", "a <", "¿<?", "AT&T"] {
        expect(&[], saying(json!({ "body": text })));
    }
    expect(
        &["markup messages.m.es[0].title", "markup messages.m.es[0].benefit", "markup messages.m.es[0].action.label"],
        saying(
            json!({ "title": "<i>x</i>", "body": "Hola.", "benefit": "<i>x</i>", "action": { "label": "<b>Ver</b>", "to": "/x" } }),
        ),
    );
}

#[test]
fn a_link_without_a_page() {
    let mail = |to: &str| {
        let mut parts = campaign(json!({ "channel": "email" }));
        parts["messages"] = json!({ "m": { "es": [{ "body": "Hola.", "action": { "label": "Ver", "to": to } }] } });
        parts
    };
    expect(&["relative-address messages.m.es[0].action.to"], mail("/cesta"));
    expect(&[], mail("https://casalola.example/cesta"));
    expect(&[], saying(json!({ "body": "Hola.", "action": { "label": "Ver", "to": "/cesta" } })));
}

#[test]
fn money_regions_hours_and_texts_that_were_not_meant() {
    expect(&["small-amount offers.o.amount"], offering(json!({ "amount": 5 }), json!({})));
    expect(&[], offering(json!({ "amount": 100 }), json!({})));
    let mut yen = offering(json!({ "amount": 50 }), json!({}));
    yen["shop"] = json!({ "name": "S", "currency": "JPY", "zone": "Asia/Tokyo", "locales": ["es"] });
    expect(&[], yen);
    let regions = |to: &[&str], not: &[&str]| offering(json!({ "percent": 10, "to": to, "notTo": not }), json!({}));
    expect(&["never-speaks offers.o.notTo"], regions(&["ES-35"], &["ES"]));
    expect(&["never-speaks offers.o.notTo"], regions(&["ES-35", "PT"], &["PT", "ES-35"]));
    expect(&[], regions(&["ES"], &["ES-35"]));
    let quiet = |hours: Value| json!({ "quietHours": hours });
    let half = json!({ "from": "12:00", "to": "24:00" });
    expect(&["blocks-all quietHours[1].to"], quiet(json!([{ "from": "00:00", "to": "12:00" }, half])));
    expect(
        &["blocks-all quietHours[1].to"],
        quiet(json!([{ "from": "22:00", "to": "13:00" }, { "from": "12:00", "to": "22:00" }])),
    );
    expect(&[], quiet(json!([{ "from": "00:00", "to": "11:59" }, half])));
    expect(&[], quiet(json!([{ "from": "00:00", "to": "12:00", "channels": ["email"] }, half])));
    let shop = json!({ "name": "<b>S</b>", "signer": "Ana&nbsp;", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] });
    expect(&["markup shop.name", "markup shop.signer"], json!({ "shop": shop }));
    expect(&["misread messages.m.es[0].body"], saying(json!({ "body": " \n" })));
    let code =
        json!({ "messages": { "m": { "es": [{ "body": "Hola." }] }, "e": { "es": [{ "body": "{offer.code}" }] } } });
    for (message, days) in [("early", "lead"), ("belated", "grace")] {
        let mut parts = offering(
            json!({ "percent": 10, "validFor": "7d" }),
            json!({ "kind": "birthday", days: "3d", message: "e" }),
        );
        parts["messages"] = code["messages"].clone();
        expect(&["missing-code offers.o.code"], parts.clone());
        parts["offers"]["o"]["code"] = "  ".into();
        expect(&["missing-code offers.o.code"], parts.clone());
        parts["offers"]["o"]["code"] = "TEN".into();
        expect(&[], parts);
    }
}
