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
  };
}

const found = Object.fromEntries(LOCALES.map((locale) => [locale, facts(locale)]));
const { icu, cldr } = process.versions;
console.log(JSON.stringify({ icu, cldr, locales: found }, null, 1));
