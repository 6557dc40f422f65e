// Generated from the fields the engine reads by `cargo xtask generate`. Do not edit.

/** Epoch milliseconds, or an RFC 3339 text as `2026-12-31T09:00:00Z`. From 1970 to 9999. */
export type Instant = number | string;
/** A positive whole number and its unit: `90s`, `30m`, `20h`, `7d` (7 × 24 hours), `2w`. */
export type Duration = `${number}${"s" | "m" | "h" | "d" | "w"}`;
/** A date of the calendar, as `2026-12-31`. */
export type CivilDate = string;
/** A birthday, as `1990-12-31`, or without year as `--12-31`. */
export type BirthdayDate = string;
/** An amount in minor units of the shop's currency: 24.90 € is `2490`. */
export type Money = number;
/** A BCP 47 language tag, as `es-ES`. */
export type Locale = string;
/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The facts that a condition may name. Below `event`, `consent`, `affinity`, `attributes` and `forms` the names are free, as `attributes.vip`. */
export type Fact = "tier" | "phase" | "locale" | "language" | "country" | "postcode" | "tenureDays" | "promoter" | "segments" | "orders.count" | "orders.good" | "orders.returned" | "orders.value" | "orders.average" | "orders.margin" | "orders.cadence" | "daysSince.firstOrder" | "daysSince.order" | "daysSince.delivery" | "daysSince.contact" | "daysSince.case" | `contacts.${string}.count` | `contacts.${string}.daysSince` | `contacts.${string}.reaction` | `codes.${string}.held` | `codes.${string}.endsInDays` | "searches" | "families" | "skus" | "cases.open" | "conversations.unanswered" | "ratings.last" | "ratings.average" | "ratings.count" | "cart.total" | "cart.count" | "cart.families" | "event" | "consent" | "affinity" | "attributes" | "forms" | `${"event" | "consent" | "affinity" | "attributes" | "forms"}.${string}`;
/** A condition in MongoDB query syntax, as `{ "orders.good": { "$gte": 1 } }`. */
export type Condition = { [fact in Fact]?: Json } & { $and?: Condition[]; $or?: Condition[]; $nor?: Condition[]; $not?: Condition };
/** A campaign of any kind. */
export type Campaign = Access | Announcement | Apology | Birthday | CartReminder | Community | Content | HelpPrompt | HowTo | Milestone | NextOffer | NotFound | ParcelInsert | PreferenceQuestion | Referral | Replenishment | Review | ShippingCoupon | Surprise | Survey | ThankYou | TopActivity | WinBack;
/**
 * What is wrong with a policy or a request.
 * - `unknown-field`: there is no such field
 * - `missing-field`: a required field is missing
 * - `wrong-type`: a value of another type is expected
 * - `out-of-range`: the value is too small or too large
 * - `invalid-value`: the value has the right type and is not one that this field takes
 * - `duplicate-id`: two things have the same id, or an object in the text of a policy has a key twice
 * - `unknown-reference`: nothing has this name
 * - `unknown-operator`: no such operator in a condition
 * - `unknown-fact`: no such fact in a condition
 * - `not-allowed`: the value would be right elsewhere, and something forbids it here
 * - `too-large`: a text has more than 4,096 characters, a list more than 100,000 elements, a zone more than 10,000 rows, a policy more than 1,000 campaigns or 1 MiB; or the answer takes more than 3,000,000 steps
 * - `too-deep`: nested deeper than 32 levels
 * - `zone-table`: `zones` does not say what the policy asks, or its rows are wrong
 */
export type ProblemCode = "unknown-field" | "missing-field" | "wrong-type" | "out-of-range" | "invalid-value" | "duplicate-id" | "unknown-reference" | "unknown-operator" | "unknown-fact" | "not-allowed" | "too-large" | "too-deep" | "zone-table";
/** The reasons for which a message is shown. */
export type WhyCode = Reason["code"];
/** What a message may insert in braces, as `{givenName}`; the facts can be inserted too. */
export interface MessageParameters {
  /** the customer's given name */
  "givenName"?: Param & { type: "name" };
  /** the name of the shop */
  "shop.name"?: Param & { type: "text" };
  /** the person who signs the message: `shop.signer` */
  "signer"?: Param & { type: "name" };
  /** the code of the offer, for example `OTOÑO10` */
  "offer.code"?: Param & { type: "code" };
  /** the percentage that the offer takes off */
  "offer.percent"?: Param & { type: "percent" };
  /** the amount that the offer takes off */
  "offer.amount"?: Param & { type: "money" };
  /** the last day of the offer, in less than 48 hours with the hour */
  "offer.expires"?: Param & { type: "date" };
  /** the name of the article */
  "product.name"?: Param & { type: "text" };
  /** the price of the article now */
  "product.price"?: Param & { type: "money" };
  /** the address of the article's page */
  "product.url"?: Param & { type: "url" };
  /** the sku of the article */
  "product.sku"?: Param & { type: "code" };
  /** by how many percent the article is reduced */
  "reduction.percent"?: Param & { type: "percent" };
  /** the lowest price of the 30 days before the reduction */
  "reduction.from"?: Param & { type: "money" };
  /** the reduced price */
  "reduction.to"?: Param & { type: "money" };
  /** what is due beside the price at the customer's address */
  "surcharge.amount"?: Param & { type: "money" };
  /** the price and what is due beside it */
  "surcharge.total"?: Param & { type: "money" };
  /** what is due beside the price, for example `IGIC` */
  "surcharge.what"?: Param & { type: "text" };
  /** what shipping to the customer costs */
  "shipping.amount"?: Param & { type: "money" };
  /** the order total from which shipping is free */
  "shipping.freeFrom"?: Param & { type: "money" };
  /** how much the cart lacks to that total */
  "shipping.missing"?: Param & { type: "money" };
  /** the product family of the article that was ordered */
  "item.family"?: Param & { type: "text" };
  /** the sku of the article that was ordered */
  "item.sku"?: Param & { type: "code" };
  /** the `number` of the order, else its `id`; unknown for a purchase without both */
  "order.id"?: Param & { type: "code" };
  /** the total of the order */
  "order.total"?: Param & { type: "money" };
  /** the day of the order */
  "order.at"?: Param & { type: "date" };
  /** the day on which the birthday is celebrated */
  "birthday"?: Param & { type: "date" };
}

