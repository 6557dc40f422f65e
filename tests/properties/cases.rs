//! Cases that like edges, from a seed.

use serde_json::{Value, json};

pub const HOUR: i64 = 3_600_000;
pub const DAY: i64 = 24 * HOUR;
/// 2026-10-24T22:00Z, the evening before Madrid's clocks go back.
pub const NOW: i64 = 1_792_879_200_000;

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, good enough to choose.
pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }
    pub fn pick<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize].clone()
    }
    pub fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }
    /// An instant near now or at an edge: whole hours, whole days, a millisecond beside them.
    pub fn instant(&mut self, from_days: i64, to_days: i64) -> i64 {
        let days = from_days + self.below((to_days - from_days + 1) as u64) as i64;
        let hours = self.pick(&[0, 0, 1, 2, 21, 22, 23]);
        NOW + days * DAY + hours * HOUR + self.pick(&[0, 0, 0, 1, -1, 600_000])
    }
}

pub struct Case {
    pub policy: Value,
    pub request: Value,
}

pub fn case(seed: u64) -> Case {
    let dice = &mut Dice(seed);
    let channels = ["onsite", "email", "push"];
    let count = 1 + dice.below(4);
    let campaigns: Vec<Value> = (0..count).map(|index| campaign(index, dice)).collect();
    let limits: Vec<Value> = (0..dice.below(4)).map(|index| limit(index, dice)).collect();
    let clocks = ["00:00", "02:00", "02:30", "07:00", "09:00", "21:30", "23:00"];
    let quiet: Vec<Value> = (0..dice.below(3))
        .map(|_| {
            let from = dice.pick(&clocks);
            let to = dice.pick(&clocks.into_iter().filter(|to| *to != from).collect::<Vec<_>>());
            let mut window = json!({ "from": from, "to": to });
            if dice.one_in(3) {
                window["days"] = json!([dice.pick(&["sat", "sun", "mon"])]);
            }
            if dice.one_in(3) {
                window["channels"] = json!([dice.pick(&channels)]);
            }
            window
        })
        .collect();
    let mut policy = json!({
        "querencia": 1,
        "shop": { "name": "Casa Lola", "currency": "EUR", "zone": "Europe/Madrid", "locales": ["es"] },
        "limits": limits, "quietHours": quiet, "campaigns": campaigns,
        "offers": { "ten": { "percent": 10 } },
        "messages": { "plain": { "es": [{ "body": "Hola" }, { "body": "Buenas" }] },
                      "named": { "es": [{ "body": "Hola {givenName}" }] } },
    });
    if dice.one_in(4) {
        policy["holdout"] = json!({ "share": 0.5, "salt": "s" });
    }
    if dice.one_in(3) {
        policy["arbitration"] = json!({ "contacts": dice.below(3) });
    }
    rest(&mut policy, dice);
    let orders: Vec<Value> = (0..dice.below(4)).map(|index| order(index, dice)).collect();
    let records: Vec<Value> = (0..dice.below(9)).map(|index| record(index, dice)).collect();
    let mut customer = json!({ "orders": orders, "since": dice.instant(-60, -20), "consent": { "email": dice.one_in(2), "push": true } });
    if !dice.one_in(4) {
        customer["id"] = json!("ana");
    }
    if dice.one_in(2) {
        customer["birthday"] = json!(dice.pick(&["--10-25", "--10-24", "--12-31", "--02-29", "--01-02"]));
    }
    if dice.one_in(2) {
        customer["givenName"] = json!("Ana");
    }
    if dice.one_in(3) {
        let at = dice.instant(-20, 3);
        customer["conversations"] = json!([{ "id": "c", "kind": dice.pick(&["complaint", "question"]), "at": at, "solvedAt": at + dice.pick(&[1, DAY, 9 * DAY]) }]);
        if dice.one_in(3) {
            customer["conversations"][0]["reopenedAt"] = json!(at + dice.pick(&[0, 2, DAY, 5 * DAY]));
        }
    }
    if dice.one_in(4) {
        customer["ratings"] =
            json!([{ "orderId": dice.pick(&["o-0", "o-1"]), "score": dice.pick(&[3, 9]), "at": dice.instant(-20, 3) }]);
    }
    wishes(&mut customer, dice);
    let mut request = json!({
        "now": NOW + dice.pick(&[0, 0, 1, HOUR, 2 * HOUR, 3 * HOUR, 5 * HOUR, 12 * HOUR, -DAY]),
        "zones": { "Europe/Madrid": [["2026-03-29T01:00:00Z", 120], ["2026-10-25T01:00:00Z", 60], ["2027-03-28T01:00:00Z", 120], ["2027-10-31T01:00:00Z", 60]],
                   "Pacific/Auckland": [["2026-04-04T14:00:00Z", 720], ["2026-09-26T14:00:00Z", 780], ["2027-04-03T14:00:00Z", 720], ["2027-09-25T14:00:00Z", 780]] },
        "customer": customer,
    });
    if !dice.one_in(5) {
        request["zone"] = json!(dice.pick(&["Europe/Madrid", "Pacific/Auckland"]));
    }
    if !dice.one_in(8) {
        request["ledger"] = json!(records);
    }
    if dice.one_in(2) {
        request["event"] = json!({ "name": dice.pick(&["login", "purchase"]) });
    }
    if dice.one_in(4) {
        request["shop"] = json!({ "unanswered": dice.below(4) });
    }
    super::catalog::add(&mut policy, &mut request, dice);
    super::codes::add(&mut policy, &mut request, dice);
    Case { policy, request }
}

