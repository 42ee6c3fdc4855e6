//! The operator's own directory of places to go (`knowledge/places.toml`). It may be missing; it holds no advertisement
//! and no rank, and is shown by name or by distance only.

use super::date::Date;
use super::fault::Fault;
use super::lint;
use super::load::Loaded;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};

/// The file in the knowledge folder.
pub(super) const PLACES_FILE: &str = "places.toml";

/// The levels a place may have.
const LEVELS: &[&str] =
    &["三级甲等", "三级乙等", "三级", "二级甲等", "二级乙等", "二级", "一级", "社区卫生服务中心", "乡镇卫生院", "诊所", "医院"];
/// Words of praise and of trade.
const PRAISE: &[&str] = &["最好", "排名", "权威", "著名", "知名", "名医", "专家团队", "首选", "折扣", "免费", "热线", "预约电话", "http"];

/// The whole file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Places {
    #[serde(default)]
    pub(super) place: Vec<Place>,
}

/// A hospital or clinic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// The city it is in.
    pub city: String,
    /// Its official level.
    pub level: String,
    /// Its departments, named as topics name them.
    pub departments: Vec<String>,
    /// Where it is; may be empty.
    #[serde(default)]
    pub address: String,
    /// When it is open; may be empty.
    #[serde(default)]
    pub opening: String,
    /// Degrees north.
    #[serde(default)]
    pub latitude: Option<f64>,
    /// Degrees east.
    #[serde(default)]
    pub longitude: Option<f64>,
    /// Who works there.
    #[serde(default)]
    pub doctors: Vec<Doctor>,
    /// Who says so.
    pub source: String,
    /// When somebody last looked.
    pub verified_on: Date,
}

/// A doctor of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doctor {
    /// The name.
    pub name: String,
    /// The department, one of the place's.
    pub department: String,
    /// When the doctor sees people; may be empty.
    #[serde(default)]
    pub opening: String,
}

impl Place {
    /// Kilometres from a point, as the crow flies; none where the place has no coordinates.
    pub fn distance(&self, latitude: f64, longitude: f64) -> Option<f64> {
        const EARTH: f64 = 6371.0;
        let (there, east) = (self.latitude?.to_radians(), self.longitude?.to_radians());
        let (here, from) = (latitude.to_radians(), longitude.to_radians());
        let half = |angle: f64| (angle / 2.0).sin().powi(2);
        let chord = half(there - here) + here.cos() * there.cos() * half(east - from);
        Some(2.0 * EARTH * chord.clamp(0.0, 1.0).sqrt().asin())
    }
}

/// Every fault of the directory, each with its line.
pub(super) fn check(loaded: &Loaded, faults: &mut Vec<Fault>) {
    let Some(source) = &loaded.place_file else { return };
    let known: BTreeSet<&str> = loaded.knowledge.topics.iter().flat_map(|topic| &topic.departments).map(String::as_str).collect();
    let mut names = HashSet::new();
    for (nth, place) in loaded.knowledge.places.iter().enumerate() {
        let nth = nth.to_string();
        let line = |key: &str| source.line_of(&["place", &nth, key]);
        let mut need = |good: bool, key: &str, message: String, advice: &str| {
            if !good {
                faults.push(Fault::error(&source.path, line(key), message, advice));
            }
        };
        need(!place.name.trim().is_empty(), "name", "没有写名称".into(), "写上医院的全名");
        need(names.insert((&place.name, &place.city)), "name", format!("“{}”写了两次", place.name), "只留一处");
        need(!place.city.trim().is_empty(), "city", "没有写城市".into(), "写上城市");
        need(LEVELS.contains(&place.level.as_str()), "level", format!("没有“{}”这个级别", place.level), &LEVELS.join("、"));
        need(!place.departments.is_empty(), "departments", "没有写科室".into(), "至少写一个科室");
        let at = (place.latitude, place.longitude);
        let on_earth = |(latitude, longitude): (f64, f64)| latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        let placed = at.0.zip(at.1).map_or(at == (None, None), on_earth);
        need(placed, "latitude", "坐标不完整或不在地球上".into(), "latitude 和 longitude 都写（度），或都不写");
        let foreign = place.doctors.iter().find(|doctor| !place.departments.contains(&doctor.department));
        let message = foreign.map(|doctor| format!("{}的科室“{}”不在这家的科室里", doctor.name, doctor.department));
        need(foreign.is_none(), "doctors", message.unwrap_or_default(), "改成 departments 里的一个");
        need(place.verified_on <= Date::today(), "verified_on", "核实日期在将来".into(), "写上真正核实的那天");
        for (key, text) in shown(place) {
            let praised = PRAISE.iter().find(|word| text.contains(**word)).map(|word| (*word).to_owned());
            let banned = praised.or_else(|| lint::banned(text).map(|(found, _)| found));
            let message = format!("“{}”不能写：这里不做广告，不排名，不写电话", banned.as_deref().unwrap_or_default());
            need(banned.is_none(), key, message, "只写名称、级别、科室、地址和开诊时间");
        }
        if let Some(unknown) = place.departments.iter().find(|department| !known.contains(department.as_str())) {
            let message = format!("没有主题写到“{unknown}”这个科室，从文章里找不到这里");
            faults.push(Fault::warning(&source.path, line("departments"), message, "改成主题里用的科室名称"));
        }
    }
}

/// Every text of a place that is shown, by its key.
fn shown(place: &Place) -> impl Iterator<Item = (&'static str, &str)> {
    let own = [("name", &place.name), ("address", &place.address), ("opening", &place.opening)];
    let doctors = place.doctors.iter().flat_map(|doctor| [("doctors", &doctor.name), ("doctors", &doctor.opening)]);
    own.into_iter().chain(doctors).map(|(key, text)| (key, text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_about_111_kilometres() {
        let place = Place {
            name: "甲".into(),
            city: "乙".into(),
            level: "医院".into(),
            departments: Vec::new(),
            address: String::new(),
            opening: String::new(),
            latitude: Some(40.0),
            longitude: Some(116.0),
            doctors: Vec::new(),
            source: String::new(),
            verified_on: Date::today(),
        };
        let far = place.distance(39.0, 116.0).expect("it has coordinates");
        assert!((far - 111.2).abs() < 0.2, "{far}");
        assert!(place.distance(40.0, 116.0).expect("it has coordinates") < 1e-6);
    }
}
