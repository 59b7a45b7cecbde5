// Tells Teams that the sign-in is done, so that it closes the window, and takes over its theme; elsewhere the page stands as it is.
const themes = new Map([
  ['default', 'light'],
  ['dark', 'dark'],
  ['contrast', 'contrast'],
]);

function wear(theme) {
  const known = themes.get(theme);
  if (known) document.documentElement.dataset.theme = known;
}

(async () => {
  const nonce = document.querySelector('[data-nonce]')?.dataset.nonce;
  const teams = globalThis.microsoftTeams;
  if (!teams) return;
  try {
    await teams.app.initialize();
    if (nonce) teams.authentication.notifySuccess(nonce);
    teams.app.registerOnThemeChangeHandler(wear);
    wear((await teams.app.getContext()).app.theme);
  } catch {
    // Outside Teams there is nobody to tell, and nothing to do: the sign-in was finished on the server.
  }
})();