/** Every code of a refusal, with its gate and its figures. */
export interface RefusalCodes {
  /** The campaign has nothing to speak of now. Ends when its next occasion begins, if one is known. */
  "none": { gate: "occasion"; detail: NoneDetail };
  /** The campaign's `audience` does not hold for the customer. Ends when a fact that changes with time makes it hold, for example `daysSince.order`. */
  "not-in-audience": { gate: "audience"; detail: NotInAudienceDetail };
  /** The customer is in a phase in which campaigns of this kind do not speak. Ends when the phase changes with time. */
  "not-in-phase": { gate: "kind"; detail: NotInPhaseDetail };
  /** The kind asks for something that is not true of the customer, the campaign is `paused`, the browser keeps nothing, or the server does not answer. Ends when time makes it true, for example when a birthday has been known for 30 days. */
  "not-allowed": { gate: "kind"; detail: NotAllowedDetail };
  /** The customer never gave consent to this channel. Relational and promotional contacts need consent on email, push, sms, phone and social. Does not end by itself. */
  "not-given": { gate: "consent"; detail: NotGivenDetail };
  /** The customer refused this channel. That stops all but transactional contacts on it. A later consent does not undo `unsubscribed` or `spam`. Does not end by itself. */
  "withdrawn": { gate: "consent"; detail: WithdrawnDetail };
  /** The customer would rather not hear from this channel. Does not end by itself. */
  "not-this-channel": { gate: "wishes"; detail: NotThisChannelDetail };
  /** The customer wants at most one contact in some time, and the latest contact is more recent than that. Ends when that time has passed since the latest contact. */
  "less-often": { gate: "wishes"; detail: LessOftenDetail };
  /** The customer does not want messages at this time of day. Ends when that time is over. */
  "not-now": { gate: "wishes"; detail: NotNowDetail };
  /** The campaign's topic is not one of those the customer chose. Does not end by itself. */
  "topic": { gate: "wishes"; detail: TopicDetail };
  /** A complaint is not solved, an incident of an order is not resolved, or a low rating counts as a case. A low rating alone never holds a `review`, because `review` must ask every customer. Ends when a date in the request says that it is over. */
  "case-open": { gate: "care"; detail: CaseOpenDetail };
  /** A question of the customer is neither answered nor solved. Ends when a date in the request says that it is. */
  "unanswered": { gate: "care"; detail: UnansweredDetail };
  /** A complaint was solved less than `care.coolDown` ago. Ends when that time has passed. */
  "cool-down": { gate: "care"; detail: CoolDownDetail };
  /** More conversations of the whole shop wait for an answer than `care.backlogBrake` allows. Does not end by itself. */
  "backlog": { gate: "care"; detail: BacklogDetail };
  /** Too many customers leave: of 1,000 contacts of the whole shop more unsubscribe or are reported as spam than `care.fatigueBrake` allows. Holds promotional contacts. Does not end by itself. */
  "fatigue": { gate: "care"; detail: FatigueDetail };
  /** The customer's interest in the topic (`affinity`, 0 to 100) is less than the campaign's `floor`. Does not end by itself. */
  "below-floor": { gate: "relevance"; detail: BelowFloorDetail };
  /** The customer's interest in the topic (`affinity`) is not known. A question can be asked instead: name it as the campaign's `substitute`. Does not end by itself. */
  "affinity-unknown": { gate: "relevance"; detail: AffinityUnknownDetail };
  /** A contact was already made about this occasion, or the campaign speaks only once to each customer and has done so. Ends when an unused reservation runs out, or when there is a new occasion. */
  "already-spoken": { gate: "repeat"; detail: AlreadySpokenDetail };
  /** Less time than the campaign's `repeat`, or than its kind's own gap, has passed since the last contact. Ends when that time has passed. */
  "too-soon": { gate: "repeat"; detail: TooSoonDetail };
  /** An order is on its way, or it arrived less than `calm.until` ago. Ends `calm.until` after the delivery. */
  "after-purchase": { gate: "calm"; detail: AfterPurchaseDetail };
  /** The customer ignored the latest promotional contacts, at least `calm.backOff.ignored` in a row. Ends `calm.backOff.for` after the latest of them. */
  "back-off": { gate: "calm"; detail: BackOffDetail };
  /** An order was large: at least `calm.largeOrder.percent` of the average of those before it. Ends `calm.largeOrder.for` after that order. */
  "large-order": { gate: "calm"; detail: LargeOrderDetail };
  /** In the time `calm.balance.per` there were as many promotional contacts as allowed: `calm.balance.promotions` for each relational contact, or `calm.balance.promotions` in all if there was none. Ends when enough promotional contacts are older than that time. */
  "balance": { gate: "calm"; detail: BalanceDetail };
  /** A limit is full. If several are full, the figures are of the one that frees latest among those without `urgent`. Ends when no such limit is full; `retryAt` waits for full limits with `urgent` too. */
  "limit-full": { gate: "limits"; detail: LimitFullDetail };
  /** Only limits with `urgent` are full. If several are, the figures are of the one that frees latest. Ends when none of them is full. */
  "urgency": { gate: "limits"; detail: UrgencyDetail };
  /** It is a quiet time of the policy (`quietHours`) for the campaign's channel, where the customer is. Ends when that time is over. */
  "quiet": { gate: "quiet-hours"; detail: QuietDetail };
  /** In this day, week, month or year of the shop's calendar the offer was given as often as its `budget` allows. Ends when the next one begins. Or the request does not say how often (`shop.issued`); this does not end by itself. */
  "spent": { gate: "budget"; detail: SpentDetail };
  /** The customer got this offer less than its `again` ago. Ends when that time has passed. */
  "already-given": { gate: "budget"; detail: AlreadyGivenDetail };
  /** The offer has a `marginShare`, and the margin of an order or the cost of the offer is not known. Does not end by itself. */
  "margin-unknown": { gate: "budget"; detail: MarginUnknownDetail };
  /** The offer costs more than `marginShare` percent of the customer's average margin. Does not end by itself. */
  "over-share": { gate: "budget"; detail: OverShareDetail };
  /** The offer needs a code for this customer alone (`personal`). Ends when `customer.codes` has one that has not expired and that no other contact uses. */
  "not-issued": { gate: "budget"; detail: NotIssuedDetail };
  /** This customer cannot redeem the offer now. Ends when the offer begins. */
  "offer-not-live": { gate: "honesty"; detail: OfferNotLiveDetail };
  /** The article is out of stock. Does not end by itself. */
  "out-of-stock": { gate: "honesty"; detail: OutOfStockDetail };
  /** Too many articles of the product family were not as described, so its promotions pause. Does not end by itself. */
  "not-as-described": { gate: "honesty"; detail: NotAsDescribedDetail };
  /** The offer is for an article that the customer already owns or would not want, and this kind of campaign does not offer such articles. Ends when a date changes that. */
  "unwanted": { gate: "honesty"; detail: UnwantedDetail };
  /** The catalogue has no article that this customer could want. Ends when a date changes that. */
  "nothing-to-suggest": { gate: "honesty"; detail: NothingToSuggestDetail };
  /** Every variant of the message is left out, at least one of them because what it claims is not proved. Ends when a price or a date changes that. */
  "claim-unproven": { gate: "honesty"; detail: ClaimUnprovenDetail };
  /** The raffle lacks terms, a prize or a draw in the future, or an earlier raffle lacks its winner. */
  "raffle-unproven": { gate: "honesty"; detail: RaffleUnprovenDetail };
  /** The message shows a price and does not name what else is due at the customer's destination, or that shipping there costs more. */
  "surcharge-unstated": { gate: "honesty"; detail: SurchargeUnstatedDetail };
  /** No variant of the message can be used, because each inserts a parameter that is unknown for this customer. */
  "parameter-missing": { gate: "honesty"; detail: ParameterMissingDetail };
  /** Others go before it. Either there is not room for all before they close, and rank decides; or this instant is full. */
  "outranked": { gate: "arbitration"; detail: OutrankedDetail };
  /** If this campaign spoke now, another could not be heard before it closes, for example a birthday. This one can wait. */
  "slot-kept": { gate: "arbitration"; detail: SlotKeptDetail };
  /** The page has no such placement. `retryAt` is null, because no later instant changes that. */
  "no-place": { gate: "arbitration"; detail: NoPlaceDetail };
}
/** Why a campaign is held back. */
export type RefusalCode = keyof RefusalCodes;
/** A gate that refuses, or `arbitration`. */
export type RefusalGate = RefusalCodes[RefusalCode]["gate"];
/** What a gate says: `code` tells which figures `detail` has. */
export type Refusal = { [code in RefusalCode]: { gate: RefusalCodes[code]["gate"]; code: code; detail: RefusalCodes[code]["detail"] } }[RefusalCode];

export interface NoneDetail {
}

export interface NotInAudienceDetail {
}

export interface NotInPhaseDetail {
  /** the customer's phase */
  phase: "illusion" | "letdown" | "trust" | "identification" | "lapsed";
  /** the phases in which the campaign may speak */
  phases: ("illusion" | "letdown" | "trust" | "identification" | "lapsed")[];
}

export interface NotAllowedDetail {
  /** what the kind asks for; `store`: the browser keeps nothing, and the policy's `page.withoutStore` lets no campaign of this class speak there; `server`: the shop's server does not answer, and `page.withoutServer` lets none; `paused`: the policy has paused the campaign */
  demand: "store" | "server" | "paused" | "birthday-known" | "tenure" | "no-open-case" | "advocate";
  /** of `birthday-known` and `tenure`: the instant from which the days are counted; null: unknown */
  since: number | null;
  /** of `birthday-known` and `tenure`: how many days it takes */
  days: number | null;
}

export interface NotGivenDetail {
  /** the campaign's channel */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** always `consent` here */
  by: "consent";
}

export interface WithdrawnDetail {
  /** the campaign's channel */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where the no was said: in `consent`, or in the wish `unsubscribed` or `spam` */
  by: "consent" | "unsubscribed" | "spam";
}

export interface NotThisChannelDetail {
  /** the campaign's channel */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
}

export interface LessOftenDetail {
  /** the time of the latest contact */
  last: number;
  /** what the customer wishes, in milliseconds */
  gap: number;
}

export interface NotNowDetail {
  /** the customer's zone; null: it is unknown, so the message waits while it is such a time in any zone of the request */
  zone: string | null;
  /** the end of that time */
  until: number;
}

export interface TopicDetail {
  /** the campaign's topic */
  topic: string;
}

export interface CaseOpenDetail {
  /** how many cases are open */
  open: number;
}

export interface UnansweredDetail {
  /** how many questions */
  unanswered: number;
}

export interface CoolDownDetail {
  /** the end of that time */
  until: number;
}

export interface BacklogDetail {
  /** how many wait */
  unanswered: number;
  /** how many may */
  brake: number;
}

export interface FatigueDetail {
  /** how many of 1,000 */
  fatigue: number;
  /** how many may */
  brake: number;
  /** the campaigns over the brake by `shop.fatigueBy`, the worst first */
  campaigns: string[];
}

export interface BelowFloorDetail {
  /** the campaign's topic, a key of the customer's `affinity` */
  affinity: string;
  /** the least affinity the campaign asks for */
  floor: number;
  /** the customer's affinity */
  value: number;
}

export interface AffinityUnknownDetail {
  /** the campaign's topic, a key of the customer's `affinity` */
  affinity: string;
  /** the least affinity the campaign asks for */
  floor: number;
  /** always null here */
  value: number | null;
}

export interface AlreadySpokenDetail {
  /** the key of the occasion, as in the contact; of a campaign without occasions of its own, as `announcement`, the instant of its last contact */
  occurrence: string;
}

export interface TooSoonDetail {
  /** the time of the last contact */
  last: number;
  /** the least time between two contacts, in milliseconds */
  gap: number;
}

export interface AfterPurchaseDetail {
  /** the order; null: it has no id */
  order: string | null;
  /** the instant at which it ends */
  until: number;
}

export interface BackOffDetail {
  /** `calm.backOff.ignored` of the policy, however many were ignored */
  ignored: number;
  /** the instant at which it ends */
  until: number;
}

