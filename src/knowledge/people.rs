//! Topics that are one thing for different people.

use super::audience::{Audience, AudienceWords};
use super::topic::Topic;
use std::collections::HashMap;

/// For each topic those that are the same for other people: one for a group, whose name without the group is the other's.
pub(super) fn variants(topics: &[Topic], audiences: &[AudienceWords]) -> HashMap<usize, Vec<usize>> {
    let files = || topics.iter().enumerate().filter(|(_, topic)| !topic.is_imported());
    let all_names = |topic: &'_ Topic| std::iter::once(topic.name.clone()).chain(topic.also.iter().cloned()).collect::<Vec<_>>();
    let names: HashMap<String, usize> =
        files().flat_map(|(nth, topic)| all_names(topic).into_iter().map(move |name| (name, nth))).collect();
    let mut variants: HashMap<usize, Vec<usize>> = HashMap::new();
    for (nth, topic) in files().filter(|(_, topic)| !topic.audience.covers(Audience::Any)) {
        let cues: Vec<&String> = audiences.iter().filter(|words| words.audience == topic.audience).flat_map(|words| &words.cues).collect();
        for name in all_names(topic) {
            let bare = cues.iter().filter(|cue| name.contains(cue.as_str())).map(|cue| name.replace(cue.as_str(), ""));
            for base in bare.filter_map(|bare| names.get(bare.trim_start_matches('的')).copied()).filter(|base| *base != nth) {
                link(&mut variants, base, nth);
                link(&mut variants, nth, base);
            }
        }
    }
    variants
}

fn link(variants: &mut HashMap<usize, Vec<usize>>, from: usize, to: usize) {
    let others = variants.entry(from).or_default();
    if !others.contains(&to) {
        others.push(to);
    }
}
