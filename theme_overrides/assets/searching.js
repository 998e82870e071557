// Before the first paint of the search page: results are to fill the screen, so that what stands below
// them need not move when they come.
if (/[?&]q=[^&]/.test(location.search)) {
  document.documentElement.dataset.searching = "";
  // The list of shards comes while the program does: search.js takes it from here.
  globalThis.mujazShards = fetch("shards.json", { cache: "no-cache" }).catch(() => undefined);
}
