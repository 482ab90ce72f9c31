// The page's words in the language chosen, with places for values and for elements.

/** Return a function from a key to text; `{name}` in the text is replaced by a value. */
export function wordsIn(tables, language) {
  const table = tables[language] ?? tables.en;
  const find = (key) => table[key] ?? tables.en[key] ?? key;
  const text = (key, values = {}) => partsOf(find(key), values).join("");
  /** Return text and elements in the order that the language wants them. */
  text.parts = (key, values = {}) => partsOf(find(key), values);
  text.language = language;
  text.has = (key) => key in table || key in tables.en;
  return text;
}

function partsOf(sentence, values) {
  return sentence
    .split(/\{(\w+)\}/)
    .map((part, i) => (i % 2 === 0 ? part : (values[part] ?? "")))
    .filter((part) => part !== "");
}

/** Return the form of a name in a language, or the one that is always there. */
export function nameIn(thing, language) {
  return thing.names?.[language] ?? thing.name;
}

/** Return a country's name in a language. */
export function countryName(country, language) {
  if (country.names?.[language]) return country.names[language];
  try {
    const regions = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    return regions.of(country.code) ?? country.name;
  } catch {
    return country.name;
  }
}