export interface LargeOrderDetail {
  /** the order; null: it has no id */
  order: string | null;
  /** its total */
  total: number;
  /** the average total of the orders before it */
  average: number;
  /** the instant at which it ends */
  until: number;
}

export interface BalanceDetail {
  /** how many promotional contacts there were in that time */
  promotions: number;
  /** how many relational contacts there were in that time */
  relational: number;
}

export interface LimitFullDetail {
  /** the limit's id */
  limit: string;
  /** how many contacts it allows */
  max: number;
  /** how many contacts count now; an ignored one counts `ignoredAs` times */
  counted: number;
  /** its window, as the policy writes it */
  per: Duration | "day" | "week" | "month" | "year";
}

export interface UrgencyDetail {
  /** the limit's id */
  limit: string;
  /** how many urgent contacts it allows */
  max: number;
  /** how many contacts count now; an ignored one counts `ignoredAs` times */
  counted: number;
  /** its window, as the policy writes it */
  per: Duration | "day" | "week" | "month" | "year";
}

export interface QuietDetail {
  /** the customer's zone; null: it is unknown, so the message waits while it is quiet in any zone of the request */
  zone: string | null;
  /** the end of the quiet time */
  until: number;
}

export interface SpentDetail {
  /** the offer */
  offer: string;
  /** how often it may be given */
  max: number;
  /** how often it was given; null: the request does not say, as `shop.issued` is absent */
  issued: number | null;
}

export interface AlreadyGivenDetail {
  /** the offer */
  offer: string;
  /** when it was given */
  last: number;
  /** `again` in milliseconds; null: the offer is given only once to each customer */
  gap: number | null;
}

export interface MarginUnknownDetail {
  /** the offer */
  offer: string;
}

export interface OverShareDetail {
  /** the offer */
  offer: string;
  /** what it costs */
  cost: number;
  /** the average margin of the customer's orders */
  margin: number;
  /** how many percent of it the offer may cost */
  share: number;
}

export interface NotIssuedDetail {
  /** what to ask the server for; null while another gate refuses too */
  issue: CodeToIssue | null;
}

export interface OfferNotLiveDetail {
  /** the offer */
  offer: string;
  /** `begins`: the offer has not begun; `over`: it has ended; `destination`: it is not valid where the customer's parcels go; `unknown`: its article is not in the catalogue; `free`: its article costs nothing, or shipping there or of the cart costs nothing already */
  reason: "begins" | "over" | "destination" | "unknown" | "free";
}

export interface OutOfStockDetail {
  /** the article */
  sku: string;
}

export interface NotAsDescribedDetail {
  /** the product family */
  family: string | null;
  /** how many articles were not as described */
  count: number;
  /** the number from which on promotions pause */
  pause: number;
}

export interface UnwantedDetail {
  /** the article */
  sku: string;
}

export interface NothingToSuggestDetail {
}

export interface ClaimUnprovenDetail {
  /** the first claim that does not hold; `offer`: the offer is for another article */
  claim: "reduction" | "price" | "fact" | "stock" | "freeShippingFrom" | "offer";
  /** the article that the claim is about */
  sku: string | null;
  /** the figure or the word that the text claims */
  claimed: any | null;
  /** what the text could claim: a percentage, an amount, a stock, or the article's `claims` */
  allowed: any | null;
  /** of a reduction: the lowest price of the 30 days before it */
  lowest: number | null;
  /** of a reduction: when the article began to have that price */
  since: number | null;
}

export interface RaffleUnprovenDetail {
  /** the raffle */
  raffle: string;
  /** the fields that the raffle lacks */
  missing: ("terms" | "prize" | "drawAt")[];
  /** the raffles that were drawn and whose winner is not published */
  withoutWinner: string[];
}

export interface SurchargeUnstatedDetail {
  /** what is due, for example `IGIC`; `shipping`: shipping there costs more than at home; null: it is unknown whether anything is due */
  what: string | null;
}

export interface ParameterMissingDetail {
  /** the names of the parameters that are unknown; null: the message has no text for this customer's locale */
  parameters: string[] | null;
}

export interface OutrankedDetail {
  /** who would close unheard if it spoke, or who has its place or its offer; null: `arbitration.contacts` is 0 */
  by: string | null;
  /** when it is to speak if the customer comes: a forecast, no promise; null: there is no room for it */
  plannedAt: number | null;
}

export interface SlotKeptDetail {
  /** that campaign */
  for: string;
  /** when that campaign closes: the end of its occasion, or of the patience with it */
  until: number;
  /** when it is to speak if the customer comes: a forecast, no promise */
  plannedAt: number | null;
}

export interface NoPlaceDetail {
  /** the campaign's placement */
  placement: string;
}

export interface CodeToIssue {
  /** the offer the code is for */
  offer: string;
  /** the id of the contact that will carry it */
  contact: string;
  /** the campaign */
  campaign: string;
  /** the customer's id; null: a guest */
  customer: string | null;
  /** what the contact is about */
  occurrence: string;
  /** when it was decided, epoch milliseconds */
  at: number;
  /** when the code must expire; null: nothing ends it */
  expiresAt: number | null;
}

export interface Policy {
  /** where an editor finds the JSON Schema; the engine ignores it */
  "$schema"?: string | null;
  /** of which policy this is the published part; `querencia publish` writes it */
  seal?: Seal | null;
  /** the version of the contract: 1 */
  querencia: 1;
  /** the shop */
  shop: Shop;
  /** which customers have which tier */
  tiers?: Tiers | null;
  /** how many contacts a customer may get in a time; absent: no limit */
  limits?: Limit[] | null;
  /** when some channels are not used; absent: never */
  quietHours?: QuietHours[] | null;
  /** when promotional contacts pause; absent: never */
  calm?: Calm | null;
  /** customer care that comes before promotional contacts; absent: none */
  care?: Care | null;
  /** which customers are in which phase */
  phases?: Phases | null;
  /** the customers who get no campaigns, to measure what campaigns change; absent: nobody */
  holdout?: Holdout | null;
  /** how many campaigns of one decision are used */
  arbitration?: Arbitration | null;
  /** what a page may say where it lacks something */
  page?: Page | null;
  /** what messages must prove or state */
  honesty?: Honesty | null;
  /** named conditions; the fact `segments` lists those that hold */
  segments?: { [name: string]: Condition } | null;
  /** the offers that campaigns may carry, by id */
  offers?: { [name: string]: Offer } | null;
  /** the campaigns */
  campaigns: Campaign[];
  /** the messages, by id, then by locale */
  messages: { [name: string]: { [name: string]: Variant[] } };
  /** this is a part of a policy: the campaigns and offers of the other parts that this part names, or whose contacts it counts; `querencia publish` writes it */
  elsewhere?: Elsewhere[] | null;
}

export interface Seal {
  /** of which release the engine is that reads the compiled form */
  format: string;
  /** what the policy needs of an engine */
  features: string[];
  /** the hash of the whole policy, which decisions and records carry */
  policy: string;
  /** the hash of what follows the seal */
  sha256: string;
}

export interface Shop {
  /** the name that customers know */
  name: string;
  /** ISO 4217, for example `EUR`; all money is in its minor units */
  currency: string;
  /** ISO 3166, for example `ES` */
  country?: string | null;
  /** IANA name of the shop's time zone, for example `Europe/Madrid`; its days, weeks, months and years count */
  zone: string;
  /** BCP 47, for example `es-ES`; the first is the shop's own language */
  locales: Locale[];
  /** usual days from shipment to delivery, by region: a country as `ES`, a country and the start of a postcode as `ES-35`, or `*` for all others */
  deliveryDays?: { [name: string]: number } | null;
  /** how messages address customers who chose no form, formal as `usted` or informal as `tú`; absent: in the order of the variants */
  form?: "formal" | "informal" | null;
  /** the name of the person who signs each message */
  signer?: string | null;
}

export interface Tiers {
  /** the condition for the tier `known`; absent: one good order and no open case */
  known?: Condition | null;
  /** the condition for the tier `advocate`; absent: three good orders, no open case, none solved less than 30 days ago, and a latest rating of 9 or 10 */
  advocate?: Condition | null;
}

export interface Limit {
  /** the name of the limit in refusals */
  id: string;
  /** how many contacts are allowed; 0: none */
  max: number;
  /** a rolling window as `7d`, or a calendar unit in the shop's zone: `day`, `week`, `month` or `year` */
  per: Duration | "day" | "week" | "month" | "year";
  /** applies only to customers of this tier */
  tier?: "unknown" | "known" | "advocate" | null;
  /** applies only to this class, and counts only this class */
  class?: "relational" | "promotional" | null;
  /** applies only to this channel, and counts only this channel */
  channel?: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social" | null;
  /** applies only to this campaign or these campaigns, and counts only them */
  campaign?: string | string[] | null;
  /** applies only to campaigns of this topic, and counts only contacts of such campaigns */
  topic?: string | null;
  /** applies only to this placement on the page, and counts only contacts there */
  placement?: string | null;
  /** applies only to customers for whom this condition holds */
  when?: Condition | null;
  /** true: applies only to urgent contacts, and counts only those */
  urgent?: boolean | null;
  /** how many contacts an ignored one counts as; absent: 1 */
  ignoredAs?: number | null;
}

