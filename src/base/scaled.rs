//! A product that is divided. Bit by bit, because a division of 128 bits would be 1 KB of code.

/// `time * last / quantity`, rounded down: how long `last` of an article lasts, if `quantity` lasted for a time. None of them is negative.
pub(crate) fn scaled(time: i64, last: i64, quantity: i64) -> i64 {
    // most buy as much as the last time
    if last == quantity && last > 0 {
        return time;
    }
    let [time, last, quantity] = [time, last, quantity.max(1)].map(|number| number.max(0).unsigned_abs());
    let (each, over) = (last / quantity, last % quantity);
    let (mut whole, mut rest) = (0_u64, 0);
    for bit in (0..i64::BITS).rev() {
        (whole, rest) = (whole.saturating_mul(2), rest * 2);
        if rest >= quantity {
            (whole, rest) = (whole.saturating_add(1), rest - quantity);
        }
        if time >> bit & 1 == 1 {
            (whole, rest) = (whole.saturating_add(each), rest + over);
            if rest >= quantity {
                (whole, rest) = (whole.saturating_add(1), rest - quantity);
            }
        }
    }
    i64::try_from(whole).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn scales_as_a_division_of_128_bits_does() {
        let numbers =
            [0, 1, 2, 3, 7, 999, 1_000, 86_400_000, 31_536_000_001, 9_007_199_254_740_991, i64::MAX - 1, i64::MAX];
        for time in numbers {
            for last in numbers {
                for quantity in numbers {
                    let exact = i128::from(time) * i128::from(last) / i128::from(quantity.max(1));
                    let exact = i64::try_from(exact).unwrap_or(i64::MAX);
                    assert_eq!(scaled(time, last, quantity), exact, "{time} {last} {quantity}");
                }
            }
        }
    }
}
