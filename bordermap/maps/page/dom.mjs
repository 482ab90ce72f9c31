// Elements, made without markup: whatever a text holds, it stays text.

const SVG = "http://www.w3.org/2000/svg";

/** Return an element with attributes and children; a string becomes text. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Return an SVG element with attributes and children. */
export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

/** Return a link to a web address, or plain text where the address is none. */
export function link(text, address) {
  let safe = false;
  try {
    safe = ["https:", "http:"].includes(new URL(address).protocol);
  } catch {
    safe = false;
  }
  return safe
    ? element("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text)
    : element("span", {}, text);
}

/** Put new children into an element. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

/** Return the element of an id. */
export function byId(id) {
  return document.getElementById(id);
}
