// The key of what this reader has brought and not published, over a reload: this browser alone has it.

/** This tab's own first: another tab may have brought something else. */
function find(name) {
  return sessionStorage.getItem(name) ?? localStorage.getItem(name);
}

export default function ({ data, setStateValue }) {
  const { name, keep, drop } = data;
  try {
    for (const store of [sessionStorage, localStorage]) {
      if (keep) store.setItem(name, keep);
      else if (drop && store.getItem(name) === drop) store.removeItem(name);
    }
    const found = keep ? null : find(name);
    if (found && found !== drop) setStateValue("found", found);
  } catch {
    // Some browsers keep nothing: then a reload begins anew.
    if (keep) setStateValue("refused", true);
  }
}
