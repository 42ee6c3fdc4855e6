//! Where to go: from the operator's own directory, by city and department or by distance. Without it, the department.

use super::fill::fill;
use super::page::page;
use super::says::{Answer, Link};
use crate::knowledge::{Knowledge, Phrases, Place};

/// Places on one page.
const PAGE: usize = 6;
/// Departments offered with the nearest places.
const MOST_DEPARTMENTS: usize = 10;

/// Where to go for a topic: its departments, as far as the directory has them. None where there is no such topic.
pub fn where_to_go(knowledge: &Knowledge, topic: &str) -> Option<Answer> {
    let (topic, phrases) = (knowledge.topic(topic)?, &knowledge.phrases);
    let all = departments(knowledge);
    let there: Vec<(usize, &str)> =
        all.iter().enumerate().filter(|(_, name)| topic.departments.iter().any(|of| of == *name)).map(|(nth, name)| (nth, *name)).collect();
    if let [(only, _)] = there[..] {
        return cities(knowledge, only);
    }
    let mut text = Vec::new();
    if !topic.departments.is_empty() {
        text.push(fill(&phrases.departments, &[("科室", &topic.departments.join("、"))]));
    }
    text.push(if there.is_empty() { phrases.carry.find_nothing.clone() } else { phrases.carry.find_department.clone() });
    let mut links: Vec<Link> = there.into_iter().map(|(nth, name)| Link::callback(name, format!("wd:{nth}"))).collect();
    links.push(Link::callback(&topic.name, format!("t:{}", topic.id)));
    Some(page(knowledge, &phrases.carry.find, text, links))
}

/// Every department of the directory, to choose from.
pub fn all_departments(knowledge: &Knowledge) -> Answer {
    let phrases = &knowledge.phrases;
    if knowledge.places.is_empty() {
        let browse = vec![Link::callback(&phrases.browse_departments, "p:")];
        return page(knowledge, &phrases.carry.find, vec![phrases.carry.find_nothing.clone()], browse);
    }
    let links = departments(knowledge).into_iter().zip(0..).map(|(name, nth): (_, usize)| Link::callback(name, format!("wd:{nth}")));
    page(knowledge, &phrases.carry.find, vec![phrases.carry.find_department.clone()], links.collect())
}

/// The cities with a department. None where there is no such department.
pub fn cities(knowledge: &Knowledge, department: usize) -> Option<Answer> {
    let (name, phrases) = (*departments(knowledge).get(department)?, &knowledge.phrases);
    let links = cities_with(knowledge, name).into_iter().zip(0..);
    let mut links: Vec<Link> = links.map(|(city, nth): (_, usize)| Link::callback(city, format!("wc:{department}:{nth}:0"))).collect();
    links.push(Link::callback(&phrases.carry.find_all, "wa:"));
    Some(page(knowledge, &fill(&phrases.carry.find_city, &[("科室", name)]), vec![phrases.carry.find_location.clone()], links))
}

/// The places of a city with a department, by name, from the nth on. None where there is no such city.
pub fn places_in(knowledge: &Knowledge, department: usize, city: usize, first: usize) -> Option<Answer> {
    let (name, phrases) = (*departments(knowledge).get(department)?, &knowledge.phrases);
    let city_name = *cities_with(knowledge, name).get(city)?;
    let mut found: Vec<&Place> = with(knowledge, name).filter(|place| place.city == city_name).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    let more = found.len() > first.saturating_add(PAGE);
    let mut text = vec![phrases.carry.find_by_name.clone()];
    text.extend(found.into_iter().skip(first).take(PAGE).map(|place| described(place, Some(name), None, phrases)));
    let mut links = Vec::new();
    if more {
        links.push(Link::callback(&phrases.button_more, format!("wc:{department}:{city}:{}", first + PAGE)));
    }
    links.push(Link::callback(&phrases.button_back, format!("wd:{department}")));
    let heading = fill(&phrases.carry.find_in, &[("城市", city_name), ("科室", name)]);
    Some(page(knowledge, &heading, text, links))
}

/// The nearest places, with a department or with any. Where somebody is stands in the buttons only.
pub fn nearest(knowledge: &Knowledge, latitude: f64, longitude: f64, department: Option<usize>) -> Answer {
    let (all, phrases) = (departments(knowledge), &knowledge.phrases);
    let name = department.and_then(|nth| all.get(nth).copied());
    let has = |place: &&Place| name.is_none_or(|name| place.departments.iter().any(|of| of == name));
    let mut found: Vec<(f64, &Place)> =
        knowledge.places.iter().filter(has).filter_map(|place| Some((place.distance(latitude, longitude)?, place))).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.name.cmp(&b.1.name)));
    found.truncate(PAGE);
    if found.is_empty() {
        return page(knowledge, &phrases.carry.find, vec![phrases.carry.find_nothing.clone()], Vec::new());
    }
    let mut text = vec![phrases.carry.find_by_distance.clone()];
    text.extend(found.iter().map(|(far, place)| described(place, name, Some(*far), phrases)));
    let offered = all
        .iter()
        .enumerate()
        .filter(|(nth, name)| Some(*nth) != department && found.iter().any(|(_, place)| place.departments.iter().any(|of| of == *name)));
    let here = format!("wl:{latitude:.3},{longitude:.3}");
    let links = offered.take(MOST_DEPARTMENTS).map(|(nth, name)| Link::callback(*name, format!("{here}:{nth}")));
    let heading = name.map_or_else(|| phrases.carry.find_near.clone(), |name| format!("{}（{name}）", phrases.carry.find_near));
    page(knowledge, &heading, text, links.collect())
}

/// Every department of the directory, sorted, so that a number stands for the same one until the file changes.
fn departments(knowledge: &Knowledge) -> Vec<&str> {
    let mut names: Vec<&str> = knowledge.places.iter().flat_map(|place| &place.departments).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn cities_with<'a>(knowledge: &'a Knowledge, department: &str) -> Vec<&'a str> {
    let mut cities: Vec<&str> = with(knowledge, department).map(|place| place.city.as_str()).collect();
    cities.sort_unstable();
    cities.dedup();
    cities
}

fn with<'a>(knowledge: &'a Knowledge, department: &str) -> impl Iterator<Item = &'a Place> {
    knowledge.places.iter().filter(move |place| place.departments.iter().any(|of| of == department))
}

fn described(place: &Place, department: Option<&str>, far: Option<f64>, phrases: &Phrases) -> String {
    let far = far.map(|far| fill(&phrases.carry.find_distance, &[("公里", &format!("{far:.1}"))])).unwrap_or_default();
    let departments = department.map_or_else(|| place.departments.join("、"), str::to_owned);
    let mut lines = vec![format!("{}（{}）{far}", place.name, place.level), departments];
    lines.extend([&place.address, &place.opening].into_iter().filter(|line| !line.is_empty()).cloned());
    let doctors = place.doctors.iter().filter(|doctor| department.is_none_or(|name| doctor.department == name));
    lines.extend(doctors.map(|doctor| {
        let opening = if doctor.opening.is_empty() { String::new() } else { format!("，{}", doctor.opening) };
        fill(&phrases.carry.find_doctor, &[("姓名", &doctor.name), ("科室", &doctor.department), ("时间", &opening)])
    }));
    lines.push(fill(&phrases.carry.find_source, &[("来源", &place.source), ("日期", &place.verified_on.to_string())]));
    lines.join("\n")
}
