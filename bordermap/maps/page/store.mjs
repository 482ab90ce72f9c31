// What the reader has chosen; parts of the page follow its changes.

/** Return a store of a state; `set` tells every follower which keys changed. */
export function createStore(initial) {
  let state = { ...initial };
  const followers = [];
  return {
    get state() {
      return state;
    },
    set(patch) {
      const changed = new Set(Object.keys(patch).filter((key) => patch[key] !== state[key]));
      if (changed.size === 0) return;
      state = { ...state, ...patch };
      followers.forEach((follow) => follow(state, changed));
    },
    follow(follower) {
      followers.push(follower);
    },
  };
}
