//! Names with one letter wrong, made without chance.

/// A name with a letter dropped, doubled, replaced, and swapped with the next one.
///
/// Names of fewer than four letters have no typos: too many other words are one letter away.
pub(super) fn of(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let letters: Vec<usize> = (0..chars.len()).filter(|at| chars[*at].is_alphabetic()).collect();
    if letters.len() < 4 {
        return Vec::new();
    }
    let nth = |kind: usize| letters[(letters.len() * (kind + 1) / 5).min(letters.len() - 1)];
    let mut typos: Vec<Vec<char>> = vec![chars.clone(); 4];
    typos[0].remove(nth(0));
    typos[1].insert(nth(1), chars[nth(1)]);
    typos[2][nth(2)] = if chars[nth(2)] == 'x' { 'y' } else { 'x' };
    let swapped = letters.iter().skip(letters.len() * 4 / 5).chain(&letters).find(|at| {
        chars.get(**at + 1).is_some_and(|next| next.is_alphabetic() && *next != chars[**at])
    });
    match swapped {
        Some(at) => typos[3].swap(*at, *at + 1),
        None => typos.truncate(3),
    }
    typos.into_iter().map(String::from_iter).collect()
}

#[test]
fn a_typo_is_one_edit() {
    assert_eq!(of("gather"), ["gther", "gatther", "gatxer", "gathre"]);
    assert_eq!(of("E0277"), [""; 0]);
}
