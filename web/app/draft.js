// What one page hands to another, and what is being written: kept for this tab.

// A draft is a job in JSON, as it is written.
export const loadDraft = () => JSON.parse(sessionStorage.getItem("lemma-draft") ?? "null");
export const saveDraft = job => keep("lemma-draft", job);

// A start is where exploring by hand begins: a job, and the path to a state, each
// step with its action and state.
export const loadStart = () => JSON.parse(sessionStorage.getItem("lemma-start") ?? "null");
export const saveStart = start => keep("lemma-start", start);

function keep(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    sessionStorage.removeItem(key); // larger than a tab may keep
  }
}
