//! The codes of the gate `honesty`. They are defined here because the proofs below the gate use them.

use crate::decision::codes;
#[cfg(not(target_family = "wasm"))]
use crate::reader::shape::Shape;

#[cfg(not(target_family = "wasm"))]
const CLAIMS: Shape = Shape::Choice(&["reduction", "price", "fact", "stock", "freeShippingFrom", "offer"]);

codes! { "honesty":
    OFFER_NOT_LIVE "offer-not-live" "This customer cannot redeem the offer now. Ends when the offer begins." {
        "offer" required Shape::Name, "the offer";
        "reason" required Shape::Choice(&["begins", "over", "destination", "unknown", "free"]), "`begins`: the offer has not begun; `over`: it has ended; `destination`: it is not valid where the customer's parcels go; `unknown`: its article is not in the catalogue; `free`: its article costs nothing, or shipping there or of the cart costs nothing already";
    }
    OUT_OF_STOCK "out-of-stock" "The article is out of stock. Does not end by itself." {
        "sku" required Shape::Name, "the article";
    }
    NOT_AS_DESCRIBED "not-as-described" "Too many articles of the product family were not as described, so its promotions pause. Does not end by itself." {
        "family" optional Shape::Name, "the product family";
        "count" required COUNT, "how many articles were not as described";
        "pause" required COUNT, "the number from which on promotions pause";
    }
    UNWANTED "unwanted" "The offer is for an article that the customer already owns or would not want, and this kind of campaign does not offer such articles. Ends when a date changes that." {
        "sku" required Shape::Name, "the article";
    }
    NOTHING_TO_SUGGEST "nothing-to-suggest" "The catalogue has no article that this customer could want. Ends when a date changes that." {}
    CLAIM_UNPROVEN "claim-unproven" "Every variant of the message is left out, at least one of them because what it claims is not proved. Ends when a price or a date changes that." {
        "claim" required CLAIMS, "the first claim that does not hold; `offer`: the offer is for another article";
        "sku" optional Shape::Name, "the article that the claim is about";
        "claimed" optional Shape::Any, "the figure or the word that the text claims";
        "allowed" optional Shape::Any, "what the text could claim: a percentage, an amount, a stock, or the article's `claims`";
        "lowest" optional MONEY, "of a reduction: the lowest price of the 30 days before it";
        "since" optional MILLISECONDS, "of a reduction: when the article began to have that price";
    }
    RAFFLE_UNPROVEN "raffle-unproven" "The raffle lacks terms, a prize or a draw in the future, or an earlier raffle lacks its winner." {
        "raffle" required Shape::Name, "the raffle";
        "missing" required Shape::List(&Shape::Choice(&["terms", "prize", "drawAt"])), "the fields that the raffle lacks";
        "withoutWinner" required Shape::List(&Shape::Name), "the raffles that were drawn and whose winner is not published";
    }
    SURCHARGE_UNSTATED "surcharge-unstated" "The message shows a price and does not name what else is due at the customer's destination, or that shipping there costs more." {
        "what" optional Shape::Text, "what is due, for example `IGIC`; `shipping`: shipping there costs more than at home; null: it is unknown whether anything is due";
    }
    PARAMETER_MISSING "parameter-missing" "No variant of the message can be used, because each inserts a parameter that is unknown for this customer." {
        "parameters" optional Shape::List(&Shape::Name), "the names of the parameters that are unknown; null: the message has no text for this customer's locale";
    }
}
