//! The codes of the gate `honesty`. They stand here because claims are proven below the gate.

use crate::decision::codes;
#[cfg(not(target_family = "wasm"))]
use crate::reader::shape::Shape;

#[cfg(not(target_family = "wasm"))]
const CLAIMS: Shape = Shape::Choice(&["reduction", "price", "fact", "stock", "freeShippingFrom", "offer"]);

codes! { "honesty":
    OFFER_NOT_LIVE "offer-not-live" "The offer cannot be redeemed now by this customer. Passes when it begins." {
        "offer" required Shape::Name, "the offer";
        "reason" required Shape::Choice(&["begins", "over", "destination", "unknown"]), "`begins`: it has not begun; `over`: it is over; `destination`: it does not reach the customer; `unknown`: its article is not in the catalogue";
    }
    OUT_OF_STOCK "out-of-stock" "There is none left of the article. Does not pass by itself." {
        "sku" required Shape::Name, "the article";
    }
    NOT_AS_DESCRIBED "not-as-described" "So many articles of the family were not as described that its promotions pause. Does not pass by itself." {
        "family" optional Shape::Name, "the product family";
        "count" required COUNT, "how many articles";
        "pause" required COUNT, "from how many on promotions pause";
    }
    UNWANTED "unwanted" "The campaign's kind offers something new, and the customer has this article or would not want it. Passes when a date changes that." {
        "sku" required Shape::Name, "the article";
    }
    NOTHING_TO_SUGGEST "nothing-to-suggest" "No article of the catalogue is one that this customer could want. Passes when a date changes that." {}
    CLAIM_UNPROVEN "claim-unproven" "No variant of the message is left without a claim that does not hold. Passes when a price or a date changes that." {
        "claim" required CLAIMS, "the first claim that does not hold; `offer`: the offer is for another article";
        "sku" optional Shape::Name, "the article it is about";
        "claimed" optional Shape::Any, "what the text says";
        "allowed" optional Shape::Any, "what could be said: a percentage, an amount, a stock, or the article's claims";
        "lowest" optional MONEY, "of a reduction: the lowest price of the 30 days before it";
        "since" optional MILLISECONDS, "of a reduction: since when that was the price";
    }
    RAFFLE_UNPROVEN "raffle-unproven" "A raffle lacks terms, a prize or a draw that is to come, or a raffle that was drawn lacks its winner." {
        "raffle" required Shape::Name, "the raffle";
        "missing" required Shape::List(&Shape::Choice(&["terms", "prize", "drawAt"])), "what it lacks";
        "withoutWinner" required Shape::List(&Shape::Name), "the raffles whose winner is not published";
    }
    SURCHARGE_UNSTATED "surcharge-unstated" "The message speaks of a price and does not say what else is due at the customer's destination." {
        "what" optional Shape::Text, "what is due, as `IGIC`; null: it is not known whether anything is";
    }
    PARAMETER_MISSING "parameter-missing" "Every variant inserts something that is unknown for this customer." {
        "parameters" optional Shape::List(&Shape::Name), "what is unknown, by the names of the parameters; null: the message has no text for this customer's locale";
    }
}
