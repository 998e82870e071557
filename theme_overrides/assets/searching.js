// Before the first paint of the search page: results are to fill the screen, so that what stands below
// them need not move when they come.
if (/[?&]q=[^&]/.test(location.search)) document.documentElement.dataset.searching = "";