export interface QuietHours {
  /** the customer's local time at which quiet hours begin, for example `22:00` */
  from: string;
  /** the local time at which they end; the next day, if it is earlier than `from`; at most `24:00` */
  to: string;
  /** the channels that are not used then; absent: all except `onsite` and `post` */
  channels?: ("onsite" | "email" | "push" | "sms" | "phone" | "post" | "social")[] | null;
  /** only for customers there: a country (`ES`) or the beginning of a postcode (`ES-08`); those whose country or postcode is unknown may be there; absent: everywhere */
  places?: string[] | null;
  /** the weekdays on which they begin; with `dates`: these weekdays and those dates; absent: every day */
  days?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[] | null;
  /** the dates on which they begin: `2026-12-25`, or every year `--12-25` */
  dates?: (CivilDate | BirthdayDate)[] | null;
}

export interface Calm {
  /** promotional contacts pause from a purchase until this time after its delivery; absent: no pause */
  until?: Duration | null;
  /** promotional contacts pause when the customer ignores them; absent: no pause */
  backOff?: BackOff | null;
  /** promotional contacts are limited by the number of relational ones; absent: no such limit */
  balance?: Balance | null;
  /** promotional contacts pause after an unusually large order; absent: no pause */
  largeOrder?: LargeOrder | null;
}

export interface BackOff {
  /** how many promotional contacts in a row the customer ignored */
  ignored: number;
  /** how long the pause lasts, counted from the latest of them */
  for: Duration;
}

export interface Balance {
  /** how many promotional contacts are allowed for each relational contact */
  promotions: number;
  /** the time in which contacts are counted, for example `30d` */
  per: Duration;
}

export interface LargeOrder {
  /** an order is large from this percentage of the average of the earlier orders on, for example 300; at least two earlier orders are needed */
  percent: number;
  /** how long the pause lasts, counted from the order */
  for: Duration;
}

export interface Care {
  /** how soon a conversation must be answered; gives the tasks `reply`; absent: no such tasks, and `24h` for other tasks */
  replyWithin?: Duration | null;
  /** how soon a conversation that was answered must be solved, counted from what the customer wrote; gives the tasks `solve`; absent: no such tasks */
  solveWithin?: Duration | null;
  /** the business hours, or a list of them: 9:00 to 14:00 and 17:00 to 20:00; `replyWithin` and `solveWithin` count only these; absent: every hour counts */
  hours?: BusinessHours | BusinessHours[] | null;
  /** gives the task `neglect` when the customer had no relational contact for this time after the delivery of an order; absent: no such tasks */
  neglectAfter?: Duration | null;
  /** how long promotional contacts pause after a complaint is solved; absent: no pause */
  coolDown?: Duration | null;
  /** a rating of at most this is an open case until somebody cares for it, for at most 90 days; absent: no rating is */
  lowScore?: number | null;
  /** promotional contacts wait while the whole shop has more unanswered conversations than this */
  backlogBrake?: number | null;
  /** promotional contacts wait while more than this unsubscribe or report spam, of 1,000 contacts of the whole shop (`shop.fatigue` of the request) */
  fatigueBrake?: number | null;
}

export interface BusinessHours {
  /** the weekdays on which somebody answers; at least one */
  days: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun")[];
  /** the local time, in the shop's zone, at which somebody starts to answer */
  from: string;
  /** the local time at which they stop, on the same day; at most `24:00` */
  to: string;
  /** the dates on which nobody answers, in this span and in the others: `2026-12-24`, or every year `--12-25` */
  closed?: (CivilDate | BirthdayDate)[] | null;
}

export interface Phases {
  /** how many good orders a customer needs for the phase `identification`; absent: 3 */
  goodOrders?: number | null;
  /** a customer whose latest order is older than this is in the phase `lapsed`; absent: 365d */
  lapsedAfter?: Duration | null;
  /** an order that was delivered less than this ago is a reason for the phase `letdown` until the customer gives a rating of 7 or more after it: ask before selling; absent: no such reason */
  settle?: Duration | null;
  /** true: customers in the phase `letdown` get no promotional contacts */
  holdPromotions?: boolean | null;
}

export interface Holdout {
  /** the share of the customers with an id, from 0 to 1; 0.1 is 10 % */
  share: number;
  /** another text selects other customers */
  salt: string;
}

export interface Arbitration {
  /** how many contacts one decision may make; obligations, transactional and service contacts are not counted; absent: 1 */
  contacts?: number | null;
  /** how long a campaign whose occasion has no end can wait for its turn, for example `7d`; absent: `7d` */
  patience?: Duration | null;
}

export interface Page {
  /** what a page may say in a browser that keeps nothing, where no limit can be held: `service`: contacts of class transactional and service; `relational`: those of class relational too; absent: `service` */
  withoutStore?: "nothing" | "service" | "relational" | "all" | null;
  /** what a page that has a server may say while the server does not answer, where limits hold in this browser alone: the words are those of `withoutStore`; absent: `relational` */
  withoutServer?: "nothing" | "service" | "relational" | "all" | null;
}

export interface Honesty {
  /** promotions of a product family pause from this number in the catalogue's `notAsDescribed` on; absent: 1 */
  notAsDescribed?: number | null;
  /** true: a person signs each message, so `shop.signer` is required */
  signer?: boolean | null;
  /** true: the field `benefit` is required in each variant of each message */
  benefit?: boolean | null;
}

export interface Offer {
  /** the percentage off; 10 is 10 % */
  percent?: number | null;
  /** the amount off, in minor units */
  amount?: number | null;
  /** `free`: shipping is free */
  shipping?: "free" | null;
  /** the name of what the customer gets access to, for example `preview` */
  access?: string | null;
  /** how long the offer is valid, counted from the contact */
  validFor?: Duration | null;
  /** true: each customer needs a code of their own, which the server issues; the code expires, so `validFor` or `until` is required */
  personal?: boolean | null;
  /** how often the whole shop may give the offer; absent: without limit */
  budget?: Budget | null;
  /** the least time between two contacts that give the offer to one customer, for example `90d`; `never`: only once; absent: any time */
  again?: Duration | "never" | null;
  /** how many percent of the margin expected of the customer the offer may cost */
  marginShare?: number | null;
  /** what the offer costs the shop, in minor units, for `marginShare`; absent: `amount`, or `percent` of the average order */
  cost?: number | null;
  /** true: it may be given in one decision with another offer that says so too; absent: one offer at a time */
  stacks?: boolean | null;
  /** true: the offer is for new customers; existing customers must be able to get one that is as good */
  acquisition?: boolean | null;
  /** a code that everybody may use, for example `OTOÑO10`; personal codes come with the customer instead (`customer.codes`) */
  code?: string | null;
  /** true: the shop's platform itself holds the code to `again`, so the code may be in a page that everybody can read; the engine ignores it */
  enforced?: boolean | null;
  /** the instant at which the offer begins, or the date in the shop's zone; absent: it has begun */
  from?: Instant | CivilDate | null;
  /** the instant at which the offer ends, or its last date in the shop's zone; absent: it does not end */
  until?: Instant | CivilDate | null;
  /** the only article that the offer is valid for; absent: every article */
  sku?: string | null;
  /** the only regions where the offer can be redeemed: a country as `ES`, or a country and the start of a postcode as `ES-35`; absent: everywhere, but free shipping not in a region for which the catalogue has costs of its own */
  to?: string[] | null;
  /** the regions where the offer cannot be redeemed, written as in `to` */
  notTo?: string[] | null;
}

export interface Budget {
  /** how often the whole shop may give the offer */
  max: number;
  /** in which calendar unit of the shop's zone */
  per: "day" | "week" | "month" | "year";
}

export interface Access {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "access";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** the event at which it speaks, by its GA4 name, as `add_to_cart`; absent: at any moment */
  event?: string | null;
  /** the first date on which it speaks, in the shop's zone; absent: from now on */
  from?: CivilDate | null;
  /** the last date on which it speaks, in the shop's zone; absent: it does not end */
  until?: CivilDate | null;
}

export interface Suggest {
  /** only articles of these product families; absent: of any */
  families?: string[] | null;
}

export interface Relevance {
  /** the topic: a key of the customer's `affinity`, for example `tea` */
  affinity: string;
  /** the lowest affinity at which the campaign may speak, 0 to 100 */
  floor: number;
}

export interface Announcement {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "announcement";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** the event at which it speaks, by its GA4 name, as `add_to_cart`; absent: at any moment */
  event?: string | null;
  /** the first date on which it speaks, in the shop's zone; absent: from now on */
  from?: CivilDate | null;
  /** the last date on which it speaks, in the shop's zone; absent: it does not end */
  until?: CivilDate | null;
}

export interface Apology {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "apology";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** only these kinds of incident; absent: any kind */
  incidents?: ("late" | "payment" | "stock" | "not-as-described")[] | null;
}

export interface Birthday {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "birthday";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how many days before the birthday it begins to speak, as `3d`; absent: on the day; `lead` and `grace` together stay under 300 days */
  lead?: Duration | null;
  /** how many days after the birthday it still speaks, as `7d`; absent: only until the day is over */
  grace?: Duration | null;
  /** the date on which a birthday of 29 February is kept in years without that day; absent: feb-28 */
  leapDay?: "feb-28" | "mar-1" | null;
  /** the message to use before the birthday; absent: `message` */
  early?: string | null;
  /** the message to use after the birthday; absent: `message` */
  belated?: string | null;
}

