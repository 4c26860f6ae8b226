// Cases: what is chosen or typed in a part of the page goes to the server in one press, and nothing of it before.
const gapsOf = (form) => [...form.querySelectorAll('fieldset[data-gap]')].filter((set) => !set.querySelector('input:checked'));

function sends(button, tell) {                             // true when the press was to send
  if (!('send' in button.dataset)) return false;
  const form = button.closest('[data-form]');
  const [gap] = gapsOf(form);
  if (gap) gap.querySelector('input').focus();
  else tell('press', [button.dataset.send, ...[...form.querySelectorAll('input:checked, input[type=text], select, textarea')].map((field) => field.value)].join(':'));
  return true;
}

function fills(target) {                                   // says what is still to do
  const form = target.closest('[data-ready]');
  if (!form) return;
  const gaps = gapsOf(form).map((set) => set.dataset.gap);
  form.querySelector('[data-send]').setAttribute('aria-disabled', String(gaps.length > 0));
  const said = form.querySelector('.gaps');
  const words = gaps.length ? `Still to do: ${gaps.join(' and ')}.` : form.dataset.ready;
  if (said.textContent !== words) said.textContent = words;
}
