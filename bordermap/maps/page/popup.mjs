// Popups: a dialog with a name; Escape closes it and the focus goes back to its shape.

import { byId } from "./dom.mjs";

/** Highest popup: what is longer scrolls, so that the shape stays in sight beside it. */
const HIGHEST_PX = 420;

/** Return a function that opens a popup for a shape. */
export function createPopups(map, text) {
  let opener = null;
  let closing = false;

  map.on("popupclose", () => {
    if (opener && closing) opener.focus({ preventScroll: true });
    opener = null;
    closing = false;
  });
  const close = () => {
    closing = true;
    map.closePopup();
  };
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opener) {
      event.stopPropagation();
      close();
    }
  });

  return function open({ shape, at, title, content }) {
    const top = panelFoot(map);
    const popup = L.popup({
      maxWidth: 330,
      minWidth: 220,
      maxHeight: Math.max(160, Math.min(HIGHEST_PX, map.getSize().y - top - 70)),
      autoPanPaddingTopLeft: [16, top + 16],
      className: "card-popup",
      closeOnEscapeKey: false,
      autoPanPaddingBottomRight: [16, 16],
    })
      .setLatLng(at ?? centreOf(shape))
      .setContent(content);
    map.closePopup();
    opener = shape.getElement?.() ?? map.getContainer();
    const current = opener;
    popup.openOn(map);
    opener = current;
    const box = popup.getElement();
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", title);
    box.setAttribute("tabindex", "-1");
    const button = box.querySelector(".leaflet-popup-close-button");
    if (button) {
      button.setAttribute("aria-label", text()("close"));
      button.addEventListener("click", () => {
        closing = true;
      }, { capture: true });
    }
    box.focus({ preventScroll: true });
  };
}

/** Return how far down the outline's panel reaches where it lies on the map [pixels]. */
export function panelFoot(map) {
  const panel = byId("outline").getBoundingClientRect();
  const view = map.getContainer().getBoundingClientRect();
  const over = panel.top < view.bottom && panel.bottom > view.top;
  return over ? Math.min(panel.bottom - view.top, view.height / 3) : 0;
}

function centreOf(shape) {
  return shape.getLatLng ? shape.getLatLng() : shape.getBounds().getCenter();
}