export interface CartReminder {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "cartReminder";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how long after `cart.at` it speaks; absent: 4h */
  after?: Duration | null;
}

export interface Community {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "community";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how many whole days after the order or its delivery it begins to speak, as `7d`; absent: the default of its kind */
  after?: Duration | null;
  /** for how long it may speak from then on, as `30d`; absent: the default of its kind */
  within?: Duration | null;
  /** only orders or articles of these product families; absent: of any family */
  families?: string[] | null;
}

export interface Content {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "content";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how many whole days after the order or its delivery it begins to speak, as `7d`; absent: the default of its kind */
  after?: Duration | null;
  /** for how long it may speak from then on, as `30d`; absent: the default of its kind */
  within?: Duration | null;
  /** only orders or articles of these product families; absent: of any family */
  families?: string[] | null;
}

export interface HelpPrompt {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "helpPrompt";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
}

export interface HowTo {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "howTo";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how many whole days after the order or its delivery it begins to speak, as `7d`; absent: the default of its kind */
  after?: Duration | null;
  /** for how long it may speak from then on, as `30d`; absent: the default of its kind */
  within?: Duration | null;
  /** only orders or articles of these product families; absent: of any family */
  families?: string[] | null;
}

export interface Milestone {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "milestone";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** the number of the order to celebrate, as 10; give one of `orders`, `spend` and `years` */
  orders?: number | null;
  /** the sum of their orders to celebrate, in minor units, without what was returned or refunded: 50000 is 500 € */
  spend?: number | null;
  /** true: celebrates each anniversary of the first order */
  years?: boolean | null;
  /** with `years`: how many days before the anniversary it begins to speak; absent: on the day */
  lead?: Duration | null;
  /** with `years`: how many days after the anniversary it still speaks; absent: only until the day is over */
  grace?: Duration | null;
}

export interface NextOffer {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "nextOffer";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how many whole days after the order or its delivery it begins to speak, as `7d`; absent: the default of its kind */
  after?: Duration | null;
  /** for how long it may speak from then on, as `30d`; absent: the default of its kind */
  within?: Duration | null;
  /** only orders or articles of these product families; absent: of any family */
  families?: string[] | null;
}

export interface NotFound {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "notFound";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
}

export interface ParcelInsert {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "parcelInsert";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how many whole days after the order or its delivery it begins to speak, as `7d`; absent: the default of its kind */
  after?: Duration | null;
  /** for how long it may speak from then on, as `30d`; absent: the default of its kind */
  within?: Duration | null;
  /** only orders or articles of these product families; absent: of any family */
  families?: string[] | null;
}

export interface PreferenceQuestion {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "preferenceQuestion";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** one of this many contacts is the question: with 5, it is asked after four other contacts, before relational and promotional campaigns; absent: at any visit */
  every?: number | null;
}

export interface Referral {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "referral";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how many whole days after the order or its delivery it begins to speak, as `7d`; absent: the default of its kind */
  after?: Duration | null;
  /** for how long it may speak from then on, as `30d`; absent: the default of its kind */
  within?: Duration | null;
  /** only orders or articles of these product families; absent: of any family */
  families?: string[] | null;
}

export interface Replenishment {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "replenishment";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how many whole days before the article is used up it begins to speak; absent: 3d */
  lead?: Duration | null;
  /** whether orders are compared by article or by product family: with `family`, any coffee replaces any other; absent: sku */
  by?: "sku" | "family" | null;
  /** only articles of these product families; absent: of any family */
  families?: string[] | null;
}

export interface Review {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "review";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how many whole days after the order or its delivery it begins to speak, as `7d`; absent: the default of its kind */
  after?: Duration | null;
  /** for how long it may speak from then on, as `30d`; absent: the default of its kind */
  within?: Duration | null;
  /** only orders or articles of these product families; absent: of any family */
  families?: string[] | null;
}

export interface ShippingCoupon {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "shippingCoupon";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** the event at which it speaks, by its GA4 name, as `add_to_cart`; absent: at any moment */
  event?: string | null;
  /** the first date on which it speaks, in the shop's zone; absent: from now on */
  from?: CivilDate | null;
  /** the last date on which it speaks, in the shop's zone; absent: it does not end */
  until?: CivilDate | null;
}

export interface Surprise {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "surprise";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** which part of the customers the draw picks, of those with an id: 0.01 is one in a hundred */
  share: number;
  /** there is one draw in each of these, in the shop's zone; absent: month */
  per?: "week" | "month" | "year" | null;
}

export interface Survey {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "survey";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how many whole days after the order or its delivery it begins to speak, as `7d`; absent: the default of its kind */
  after?: Duration | null;
  /** for how long it may speak from then on, as `30d`; absent: the default of its kind */
  within?: Duration | null;
  /** only orders or articles of these product families; absent: of any family */
  families?: string[] | null;
}

export interface ThankYou {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "thankYou";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
}

export interface TopActivity {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "topActivity";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** the lowest `activity` of a customer to whom it speaks, a percentile; absent: 95 */
  floor?: number | null;
  /** it speaks once in each of these, in the shop's zone; absent: year */
  per?: "month" | "year" | null;
}

export interface WinBack {
  /** names the campaign in decisions and in the ledger; never change it */
  id: string;
  /** what kind of campaign it is */
  kind: "winBack";
  /** how it reaches the customer */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** where on the page the message appears; required with the channel `onsite` */
  placement?: string | null;
  /** one that its kind may say; absent: the class of the kind; a campaign with an offer, a suggestion or a price is always promotional */
  class?: "transactional" | "service" | "relational" | "promotional" | null;
  /** the customers it is for; absent: everybody */
  audience?: Condition | null;
  /** where there is not room for both, the campaign with the larger weight speaks; absent: 0 */
  weight?: number | null;
  /** the id of the offer that the message carries */
  offer?: string | null;
  /** suggests the first article of the catalogue that this customer could want; makes the campaign promotional */
  suggest?: Suggest | null;
  /** the id of its message */
  message: string;
  /** what happens when a gate refuses the campaign; absent: `defer`, the campaign is decided again later */
  disposition?: "defer" | "drop" | "digest" | "substitute" | null;
  /** the id of the campaign that is used while this one is refused; only with the disposition `substitute` */
  substitute?: string | null;
  /** true: the message urges the customer to act soon; limits with `urgent` count it */
  urgent?: boolean | null;
  /** the topic of the message; customers who chose topics get only those */
  topic?: string | null;
  /** how much the customer must like its topic */
  relevance?: Relevance | null;
  /** true: it does not speak until this is removed; what it has said still counts */
  paused?: boolean | null;
  /** the least time between two contacts of this campaign, for example `30d`; `never`: only one contact */
  repeat?: Duration | "never" | null;
  /** how long after the latest order it speaks to a customer with fewer than three orders; absent: 180d */
  after?: Duration | null;
  /** after which percentage of the customer's usual time between orders it speaks: with 150 and an order every 30 days, after 45 days; absent: 150 */
  factor?: number | null;
}

export interface Variant {
  /** one line */
  title?: string | null;
  /** plain text; `{name}` inserts a parameter, `{n, plural, one {# order} other {# orders}}` counts */
  body: string;
  /** an invitation to share the message, a template as the body; left out while a case or an incident is open, and for 30 days after a complaint */
  share?: string | null;
  /** a link below the text */
  action?: Action | null;
  /** a picture above the text */
  image?: Image | null;
  /** how it addresses the reader, formal as `usted` or informal as `tú`; absent: the wording suits both */
  form?: "formal" | "informal" | null;
  /** true: it is a joke, which is not used while the customer has an open case or an order an open incident */
  humour?: boolean | null;
  /** why the message is useful to the reader, plain text; shown to readers who ask why they see the message */
  benefit?: string | null;
  /** what the text claims; the variant is used only while every claim holds for this customer */
  claims?: Claim[] | null;
  /** true: the text names what is due beside the price, and dearer shipping, without a parameter */
  statesSurcharge?: boolean | null;
}

export interface Action {
  /** what the link says, a template as the body */
  label: string;
  /** where it leads: an `https://` address, or one relative to the page as `/cesta`; a template whose parameters are percent-encoded */
  to: string;
}

export interface Image {
  /** where the picture is, an address as `action.to` */
  src: string;
  /** what the picture shows, for readers who do not see it; a template as the body */
  alt: string;
}

export interface Claim {
  /** the article costs less than before */
  reduction?: ReductionClaim | null;
  /** the article costs this much */
  price?: PriceClaim | null;
  /** the article has a property */
  fact?: FactClaim | null;
  /** the article is in stock */
  stock?: StockClaim | null;
  /** shipping is free from this order total on, in minor units; 0: always */
  freeShippingFrom?: number | null;
  /** the id of a raffle in the catalogue */
  raffle?: string | null;
}

export interface ReductionClaim {
  /** the article; absent: the article that the campaign suggests */
  sku?: string | null;
  /** the percentage that the text names, for example 20; absent: the text names none, or inserts `{reduction.percent}` */
  percent?: number | null;
  /** true: the campaign's offer is part of the reduction, which then starts with the offer, or with the contact if the offer has no `from` */
  offer?: boolean | null;
}

