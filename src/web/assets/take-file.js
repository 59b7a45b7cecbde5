// Shows that a file is being prepared, until the browser has begun to download it, and which formats were taken.
const form = document.querySelector('form');
const progress = document.querySelector('progress');
const said = document.querySelector('[data-after-download]');
const buttons = [...form.querySelectorAll('button')];
const nameOf = (button) => button.textContent.trim();

let preparing;
const taken = new Set();

const hasBegun = (format) => document.cookie.split('; ').includes(`download-${format}=began`);
const forget = (format) => {
  document.cookie = `download-${format}=; Path=/d; Max-Age=0; Secure; SameSite=Strict`;
};

// Not disabled: whoever uses a keyboard would lose their place. A second request would end the first.
function show() {
  progress.hidden = preparing === undefined;
  for (const button of buttons) {
    const isOff = preparing !== undefined || taken.has(button);
    button.setAttribute('aria-disabled', String(isOff));
  }
}

function wait(button, patience) {
  if (hasBegun(button.dataset.format)) {
    taken.add(button);
    said.textContent = `Your browser is fetching the file. If it reports a failure, reload this page and press ${nameOf(button)} once more.`;
    button.textContent = `✓ ${nameOf(button)}`;
  } else if (patience > 0) {
    setTimeout(() => wait(button, patience - 1), 250);
    return;
  }
  preparing = undefined;
  show();
}

form.addEventListener('submit', (event) => {
  const button = event.submitter;
  if (preparing !== undefined || taken.has(button)) {
    event.preventDefault();
    return;
  }
  preparing = button;
  forget(button.dataset.format);
  said.textContent = `Preparing: ${nameOf(button)}. A large file can take a minute; then your browser asks where to put it, or shows it among your downloads.`;
  show();
  // Two minutes, should the browser take no cookies.
  wait(button, 480);
});

// The browser may bring back the page as it was left, in the middle of something.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
