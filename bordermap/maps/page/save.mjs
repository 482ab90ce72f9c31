// Files made in the page and handed to the reader.

/** Offer a file of text for download. */
export function saveText(name, text, type) {
  saveBlob(name, new Blob([text], { type }));
}

/** Offer a file for download. */
export function saveBlob(name, blob) {
  const address = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