export interface PriceClaim {
  /** the article; absent: the article that the campaign suggests */
  sku?: string | null;
  /** the price that the text names, in minor units; absent: the text inserts `{product.price}` */
  amount?: number | null;
}

export interface FactClaim {
  /** the article; absent: the article that the campaign suggests */
  sku?: string | null;
  /** one of the article's `claims` in the catalogue, for example `handmade` */
  is: string;
}

export interface StockClaim {
  /** the article; absent: the article that the campaign suggests */
  sku?: string | null;
  /** the number that the text names, for example 5 in `only 5 left`; absent: the text says that the article is in stock */
  atMost?: number | null;
}

export interface Elsewhere {
  /** the id of a campaign or of an offer */
  id: string;
  /** the kind of the campaign, where its contacts count for campaigns of the same kind, or towards no limit */
  kind?: string | null;
  /** the topic of the campaign, where a limit counts it, or no other has it */
  topic?: string | null;
}

export interface Moment {
  /** the moment to decide about */
  now: Instant;
  /** IANA name of the customer's time zone; absent: unknown, so rules about local time must pass in every zone of `zones` */
  zone?: string | null;
  /** by zone: rows of an instant and the minutes east of UTC from then on, as `[[0, 60]]` */
  zones?: { [name: string]: any } | null;
  /** false: the answer has contacts, ghosts, presents and `nextAt` alone, in about half of the time; absent: true */
  explain?: boolean | null;
  /** false: the answer has no `nextAt`, which saves some time more; absent: true */
  nextAt?: boolean | null;
  /** the event that just happened; absent: a page view, or a nightly run */
  event?: Event | null;
  /** the current visit; at most one question is asked in it; absent: not known */
  visit?: Visit | null;
  /** the channels that are asked about; campaigns of other channels are left out of the decision, as if the policy had none; absent: all */
  channels?: ("onsite" | "email" | "push" | "sms" | "phone" | "post" | "social")[] | null;
  /** the placements of this page; an onsite campaign with another placement is left out; absent: any */
  placements?: string[] | null;
  /** what the asker lacks: `store`: it does not keep what it says beyond this page, so limits cannot be held, and the policy's `page.withoutStore` says what may be said; `server`: the shop's server does not answer, so what it knows is missing, and `page.withoutServer` says it; of both the stricter holds; absent: nothing */
  without?: ("store" | "server")[] | null;
  /** articles with prices and stock, for claims and suggestions; absent: no claim about an article can be proved */
  catalog?: Catalog | null;
  /** the state of the whole shop */
  shop?: ShopNow | null;
}

export interface Event {
  /** the name of the event, as GA4 has it; absent: a page view */
  name?: string | null;
  /** when it happened; absent: now */
  at?: Instant | null;
  /** the order of a `purchase`; merged with the customer's copy of it, and placed at `now` whatever its `at` */
  order?: Order | null;
  [key: string]: any;
}

export interface Order {
  /** the id of the order; copies with the same id are merged; absent: its `number`; an order without both gets a message only with its `purchase` event */
  id?: string | null;
  /** the number that the customer sees, where it is not the id; whatever names it means this order, if no other has it and none has it as its id */
  number?: string | null;
  /** when it was placed; absent: not known, which counts as placed */
  at?: Instant | null;
  /** when this copy of the order was written; of two copies the later is kept whole, and one without it is older than any with it */
  updatedAt?: Instant | null;
  /** false: the payment failed or is awaited, so the order counts for nothing yet; absent: paid, or paid on delivery */
  paid?: boolean | null;
  /** true: a subscription placed it, not the customer, so promotions do not pause after it */
  renewal?: boolean | null;
  /** the latest instant that the shop promised for its delivery; once it has passed, the parcel is late: an incident of its own until it is delivered or undone, for at most 30 days */
  promisedBy?: Instant | null;
  /** when it was shipped; later than `deliveredAt`: when it was shipped again */
  shippedAt?: Instant | null;
  /** when it was delivered */
  deliveredAt?: Instant | null;
  /** when it was cancelled */
  cancelledAt?: Instant | null;
  /** when the whole order was returned; absent: returned once each of its items is */
  returnedAt?: Instant | null;
  /** when it was refunded */
  refundedAt?: Instant | null;
  /** how much was given back, in minor units; less than `total` undoes nothing */
  refunded?: number | null;
  /** what the customer paid, in minor units */
  total?: number | null;
  /** ISO 4217; a problem if it is not the shop's and the order has amounts */
  currency?: string | null;
  /** what the shop earned on it after returns and shipping, in minor units; may be negative */
  margin?: number | null;
  /** the articles bought */
  items?: Item[] | null;
  /** what went wrong with it */
  incidents?: Incident[] | null;
}

export interface Item {
  /** the id of the article */
  sku?: string | null;
  /** the product family */
  family?: string | null;
  /** how many of it, or how much, as `1.5`; rounded to three decimals; absent: 1 */
  quantity?: number | null;
  /** the price of one, in minor units */
  price?: number | null;
  /** when this article was delivered, if not with the rest of the order */
  deliveredAt?: Instant | null;
  /** when this article was returned */
  returnedAt?: Instant | null;
  /** true: this article was returned, and nobody knows when */
  returned?: boolean | null;
  /** true: for somebody else, so the customer is neither asked for a review of it nor told that it runs out */
  gift?: boolean | null;
}

export interface Incident {
  /** what went wrong; an entry without it is left out */
  kind?: "late" | "payment" | "stock" | "not-as-described" | null;
  /** when it began; absent: not known, which counts as begun */
  at?: Instant | null;
  /** when it was resolved; absent: not yet */
  resolvedAt?: Instant | null;
}

export interface Visit {
  /** when the visit began; after `now` or absent: no visit */
  since?: Instant | null;
}

export interface Catalog {
  /** the articles; suggestions follow this order */
  products?: Product[] | null;
  /** taxes and duties due beside the price, by region: a country or country-postcode as `ES-35`; `*`: all others */
  surcharges?: { [name: string]: Surcharge } | null;
  /** what shipping a parcel costs, by region */
  shipping?: { [name: string]: ShippingCost } | null;
  /** false: prices are without taxes, so messages to consumers show no price; absent: true */
  taxIncluded?: boolean | null;
  /** raffles to come and past ones */
  raffles?: Raffle[] | null;
  /** by product family: how many returns and incidents said that the article was not as described */
  notAsDescribed?: { [name: string]: number } | null;
}

export interface Product {
  /** the article's own id; an article without it is left out */
  sku?: string | null;
  /** the product family */
  family?: string | null;
  /** the name that customers see */
  name?: string | null;
  /** the address of its page: `https://…`, or relative to the pages of the shop as `/cantaro`; another address is not used */
  url?: string | null;
  /** the price now, in minor units, taxes included; absent: the latest of `history` */
  price?: number | null;
  /** the prices until now, in any order, at most 1000; a reduction is computed from them */
  history?: PricePoint[] | null;
  /** how many are in stock; below 0: 0; absent: unknown, which counts as in stock */
  stock?: number | null;
  /** 0 to 10, by all customers; absent: unknown */
  rating?: number | null;
  /** true: it is used up and bought again, so it may be suggested to those who have it */
  consumable?: boolean | null;
  /** facts that messages may claim of it, as `handmade` */
  claims?: string[] | null;
  /** the articles that go with it, by sku; of the articles that could be suggested those come first that go with one the customer has */
  with?: string[] | null;
}

export interface PricePoint {
  /** when the price began; it holds until the next one begins; absent: nothing is known of earlier prices */
  at?: Instant | null;
  /** in minor units, taxes included; absent: not known */
  price?: number | null;
}

export interface Surcharge {
  /** in minor units */
  amount?: number | null;
  /** of the price; added to `amount` if both are given */
  percent?: number | null;
  /** the name of the tax or duty, as `IGIC`; absent: no message can name it */
  what?: string | null;
}

export interface ShippingCost {
  /** in minor units, taxes included; absent: not known */
  amount?: number | null;
  /** the order total from which shipping is free; absent: never */
  freeFrom?: number | null;
}

export interface Raffle {
  /** the raffle's own id; absent: no message can be about it */
  id?: string | null;
  /** the address of its terms */
  terms?: string | null;
  /** the prize */
  prize?: string | null;
  /** when the winner is drawn */
  drawAt?: Instant | null;
  /** the winner, as published; while a past raffle has none, no raffle may be announced */
  winner?: string | null;
}

export interface ShopNow {
  /** how many conversations of all customers wait for an answer */
  unanswered?: number | null;
  /** by offer: how many were given in the current unit of its budget, as this month; an offer that is not named was given to nobody; absent: not known, so no offer with a budget is given */
  issued?: { [name: string]: number } | null;
  /** how many unsubscribe or report spam, of 1,000 contacts of the whole shop; absent: 0 */
  fatigue?: number | null;
  /** by campaign: the same of its own contacts */
  fatigueBy?: { [name: string]: number } | null;
}

