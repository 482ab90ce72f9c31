// Popups: a dialog with a name; Escape closes it and the focus goes back to its shape.

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
    const popup = L.popup({
      maxWidth: 330,
      minWidth: 220,
      maxHeight: Math.max(160, map.getSize().y - 120),
      className: "card-popup",
      closeOnEscapeKey: false,
      autoPanPadding: [16, 16],
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

function centreOf(shape) {
  return shape.getLatLng ? shape.getLatLng() : shape.getBounds().getCenter();
}
