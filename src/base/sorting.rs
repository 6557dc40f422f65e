//! Sorting. The standard library's sort is compiled again for each type, at 3 KB each. This one sorts indices, so it is compiled once.

use std::cmp::Ordering;

/// Equal elements keep their order.
pub(crate) fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let order = sorted_indices(list.len(), &|a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b).is_lt(),
        _ => false,
    });
    rearrange(order, &mut |a, b| list.swap(a, b));
}

/// The indices of a list in sorted order; none if it is sorted already. A merge sort: sorted runs of one, two, four, … elements are merged pair by pair.
fn sorted_indices(count: usize, before: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    if (1..count).all(|index| !before(index, index - 1)) {
        return Vec::new();
    }
    let mut order: Vec<usize> = (0..count).collect();
    let mut run = 1;
    while run < count {
        let mut merged = Vec::with_capacity(count);
        for pair in order.chunks(2 * run) {
            let (mut left, mut right) = pair.split_at_checked(run).unwrap_or((pair, &[]));
            loop {
                let from = match (left.first(), right.first()) {
                    (Some(a), Some(b)) if before(*b, *a) => &mut right,
                    (Some(_), _) => &mut left,
                    (None, Some(_)) => &mut right,
                    (None, None) => break,
                };
                if let Some((next, rest)) = from.split_first() {
                    merged.push(*next);
                    *from = rest;
                }
            }
        }
        order = merged;
        run *= 2;
    }
    order
}

/// Puts at each index the element that `order` names for it. Each swap moves one element to its final index. It frees the order, which would
/// be code in each copy of `sort_by`.
fn rearrange(order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    let mut goals = vec![0; order.len()];
    for (goal, from) in order.iter().enumerate() {
        if let Some(slot) = goals.get_mut(*from) {
            *slot = goal;
        }
    }
    for index in 0..goals.len() {
        while let Some(goal) = goals.get(index).copied()
            && goal != index
        {
            swap(index, goal);
            goals.swap(index, goal);
        }
    }
}

/// Whether a sorted list has a name.
pub(crate) fn contains(names: &[String], name: &str) -> bool {
    names.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
}

/// The names sorted, each once.
pub(crate) fn distinct(mut names: Vec<String>) -> Vec<String> {
    sort_by(&mut names, Ord::cmp);
    let mut different = Vec::new();
    for name in names {
        if different.last() != Some(&name) {
            different.push(name);
        }
    }
    different
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_the_standard_library_does() {
        let mut seed = 1_u32;
        for count in 0..200 {
            let draw = |_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                seed >> 28
            };
            let drawn: Vec<(u32, usize)> = (0..count).map(draw).zip(0..).collect();
            let (mut ours, mut theirs) = (drawn.clone(), drawn);
            sort_by(&mut ours, |a, b| a.0.cmp(&b.0));
            theirs.sort_by_key(|drawn| drawn.0);
            assert_eq!(ours, theirs);
        }
    }
}
