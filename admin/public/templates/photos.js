// Photos go out one after the other, made small on the phone, once the words are safe. Without it a plain form does.
"use strict";

const LONGEST_SIDE = 1600, MOST_PHOTOS = 3;

// A name for one photo, so that sent twice it is one.
function named() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The photo as a small JPEG; as it is where the browser cannot, or where that would be no smaller.
async function smaller(file) {
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return made && made.size < file.size ? made : file;
  } catch (e) {
    return file;
  }
}

// What is said about photos on their way, between those that have come and the button.
function tellPhoto(name) {
  const lines = document.querySelectorAll("#going p");
  lines.forEach((line) => { line.hidden = line.dataset.when !== name; });
}

// Send one to the form on this page; true once the server has said what became of it.
async function sendPhoto(photo) {
  const form = document.querySelector("#photos form");
  if (!form) return true;
  const body = new FormData();
  for (const field of ["receipt", "page"]) body.append(field, form.elements[field].value);
  body.append("key", photo.key);
  body.append("photo", await smaller(photo.file), "photo.jpg");
  const answer = await fetch(form.action, { method: "POST", body });
  if (answer.status >= 500) throw new Error("later");
  const come = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("photos");
  if (come) document.getElementById("photos").replaceWith(come);
  return true;
}

// All of them, one after the other; on a line that breaks each is tried again until it has come.
async function sendPhotos(photos) {
  let tries = 0;
  while (photos.length) {
    tellPhoto("going");
    try {
      await sendPhoto(photos[0]);
      photos.shift();
      tries = 0;
    } catch (e) {
      tries += 1;
      tellPhoto("broken");
      await new Promise((go) => setTimeout(go, Math.min(60, 2 ** tries) * 1000));
    }
  }
  tellPhoto("");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("#photos form") || !window.createImageBitmap) return;
  const file = form.elements.photo.files[0];
  event.preventDefault();
  if (file && !form.dataset.sent) {
    form.dataset.sent = "1";
    sendPhotos([{ file, key: form.elements.key.value }]);
  }
});