fn campaign(index: u64, dice: &mut Dice) -> Value {
    let mut campaign = json!({
        "id": format!("c{index}"), "kind": dice.pick(&["announcement", "announcement", "birthday", "thankYou"]),
        "channel": dice.pick(&["onsite", "email", "push"]), "placement": dice.pick(&["home", "top"]),
        "message": dice.pick(&["plain", "plain", "named"]), "weight": dice.below(3),
    });
    match campaign["kind"].as_str().unwrap() {
        "announcement" => {
            campaign["class"] = json!(dice.pick(&["relational", "promotional"]));
            campaign["repeat"] = json!(dice.pick(&["never", "1h", "3d", "7d"]));
            if dice.one_in(3) {
                campaign["event"] = json!("login");
            }
            if dice.one_in(3) {
                campaign["from"] = json!(dice.pick(&["2026-10-24", "2026-10-25", "2026-11-02"]));
                campaign["until"] = json!(dice.pick(&["2026-11-02", "2026-11-30"]));
            }
        }
        "birthday" => {
            campaign["lead"] = json!(dice.pick(&["0d", "1d", "70d"]));
            campaign["grace"] = json!(dice.pick(&["0d", "2d", "30d"]));
        }
        _ => {}
    }
    if campaign["kind"] != "thankYou" && dice.one_in(3) {
        campaign["offer"] = json!("ten");
    }
    let audiences = [
        json!({ "tier": { "$ne": "unknown" } }),
        json!({ "daysSince.order": { "$gte": 3 } }),
        json!({ "$or": [{ "tenureDays": { "$gte": 30 } }, { "orders.good": { "$gte": 1 } }] }),
        json!({ "daysSince.contact": { "$not": { "$lt": 2 } } }),
        json!({ "$nor": [{ "cases.open": { "$gt": 0 } }, { "daysSince.delivery": { "$in": [0, 1, 4] } }] }),
    ];
    if index > 0 && dice.one_in(3) {
        campaign["disposition"] = json!("substitute");
        campaign["substitute"] = json!(format!("c{}", dice.below(index)));
    } else if dice.one_in(3) {
        campaign["disposition"] = json!(dice.pick(&["drop", "digest", "digest"]));
    }
    if dice.one_in(5) {
        campaign["urgent"] = json!(true);
    }
    if dice.one_in(6) {
        campaign["topic"] = json!(dice.pick(&["tea", "news"]));
    }
    if dice.one_in(8) {
        campaign["relevance"] = json!({ "affinity": "tea", "floor": dice.below(80) });
    }
    if dice.one_in(2) {
        campaign["audience"] = dice.pick(&audiences);
    }
    campaign
}

