// Shows that a file is being prepared, until the browser has begun to download it, and which formats were taken.
const form = document.querySelector('form');
const progress = document.querySelector('progress');
const said = document.querySelector('[data-after-download]');
const buttons = [...form.querySelectorAll('button')];

let preparing;
const taken = new Set();

const hasBegun = (format) => document.cookie.split('; ').includes(`__Host-download-${format}=began`);
const forget = (format) => {
  document.cookie = `__Host-download-${format}=; Path=/; Max-Age=0; Secure; SameSite=Strict`;
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
    said.textContent = button.dataset.fetching;
    button.textContent = `✓ ${button.textContent.trim()}`;
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
  said.textContent = button.dataset.preparing;
  show();
  // Two minutes, should the browser take no cookies.
  wait(button, 480);
});

// The browser may bring back the page as it was left, in the middle of something.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
