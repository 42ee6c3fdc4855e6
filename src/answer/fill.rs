//! Fills the places of a phrase.

/// `{题目}` and the like become what stands for them. A place that is not named stays as it is.
pub fn fill(phrase: &str, places: &[(&str, &str)]) -> String {
    places.iter().fold(phrase.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    #[test]
    fn places_are_filled_and_others_stay() {
        assert_eq!(super::fill("{甲}和{乙}", &[("甲", "面瘫")]), "面瘫和{乙}");
    }
}
