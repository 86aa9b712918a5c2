// The second screen of a meeting: it asks what the chair has open, and shows that instead.
const EVERY = 2000;
const place = document.querySelector("[data-desk-follows]");

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch(place.dataset.deskFollows, { cache: "no-store" });
      if (answer.ok && (await answer.json()).stamp !== place.dataset.deskStamp) {
        location.reload();
        return;
      }
    } catch {
      // The desk does not answer just now; it is asked again.
    }
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