fn limit(index: u64, dice: &mut Dice) -> Value {
    let mut limit = json!({ "id": format!("l{index}"), "max": dice.pick(&[0, 1, 1, 2, 2, 3]), "per": dice.pick(&["1h", "20h", "7d", "day", "week", "month", "year"]) });
    if dice.one_in(3) {
        limit["tier"] = json!(dice.pick(&["unknown", "known"]));
    }
    if dice.one_in(3) {
        limit["class"] = json!(dice.pick(&["relational", "promotional"]));
    }
    if dice.one_in(4) {
        limit["channel"] = json!(dice.pick(&["onsite", "email"]));
    }
    if dice.one_in(4) {
        limit["when"] = json!({ "daysSince.order": { "$lt": 5 } });
    }
    if dice.one_in(5) {
        limit["urgent"] = json!(true);
    }
    if dice.one_in(4) {
        limit["ignoredAs"] = json!(dice.pick(&[1, 2, 3]));
    }
    limit
}

fn order(index: u64, dice: &mut Dice) -> Value {
    let at = dice.instant(-12, 2);
    let mut order = json!({ "id": format!("o{index}"), "at": at, "total": dice.pick(&[1000, 1000, 3000]) });
    if dice.one_in(2) {
        order["deliveredAt"] = json!(at + dice.pick(&[DAY, 4 * DAY, 20 * DAY]));
    }
    if dice.one_in(5) {
        order["cancelledAt"] = json!(at + dice.pick(&[HOUR, 3 * DAY]));
    }
    order
}

fn record(index: u64, dice: &mut Dice) -> Value {
    let (from, to) = dice.pick(&[(-8, 0), (-40, 0), (-8, 2)]);
    let at = dice.instant(from, to);
    let mut record = json!({
        "id": format!("r{}", dice.below(index + 1)), "campaign": format!("c{}", dice.below(5)), "at": at,
        "class": dice.pick(&["transactional", "service", "relational", "promotional"]), "channel": dice.pick(&["onsite", "email", "push"]),
        "state": dice.pick(&["ghost", "reserved", "released", "armed", "delivered", "delivered"]),
    });
    if dice.one_in(3) {
        record["occurrence"] = json!(dice.pick(&["o0", "o1", "2026", "2027", "0"]));
    }
    if dice.one_in(3) {
        record["leaseUntil"] = json!(at + dice.pick(&[HOUR, 3 * DAY]));
    }
    if dice.one_in(4) {
        record["reaction"] = json!(dice.pick(&["dismissed", "clicked", "converted"]));
    }
    if dice.one_in(5) {
        record["urgent"] = json!(true);
    }
    if dice.one_in(6) {
        record["digest"] = json!(format!("r{index}"));
    }
    if dice.one_in(4) {
        record["seenAt"] = json!(dice.instant(-3, 0));
    }
    record
}

/// Calm and care.
fn rest(policy: &mut Value, dice: &mut Dice) {
    if dice.one_in(3) {
        policy["calm"] = json!({ "until": dice.pick(&["1d", "3d"]) });
    }
    if dice.one_in(3) {
        policy["calm"]["backOff"] = json!({ "ignored": 1 + dice.below(3), "for": dice.pick(&["20h", "7d"]) });
    }
    if dice.one_in(4) {
        policy["calm"]["balance"] = json!({ "promotions": dice.below(3), "per": dice.pick(&["20h", "7d"]) });
    }
    if dice.one_in(3) {
        policy["calm"]["largeOrder"] =
            json!({ "percent": dice.pick(&[100, 150, 300]), "for": dice.pick(&["20h", "7d"]) });
    }
    if dice.one_in(3) {
        policy["care"] = json!({ "replyWithin": "24h", "coolDown": dice.pick(&["1h", "3d"]), "backlogBrake": 2 });
        if dice.one_in(2) {
            policy["care"]["lowScore"] = json!(6);
        }
    }
}

fn wishes(customer: &mut Value, dice: &mut Dice) {
    let channels = ["onsite", "email", "push"];
    let mut wish = |key: &str, of: u64, value: Value| {
        if dice.one_in(of) {
            customer["wishes"][key] = value;
        }
    };
    wish("lessOften", 5, json!("3d"));
    wish(
        "quiet",
        5,
        json!([{ "from": "00:00", "to": "10:00" }, { "from": "23:00", "to": "02:30", "channels": ["onsite"] }]),
    );
    wish("topics", 5, json!(["tea"]));
    wish("spam", 12, json!([channels[1]]));
    wish("unsubscribed", 12, json!([channels[2]]));
    wish("avoid", 12, json!([channels[0]]));
    if dice.one_in(2) {
        customer["affinity"] = json!({ "tea": dice.below(100) });
    }
}