export interface Request {
  /** the moment to decide about */
  now: Instant;
  /** IANA name of the customer's time zone; absent: unknown, so rules about local time must pass in every zone of `zones` */
  zone?: string | null;
  /** by zone: rows of an instant and the minutes east of UTC from then on, as `[[0, 60]]` */
  zones?: { [name: string]: any } | null;
  /** false: the answer has contacts, ghosts, presents and `nextAt` alone, in about half of the time; absent: true */
  explain?: boolean | null;
  /** false: the answer has no `nextAt`, which saves some time more; absent: true */
  nextAt?: boolean | null;
  /** the event that just happened; absent: a page view, or a nightly run */
  event?: Event | null;
  /** the current visit; at most one question is asked in it; absent: not known */
  visit?: Visit | null;
  /** the channels that are asked about; campaigns of other channels are left out of the decision, as if the policy had none; absent: all */
  channels?: ("onsite" | "email" | "push" | "sms" | "phone" | "post" | "social")[] | null;
  /** the placements of this page; an onsite campaign with another placement is left out; absent: any */
  placements?: string[] | null;
  /** what the asker lacks: `store`: it does not keep what it says beyond this page, so limits cannot be held, and the policy's `page.withoutStore` says what may be said; `server`: the shop's server does not answer, so what it knows is missing, and `page.withoutServer` says it; of both the stricter holds; absent: nothing */
  without?: ("store" | "server")[] | null;
  /** articles with prices and stock, for claims and suggestions; absent: no claim about an article can be proved */
  catalog?: Catalog | null;
  /** the state of the whole shop */
  shop?: ShopNow | null;
  /** the customer; absent: a guest */
  customer?: Customer | null;
  /** the records of earlier contacts; absent: unknown, so the customer counts as not recognised */
  ledger?: LedgerRecord[] | null;
}

export interface Customer {
  /** absent: a guest */
  id?: string | null;
  /** the language the customer reads, a BCP 47 tag as `es-ES` */
  locale?: Locale | null;
  /** the name to address the customer by */
  givenName?: string | null;
  /** how to address the customer: `formal` as usted, `informal` as tú */
  form?: "formal" | "informal" | null;
  /** `--MM-DD`, or `YYYY-MM-DD`, of which the year is not kept */
  birthday?: BirthdayDate | null;
  /** when the birthday was entered or last changed; a birthday entered a short while ago gets no message */
  birthdaySince?: Instant | null;
  /** when they became a customer */
  since?: Instant | null;
  /** where parcels go */
  destination?: Destination | null;
  /** the orders, in any order; copies with the same id are merged */
  orders?: Order[] | null;
  /** what the customer wrote to the shop; copies with the same id are merged */
  conversations?: Conversation[] | null;
  /** what the customer wrote about the shop elsewhere */
  mentions?: Mention[] | null;
  /** how the customer rated orders and articles */
  ratings?: Rating[] | null;
  /** what the customer allows, by channel, and whether cart and forms may be read */
  consent?: Consent | null;
  /** what the customer asked the shop to do less; no rule overrides it */
  wishes?: Wishes | null;
  /** by topic: how much the customer cares for it, 0 to 100, computed by the shop */
  affinity?: { [name: string]: number } | null;
  /** the cart now */
  cart?: Cart | null;
  /** how active the customer is among all customers, a percentile computed by the shop */
  activity?: number | null;
  /** other days of theirs by name, as `pet`: `--MM-DD` or `YYYY-MM-DD`; no rule asks for them yet */
  dates?: { [name: string]: BirthdayDate } | null;
  /** what the customer searched for on the site; read only if `consent.forms` is true */
  searches?: Search[] | null;
  /** what the customer filled in on the site; read only if `consent.forms` is true */
  forms?: Forms | null;
  /** facts of the shop's own, for conditions */
  attributes?: Attributes | null;
  /** by offer: the personal code that the server has issued */
  codes?: { [name: string]: string | Code } | null;
}

export interface Destination {
  /** ISO 3166 code of the country that parcels go to, as `ES` */
  country?: string | null;
  /** as the country writes it; spaces do not matter, nor does the country before it, as `es-` in `es-35001` */
  postcode?: string | null;
}

export interface Conversation {
  /** the id of the conversation; copies with the same id are merged */
  id?: string | null;
  /** a complaint holds promotions until it is solved; absent: a question */
  kind?: "question" | "complaint" | null;
  /** when the customer wrote */
  at?: Instant | null;
  /** when a person of the shop answered */
  answeredAt?: Instant | null;
  /** when an automatic reply was sent; it does not count as an answer */
  autoReplyAt?: Instant | null;
  /** when the customer wants to be called; done once `answeredAt` is not before it */
  callbackAt?: Instant | null;
  /** when it was solved */
  solvedAt?: Instant | null;
  /** when the customer wrote again after an answer or a solution; the reply is due from then on */
  reopenedAt?: Instant | null;
  /** the order it is about */
  orderId?: string | null;
  /** the product family it is about */
  family?: string | null;
}

export interface Mention {
  /** the id of the mention; copies with the same id are merged */
  id?: string | null;
  /** when the customer wrote it */
  at?: Instant | null;
  /** when the shop answered it; absent: not yet, so it is a task */
  engagedAt?: Instant | null;
}

export interface Rating {
  /** the order that is rated */
  orderId?: string | null;
  /** the article that is rated */
  sku?: string | null;
  /** 0 to 10; absent: it is no rating yet */
  score?: number | null;
  /** when the customer gave it */
  at?: Instant | null;
}

export interface Consent {
  /** false: only transactional contacts; absent: allowed */
  onsite?: boolean | null;
  /** true: allowed; false: only transactional contacts; absent: only transactional and service contacts */
  email?: boolean | null;
  /** true: allowed; false: only transactional contacts; absent: only transactional and service contacts */
  push?: boolean | null;
  /** true: allowed; false: only transactional contacts; absent: only transactional and service contacts */
  sms?: boolean | null;
  /** true: allowed; false: only transactional contacts; absent: only transactional and service contacts */
  phone?: boolean | null;
  /** false: only transactional contacts; absent: allowed */
  post?: boolean | null;
  /** true: allowed; false: only transactional contacts; absent: only transactional and service contacts */
  social?: boolean | null;
  /** false: `cart` is ignored */
  cart?: boolean | null;
  /** true: `forms` is read; else it is ignored */
  forms?: boolean | null;
}

export interface Wishes {
  /** channels that the customer unsubscribed from; a later consent does not undo it, only their own `subscribe` does */
  unsubscribed?: ("onsite" | "email" | "push" | "sms" | "phone" | "post" | "social")[] | null;
  /** channels on which the customer reported spam; a later consent does not undo it */
  spam?: ("onsite" | "email" | "push" | "sms" | "phone" | "post" | "social")[] | null;
  /** channels that the customer subscribed to again, by their own act: `unsubscribed` no longer holds there, `spam` does */
  subscribe?: ("onsite" | "email" | "push" | "sms" | "phone" | "post" | "social")[] | null;
  /** channels that the customer would rather not be contacted on */
  avoid?: ("onsite" | "email" | "push" | "sms" | "phone" | "post" | "social")[] | null;
  /** at most one contact in this time, on all channels together, as `7d` */
  lessOften?: Duration | null;
  /** hours in which the customer does not want to be contacted */
  quiet?: QuietHours[] | null;
  /** the only topics that the customer wants to hear about; absent: any */
  topics?: string[] | null;
}

export interface Cart {
  /** in minor units; absent: the sum of the items, where the price of each is known */
  total?: number | null;
  /** how many articles; absent: the sum of the items */
  count?: number | null;
  /** the product families in the cart; absent: those of the items */
  families?: string[] | null;
  /** the articles in the cart */
  items?: Item[] | null;
  /** when the customer last changed the cart */
  at?: Instant | null;
}

export interface Search {
  /** what the customer typed */
  text?: string | null;
  /** when; absent: not long ago */
  at?: Instant | null;
}

export interface Forms {
  [key: string]: any;
}

export interface Attributes {
  [key: string]: any;
}

export interface Code {
  /** what the customer types; absent: not issued yet */
  code?: string | null;
  /** the id of the only contact that may show the code; absent: any contact with the offer */
  contact?: string | null;
  /** the instant from which the code cannot be used; absent: it does not expire */
  expiresAt?: Instant | null;
}

export interface LedgerRecord {
  /** the id of the contact that `decide` returned; records with the same `id` are copies of one record */
  id: string;
  /** the campaign of the contact; a record of a campaign that the policy no longer has counts too */
  campaign: string;
  /** the class of the contact when it was decided */
  class: "transactional" | "service" | "relational" | "promotional";
  /** the channel of the contact when it was decided */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** the placement on the page, of an onsite contact */
  placement?: string | null;
  /** when the contact was decided */
  at: Instant;
  /** how far the contact got; the highest state is kept when copies are merged */
  state: "ghost" | "reserved" | "released" | "armed" | "delivered" | "failed";
  /** until when a `reserved` record counts; absent: `at` + 15 minutes */
  leaseUntil?: Instant | null;
  /** when a record whose `at` is in the future was first read; it is used instead of an `at` more than five minutes after it; the earliest is kept when copies are merged */
  seenAt?: Instant | null;
  /** of a merged record: the `at` of the copy its other fields come from, if another copy has a later `at` */
  versionAt?: Instant | null;
  /** what the contact was about, as the id of the order or the year of the birthday */
  occurrence?: string | null;
  /** the id of the offer in the contact */
  offer?: string | null;
  /** which variant of the message was shown, from 0 */
  variant?: number | null;
  /** the hash of the policy that decided the contact */
  policy?: string | null;
  /** what the customer did with the contact; the highest is kept when copies are merged, in the order dismissed, clicked, converted */
  reaction?: "dismissed" | "clicked" | "converted" | null;
  /** whether the contact was urgent, as in its campaign */
  urgent?: boolean | null;
  /** of a contact in a digest: the id of the first contact of that digest, which may be its own */
  digest?: string | null;
}

