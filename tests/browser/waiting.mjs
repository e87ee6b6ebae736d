// Waiting for what is to come, with what was there instead when it never comes.

/** Waits until a page or a part of it shows a text. */
export async function expectText(place, text) {
  const root = place.locator("body").count ? place.locator("body") : place;
  try {
    await place.getByText(text).first().waitFor({ timeout: 10_000 });
  } catch {
    throw new Error(`never saw “${text}”; there was:\n${await root.innerText()}`);
  }
}

/** Tries again until a check passes. */
export async function eventually(check, patience = 10_000) {
  const pause = 50;
  for (let waited = 0; ; waited += pause) {
    try {
      return await check();
    } catch (problem) {
      if (waited >= patience) throw problem;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
