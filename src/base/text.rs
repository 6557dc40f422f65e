//! Joining and splitting text. The standard library's `format!`, `split_once` and `parse` would add 3 KB to what every page loads.

pub(crate) fn concat(parts: &[&str]) -> String {
    let mut size = 0;
    parts.iter().for_each(|part| size += part.len());
    let mut text = String::with_capacity(size);
    parts.iter().for_each(|part| text.push_str(part));
    text
}

/// How many UTF-16 code units begin with a byte of UTF-8: those of the letter, if it is the letter's first.
#[cfg(any(target_family = "wasm", test))]
pub(crate) fn units_of(byte: u8) -> usize {
    usize::from(byte & 0xc0 != 0x80) + usize::from(byte >= 0xf0)
}

/// `("a", "b.c")` of `a.b.c` and the ASCII character `.`.
pub(crate) fn split_once_at(text: &str, sign: u8) -> Option<(&str, &str)> {
    let index = text.bytes().position(|byte| byte == sign)?;
    Some((text.get(..index)?, text.get(index + 1..)?))
}

/// `a` of `a.b.c` and the ASCII character `.`; the whole text if the character is not in it.
pub(crate) fn before_first(text: &str, sign: u8) -> &str {
    split_once_at(text, sign).map_or(text, |(before, _)| before)
}

/// A letter as a small one, in the alphabets of Europe. The standard library's tables for all others would add 2 KB.
pub(crate) fn small_letter(letter: char) -> char {
    let number = u32::from(letter);
    let step = match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => 32,
        'Ѐ'..='Џ' => 80,
        'Ā'..='ķ' | 'Ŋ'..='ŷ' => 1 - number % 2,
        'Ĺ'..='ň' | 'Ź'..='ž' => number % 2,
        _ => 0,
    };
    char::from_u32(number + step).unwrap_or(letter)
}

/// A text in small letters.
pub(crate) fn small_letters(text: &str) -> String {
    let mut small = String::new();
    text.chars().for_each(|letter| small.push(small_letter(letter)));
    small
}

/// `"-7"` of -7.
pub(crate) fn decimal(number: i64) -> String {
    // the longest is `-9223372036854775808`
    let (mut digits, mut rest, mut length) = ([b'0'; 20], number.unsigned_abs(), 0);
    for digit in digits.iter_mut().rev() {
        *digit += u8::try_from(rest % 10).unwrap_or_default();
        (rest, length) = (rest / 10, length + 1);
        if rest == 0 {
            break;
        }
    }
    let mut text = String::with_capacity(20);
    if number < 0 {
        text.push('-');
    }
    digits.iter().skip(20 - length).for_each(|digit| text.push(char::from(*digit)));
    text
}

/// A number written in digits alone: 7 of `7`, none of `+7` and ` 7`.
pub(crate) fn parse_digits(digits: &[u8]) -> Option<u32> {
    let mut number = if digits.is_empty() { None } else { Some(0_u32) };
    for digit in digits {
        let digit = char::from(*digit).to_digit(10)?;
        number = number?.checked_mul(10)?.checked_add(digit);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_those_of_the_standard_library() {
        let letters = ('\0'..='\u{24f}').chain('Α'..='Ω').chain('\u{400}'..='\u{45f}');
        // capitals whose small letter is elsewhere, no letter at all, and none of those that people search with
        let others = |letter: &char| "İŸ\u{3a2}".contains(*letter) || ('\u{180}'..='\u{24f}').contains(letter);
        for letter in letters.filter(|letter| !others(letter)) {
            let text = letter.to_string();
            assert_eq!(small_letters(&text), text.to_lowercase());
        }
    }

    #[test]
    fn units_are_those_of_javascript() {
        let text = "a\0ñ€\u{fffd}𝄞👩‍🚀";
        assert_eq!(text.bytes().map(units_of).sum::<usize>(), text.encode_utf16().count());
    }

    #[test]
    fn writes_numbers_as_the_standard_library_does() {
        for number in [0, 7, -7, 10, 99, 100, 9_007_199_254_740_991, i64::MIN, i64::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }
}
