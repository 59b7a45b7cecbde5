// Adds a button that copies the link beside it.
for (const place of document.querySelectorAll('[data-copy]')) {
  const input = place.querySelector('input');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = place.dataset.copy;
  const said = document.createElement('span');
  said.className = 'said';
  said.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
      said.textContent = place.dataset.copied;
    } catch {
      said.textContent = place.dataset.byHand;
    }
  });
  place.append(button, said);
}