export interface ClaimsRequest {
  /** the moment at which the page shows the claims */
  now: Instant;
  /** where the parcel would be sent; absent: unknown */
  destination?: Destination | null;
  /** what the shop knows about its articles, shipping and raffles */
  catalog?: Catalog | null;
  /** the sku of an article of the catalogue; a request has one of `sku` and `product` */
  sku?: string | null;
  /** the article itself, if it is not in the catalogue */
  product?: Product | null;
  /** the claims that the page would show; absent: none, the page only asks for figures */
  claims?: Claim[] | null;
}

export interface Decision {
  /** the contacts to make now */
  contacts: Contact[];
  /** contacts that are not made because the customer is in the holdout group: record them, do not show them */
  ghosts: Contact[];
  /** every other campaign and why it is held back, in the order of the policy */
  refused: RefusedCampaign[];
  /** the presents that the customer has now, spoken of or not, in the order of the policy, those of a campaign by `occurrence` */
  entitled: Present[];
  /** what the shop's people should do, the soonest due first */
  tasks: Task[];
  /** what is known of the relation with the customer */
  standing: Standing;
  /** the earliest future `retryAt` or `expiresAt`, in epoch milliseconds: before it, with nothing changed, there is no new contact; null: none is known */
  nextAt: number | null;
  /** the SHA-256 of the policy's RFC 8785 form; null: the host computed none */
  policy: string | null;
}

export interface Contact {
  /** 32 hexadecimal digits. The same campaign, customer, occurrence and attempt give the same id */
  id: string;
  /** the campaign that speaks */
  campaign: string;
  /** the class of the campaign */
  class: "transactional" | "service" | "relational" | "promotional";
  /** the channel to use */
  channel: "onsite" | "email" | "push" | "sms" | "phone" | "post" | "social";
  /** the place on the page; null: not an onsite contact */
  placement: string | null;
  /** what the contact is about: an order's id, a birthday's year, … */
  occurrence: string;
  /** when the decision was made, in epoch milliseconds */
  at: number;
  /** when the occasion ends, in epoch milliseconds; null: it has no end */
  expiresAt: number | null;
  /** what to show or send */
  message: ContactMessage;
  /** the id of the offer that the contact carries; null: none */
  offer: string | null;
  /** whether the campaign is marked `urgent` */
  urgent: boolean;
  /** the id of the first contact of the digest that this one belongs to; null: it is in no digest */
  digest: string | null;
  /** the reasons to show to a customer who asks why they see the message */
  why: Reason[];
}

export interface ContactMessage {
  /** the locale of the message: the best match for the customer's among those that the message has */
  locale: Locale;
  /** the index of the chosen variant, from 0 */
  variant: number;
  /** the title, a template; null: none */
  title: string | null;
  /** the text, a template */
  body: string;
  /** the call to share the message, a template; null: the variant has none, or it is left out because of a recent complaint */
  share: string | null;
  /** a link below the text; null: none */
  action: Action | null;
  /** a picture above the text; null: none */
  image: Image | null;
  /** the values that the templates insert, by name */
  params: { [name: string]: Param };
  /** the variants that were not chosen because a claim does not hold, each with its reason */
  stripped: StrippedVariant[];
  /** the person who signs the message */
  signer: string | null;
  /** why the message is useful to the reader */
  benefit: string | null;
}

export interface Param {
  /** how `render` writes the value */
  type: "text" | "name" | "code" | "number" | "percent" | "money" | "date" | "list" | "url";
  /** a text; a number; an amount in minor units; a date as `2026-12-31`, or epoch milliseconds; a list of texts */
  value: any;
  /** the currency of an amount */
  currency: string | null;
  /** the zone in which `render` writes an instant */
  zone: string | null;
  /** whether `render` writes the hour of an instant too: an offer that ends in less than 48 hours */
  hour: boolean | null;
}

export interface StrippedVariant {
  /** the index of the variant, from 0 */
  variant: number;
  /** why it cannot be shown, as `claim-unproven` */
  code: string;
  /** the figures that belong to the code */
  detail: Detail;
}

export interface Detail {
  [key: string]: any;
}

export interface Reason {
  /** the occasion, as `order`; or `share-withheld`: the call to share was left out */
  code: "announcement" | "event" | "order" | "packing" | "delivery" | "article" | "incident" | "birthday" | "replenishment" | "overdue" | "milestone" | "activity" | "draw" | "cart" | "question" | "share-withheld";
  /** the order it is about */
  order: string | null;
  /** the day it is about, as `2026-05-14` */
  on: CivilDate | null;
  [key: string]: any;
}

export type RefusedCampaign = Refusal & {
  /** the campaign that is held back */
  campaign: string;
  /** the earliest later instant at which all gates pass, in epoch milliseconds; null: none within 400 days */
  retryAt: number | null;
  /** what the campaign says should become of it */
  disposition: "defer" | "drop" | "digest" | "substitute";
  /** when the occasion ends, in epoch milliseconds; null: it has no end, or there is no occasion */
  expiresAt: number | null;
  /** the refusals of the other gates */
  also: Refusal[];
}

export interface Present {
  /** the campaign that gives it */
  campaign: string;
  /** the id of the offer */
  offer: string;
  /** what it is given for: a birthday's year, an order's id, … */
  occurrence: string;
  /** when it ends, in epoch milliseconds: the end that was told, else the end of the occasion; null: it has no end */
  until: number | null;
  /** the customer's own code, else the offer's; null: none, or none was issued yet */
  code: string | null;
}

export interface Task {
  /** `reply`: nobody has answered the customer; `solve`: they were answered, and nothing was solved; `callback`: the customer waits for a call, or gave a low score; `engage`: the customer wrote about the shop elsewhere; `neglect`: nobody has spoken to the customer since an order arrived */
  kind: "reply" | "solve" | "callback" | "engage" | "neglect";
  /** the id of the conversation: of `reply`, and of `callback` if the customer asked for a call */
  conversation: string | null;
  /** the id of the mention: of `engage` */
  mention: string | null;
  /** the id of the order: of `neglect`, and of `callback` after a low score */
  order: string | null;
  /** when the task is due, in epoch milliseconds; null: it has no date */
  dueAt: number | null;
}

export interface Standing {
  /** how well the customer knows the shop */
  tier: "unknown" | "known" | "advocate";
  /** how far the relation with the customer has come */
  phase: "illusion" | "letdown" | "trust" | "identification" | "lapsed";
  /** the facts behind the tier, and the reasons for the phase */
  because: StandingReason[];
}

export interface StandingReason {
  /** a fact of the tier's condition */
  fact: string | null;
  /** the value of that fact */
  value: any | null;
  /** the phase that the code explains */
  phase: "illusion" | "letdown" | "trust" | "identification" | "lapsed" | null;
  /** why the customer is in the phase; `not-recognised`: the tier is unknown for want of an id or a ledger */
  code: string | null;
  [key: string]: any;
}

export interface Claims {
  /** the article */
  sku: string;
  /** its price, in minor units; null: not known */
  price: number | null;
  /** the lowest price of the 30 days before this one; null: not known */
  prior: number | null;
  /** the reduction from `prior` to `price` in percent, rounded down; 0: no reduction; null: not known */
  percent: number | null;
  /** what is due on top of the price at the destination; null: nothing, or, if `total` is null, not known */
  surcharge: SurchargeDue | null;
  /** the price with the surcharge; null: not known */
  total: number | null;
  /** what delivery costs; null: not known */
  shipping: number | null;
  /** the total from which delivery is free; null: there is none, or it is not known */
  freeShippingFrom: number | null;
  /** whether delivery is free for this article alone; null: not known */
  freeShipping: boolean | null;
  /** the claims that hold, and may be shown */
  allowed: Claim[];
  /** the claims that do not hold, each with its reason */
  stripped: StrippedClaim[];
}

export interface SurchargeDue {
  /** the amount in minor units */
  amount: number;
  /** what is due, as `IGIC` */
  what: string;
}

export interface StrippedClaim {
  /** the claim, as it was asked */
  claim: Claim;
  /** why it does not hold */
  code: string;
  /** the figures that belong to the code */
  detail: Detail;
}

export interface Problem {
  /** what is wrong, for programs; a code never changes its meaning */
  code: ProblemCode;
  /** where the mistake is, as `campaigns[2].lead`; empty: the document itself */
  path: string;
  /** what is wrong and how to correct it, for people */
  message: string;
}

export interface Warning {
  /** what the policy should change, for programs */
  code: "deprecated-field" | "small-percent" | "small-amount" | "missing-code" | "needs-name" | "over" | "blocks-all" | "markup" | "relative-address" | "unused" | "never-speaks" | "misread";
  /** where it is, as `offers.spring.percent` */
  path: string;
  /** what is wrong and how to correct it, for people */
  message: string;
}
