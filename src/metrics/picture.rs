//! Figures as a picture: panels of bars, with a font of our own, so that Chinese is legible on any machine.

use plotters::prelude::*;
use plotters::style::register_font;
use std::sync::OnceLock;

/// Noto Sans SC, cut down to the characters of GB 2312 level 1 and of the knowledge (SIL Open Font License 1.1, see
/// assets/fonts/OFL.txt).
static FONT: &[u8] = include_bytes!("../../assets/fonts/noto-sans-sc-subset.otf");
const FAMILY: &str = "wenzheng";
const WIDTH: u32 = 900;
const HEIGHT: u32 = 1_200;
const INK: RGBColor = RGBColor(40, 44, 52);
const FAINT: RGBColor = RGBColor(226, 230, 236);
const BAR: RGBColor = RGBColor(46, 110, 142);

/// Bars under a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// The title.
    pub title: String,
    /// Labels and values, from the top or from the left.
    pub bars: Vec<(String, u64)>,
    /// Whether the bars stand: for days.
    pub standing: bool,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
#[error("画不出图：{0}")]
pub struct PictureError(String);

fn wrap(error: impl std::fmt::Display) -> PictureError {
    PictureError(error.to_string())
}

/// Draws panels, two beside one another, as a PNG.
///
/// # Errors
/// The font or the encoder fails.
pub fn draw(panels: &[Panel]) -> Result<Vec<u8>, PictureError> {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    if !REGISTERED.get_or_init(|| register_font(FAMILY, FontStyle::Normal, FONT).is_ok()) {
        return Err(wrap("字体读不出来"));
    }
    let mut pixels = vec![0; (WIDTH * HEIGHT * 3) as usize];
    {
        let root = BitMapBackend::with_buffer(&mut pixels, (WIDTH, HEIGHT)).into_drawing_area();
        root.fill(&WHITE).map_err(wrap)?;
        let areas = root.split_evenly((panels.len().max(1), 1));
        for (panel, area) in panels.iter().zip(&areas) {
            draw_panel(panel, area)?;
        }
        root.present().map_err(wrap)?;
    }
    png(&pixels)
}

type Area<'a> = DrawingArea<BitMapBackend<'a>, plotters::coord::Shift>;

fn draw_panel(panel: &Panel, area: &Area<'_>) -> Result<(), PictureError> {
    let (width, height) = area.dim_in_pixel();
    let (width, height) = (pixels(width), pixels(height));
    write(area, &panel.title, (24, 14), 26)?;
    let most = panel.bars.iter().map(|(_, value)| *value).max().unwrap_or(0).max(1);
    let many = i32::try_from(panel.bars.len().max(1)).unwrap_or(i32::MAX);
    for ((label, value), nth) in panel.bars.iter().zip(0..) {
        let share = *value as f64 / most as f64;
        if panel.standing {
            let step = (width - 48) / many;
            let (left, floor, room) = (24 + nth * step, height - 44, height - 44 - 84);
            let top = floor - (share * f64::from(room)) as i32;
            rectangle(area, [(left, floor), (left + step - 8, floor + 1)], FAINT)?;
            rectangle(area, [(left, top), (left + step - 8, floor)], BAR)?;
            write(area, label, (left, floor + 8), 16)?;
            write(area, &value.to_string(), (left, top - 22), 16)?;
        } else {
            let step = ((height - 70) / many).min(40);
            let (top, left, room) = (58 + nth * step, 280, width - 280 - 110);
            let right = left + (share * f64::from(room)) as i32;
            let size = (step - 10).clamp(12, 20);
            rectangle(area, [(left, top), (left + room, top + step - 8)], FAINT)?;
            rectangle(area, [(left, top), (right, top + step - 8)], BAR)?;
            write(area, label, (24, top + 1), size)?;
            write(area, &value.to_string(), (left + room + 12, top + 1), size)?;
        }
    }
    Ok(())
}

fn pixels(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

fn rectangle(area: &Area<'_>, corners: [(i32, i32); 2], color: RGBColor) -> Result<(), PictureError> {
    area.draw(&Rectangle::new(corners, color.filled())).map_err(wrap)
}

fn write(area: &Area<'_>, text: &str, at: (i32, i32), size: i32) -> Result<(), PictureError> {
    let short: String = text.chars().take(14).collect();
    let style = TextStyle::from((FAMILY, size).into_font()).color(&INK);
    area.draw(&Text::new(short, at, style)).map_err(wrap)
}

fn png(pixels: &[u8]) -> Result<Vec<u8>, PictureError> {
    use image::ImageEncoder;
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(pixels, WIDTH, HEIGHT, image::ColorType::Rgb8).map_err(wrap)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ab_glyph::{Font, FontRef};

    #[test]
    fn panels_become_a_png_and_other_figures_another_one() {
        let panel =
            |value| Panel { title: "每天的提问".into(), bars: vec![("11-27".into(), value), ("11-28".into(), 3)], standing: true };
        let [one, two] = [1, 9].map(|value| draw(&[panel(value)]).expect("a picture"));
        assert!(one.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_ne!(one, two);
    }

    #[test]
    fn the_font_has_every_character_of_a_topics_name() {
        let font = FontRef::try_from_slice(FONT).expect("a font");
        let names = include_str!("../../knowledge/systems.toml").chars().chain("提问答案候选急症没有毫秒以内主题天".chars());
        let missing: String = names.filter(|c| !c.is_control() && font.glyph_id(*c).0 == 0).collect();
        assert_eq!(missing, "");
    }
}
