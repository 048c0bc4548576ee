// Data and script of the page lie in it compressed (zlib, base64): the code runs when both are there.
window.townfacts = {};
(async () => {
  const text = (id) => {
    const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  };
  const [data, ...code] = await Promise.all(["packed-data", ...[...document.querySelectorAll("[id^=packed-code]")].map((e) => e.id)].map(text));
  townfacts.data = JSON.parse(data);
  for (const part of code) {
    const script = document.createElement("script");
    script.textContent = part;
    document.body.append(script);
  }
  document.documentElement.dataset.ready = Math.ceil(performance.now());
})().catch((error) => {
  const note = document.querySelector("noscript");
  if (note) note.outerHTML = note.textContent;
  throw error;
});
