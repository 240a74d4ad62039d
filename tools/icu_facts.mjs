// Writes what ICU prints for typed facts, the values that tests/test_facts.py compares with:
//   node tools/icu_facts.mjs > tests/cases/facts/icu.json
// Node's own versions of ICU and CLDR are named in the result; V8 writes U+202F as a plain space.
const LOCALES = `en-GB en-US en-CA en-IN fr-FR fr-CA fr-CH fr-BE ar-MA ar-EG ar-SA ar-TN ar-DZ ar-LB ar-AE
  de-DE de-AT de-CH es-ES es-MX es-AR pt-PT pt-BR it-IT it-CH nl-NL pl-PL ru-RU uk-UA tr-TR he-IL
  fa-IR ur-PK zh-CN ja-JP ko-KR el-GR sv-SE nb-NO fi-FI cs-CZ hu-HU bg-BG lv-LV et-EE hi-IN bn-BD
  ne-NP my-MM zgh-MA`.split(/\s+/);
const day = new Date(Date.UTC(2025, 10, 24, 12));
const may = new Date(Date.UTC(2025, 4, 1, 12));
const at = (hours, minutes) => new Date(Date.UTC(2025, 10, 24, hours, minutes));

function facts(locale) {
  const number = (value, options = {}) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 9, ...options }).format(value);
  const percent = (value) => number(value, { style: "percent" });
  const money = (value, currency, decimals) =>
    number(value, { style: "currency", currency, minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const date = (value, options) =>
    new Intl.DateTimeFormat(locale, { calendar: "gregory", timeZone: "UTC", ...options }).format(value);
  return {
    "{number: 4500}": number(4500),
    "{number: 45000}": number(45000),
    "{number: 12345.5}": number(12345.5),
    "{number: 1234567890}": number(1234567890),
    "{number: -5}": number(-5),
    "{percentage: 12.5}": percent(0.125),
    "{percentage: -0.3}": percent(-0.003),
    "{money: 12345.50, currency: CHF}": money(12345.5, "CHF", 2),
    "{money: 4500, currency: EUR}": money(4500, "EUR", 0),
    "{money: -1234.50, currency: EUR}": money(-1234.5, "EUR", 2),
    "{money: 1500000, currency: USD}": money(1500000, "USD", 0),
    "{money: 4500, currency: MAD}": money(4500, "MAD", 0),
    "{date: 2025-11-24}": date(day, { dateStyle: "long" }),
    "{date: 2025-11-24, style: full}": date(day, { dateStyle: "full" }),
    "{date: 2025-11-24, style: medium}": date(day, { dateStyle: "medium" }),
    "{date: 2025-11-24, style: short}": date(day, { dateStyle: "short" }),
    "{date: 2025-05-01, style: short}": date(may, { dateStyle: "short" }),
    "{date: 2025-11}": date(day, { year: "numeric", month: "long" }),
    "{date: 2025}": date(day, { year: "numeric" }),
    "{time: 09:05}": date(at(9, 5), { timeStyle: "short" }),
    "{time: 14:30}": date(at(14, 30), { timeStyle: "short" }),
    "{time: 00:00}": date(at(0, 0), { timeStyle: "short" }),
    ...compact(number),
    ...signs(number),
    ...names(number),
    ...ranges(locale),
    ...durations(locale, number),
  };
}

function compact(number) {
  const short = (value, options) =>
    number(value, { notation: "compact", compactDisplay: "short", maximumFractionDigits: 9, ...options });
  return {
    "{number: 1500000, style: compact}": short(1.5e6, { compactDisplay: "long" }),
    "{number: 1000000, style: compact}": short(1e6, { compactDisplay: "long" }),
    "{number: 3000000, style: compact}": short(3e6, { compactDisplay: "long" }),
    "{number: -4500, style: compact}": short(-4500, { compactDisplay: "long" }),
    "{number: 999, style: compact}": short(999, { compactDisplay: "long" }),
    "{number: 25300000000, style: compact-short}": short(25.3e9),
    "{number: 999999, style: compact, decimals: 0}": short(999999, { compactDisplay: "long", maximumFractionDigits: 0 }),
    "{number: 12000000, style: compact, decimals: 1}": short(12e6, { compactDisplay: "long", minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  };
}

function signs(number) {
  const signed = { signDisplay: "exceptZero" };
  const money = { ...signed, style: "currency", currency: "EUR", maximumFractionDigits: 0 };
  return {
    "{number: 3.2, sign: always}": number(3.2, signed),
    "{number: -3.2, sign: always}": number(-3.2, signed),
    "{number: 0, sign: always}": number(0, signed),
    "{percentage: 3.2, sign: always}": number(0.032, { ...signed, style: "percent" }),
    "{percentage: 4, decimals: 2}": number(0.04, { style: "percent", minimumFractionDigits: 2 }),
    "{money: 500, currency: EUR, sign: always}": number(500, money),
    "{money: -500, currency: EUR, sign: never}": number(500, { ...money, signDisplay: "auto" }),
  };
}

function names(number) {
  const named = (value, currency, currencyDisplay, digits) =>
    number(value, { style: "currency", currency, currencyDisplay, minimumFractionDigits: digits, maximumFractionDigits: digits });
  const unit = (value, unit, unitDisplay) => number(value, { style: "unit", unit, unitDisplay });
  return {
    "{money: 45000, currency: MAD, as: name}": named(45000, "MAD", "name", 0),
    "{money: 1, currency: EUR, as: name}": named(1, "EUR", "name", 0),
    "{money: 3, currency: USD, as: name}": named(3, "USD", "name", 0),
    "{money: 12345.50, currency: EUR, as: name}": named(12345.5, "EUR", "name", 2),
    "{money: 4500, currency: EUR, as: code}": named(4500, "EUR", "code", 0),
    "{quantity: 12, unit: kilometer}": unit(12, "kilometer", "long"),
    "{quantity: 1, unit: hectare}": unit(1, "hectare", "long"),
    "{quantity: 2, unit: day}": unit(2, "day", "long"),
    "{quantity: 3, unit: month}": unit(3, "month", "long"),
    "{quantity: 45000.5, unit: kilogram}": unit(45000.5, "kilogram", "long"),
    "{quantity: -5, unit: celsius}": unit(-5, "celsius", "long"),
    "{quantity: 2, unit: celsius, style: short}": unit(2, "celsius", "short"),
    "{quantity: 120, unit: kilometer-per-hour, style: short}": unit(120, "kilometer-per-hour", "short"),
  };
}

function ranges(locale) {
  const figures = (first, last, options = {}) => new Intl.NumberFormat(locale, options).formatRange(first, last);
  const dates = (first, last, options) =>
    new Intl.DateTimeFormat(locale, { calendar: "gregory", timeZone: "UTC", ...options }).formatRange(
      new Date(`${first}T12:00Z`), new Date(`${last}T12:00Z`));
  const times = (first, last) =>
    new Intl.DateTimeFormat(locale, { timeZone: "UTC", timeStyle: "short" }).formatRange(at(...first), at(...last));
  const unit = (unit, unitDisplay) => ({ style: "unit", unit, unitDisplay });
  const euros = { style: "currency", currency: "EUR", maximumFractionDigits: 0 };
  const long = { dateStyle: "long" };
  return {
    "{range: [1.5, 2]}": figures(1.5, 2),
    "{range: [1500, 45000]}": figures(1500, 45000),
    "{range: [-5, 2]}": figures(-5, 2),
    "{range: [10, 12], of: percentage}": figures(0.1, 0.12, { style: "percent" }),
    "{range: [2, 4], currency: EUR}": figures(2, 4, euros),
    "{range: [2, 4], currency: EUR, as: name}": figures(2, 4, { ...euros, currencyDisplay: "name" }),
    "{range: [1.5, 2], unit: celsius, style: short}": figures(1.5, 2, unit("celsius", "short")),
    "{range: [-5, 2], unit: celsius, style: short}": figures(-5, 2, unit("celsius", "short")),
    "{range: [3, 12], unit: kilometer}": figures(3, 12, unit("kilometer", "long")),
    "{range: [1200000, 1500000], style: compact}": figures(1.2e6, 1.5e6, { notation: "compact", compactDisplay: "long" }),
    "{range: [2025-11-12, 2025-11-15]}": dates("2025-11-12", "2025-11-15", long),
    "{range: [2025-11-28, 2025-12-02]}": dates("2025-11-28", "2025-12-02", long),
    "{range: [2025-12-28, 2026-01-02]}": dates("2025-12-28", "2026-01-02", long),
    "{range: [2025-11-12, 2025-11-15], style: full}": dates("2025-11-12", "2025-11-15", { dateStyle: "full" }),
    "{range: [2025-10, 2025-11]}": dates("2025-10-12", "2025-11-12", { year: "numeric", month: "long" }),
    "{range: [2024, 2025], of: date}": dates("2024-10-12", "2025-11-12", { year: "numeric" }),
    '{range: ["09:00", "10:30"]}': times([9, 0], [10, 30]),
    '{range: ["11:00", "13:30"]}': times([11, 0], [13, 30]),
  };
}

function durations(locale, number) {
  const unit = (value, unit) => number(value, { style: "unit", unit, unitDisplay: "long" });
  const list = new Intl.ListFormat(locale, { type: "unit", style: "long" });
  return {
    '{duration: "1:30"}': list.format([unit(1, "hour"), unit(30, "minute")]),
    "{duration: {days: 3, hours: 2, minutes: 5}}": list.format([unit(3, "day"), unit(2, "hour"), unit(5, "minute")]),
  };
}

const found = Object.fromEntries(LOCALES.map((locale) => [locale, facts(locale)]));
const { icu, cldr } = process.versions;
console.log(JSON.stringify({ icu, cldr, locales: found }, null, 1));
