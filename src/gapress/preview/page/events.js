// Learns of changes. However many tabs are open, one of them listens to the server and tells the
// others: a browser opens six connections to a server, and each open stream takes one.

const CHANNEL = `gapress ${location.pathname}`;

export function listen(changed, lost) {
  if (!navigator.locks) { // not a secure context: behind a proxy without TLS
    poll(changed, lost);
    return;
  }
  const tabs = new BroadcastChannel(CHANNEL);
  const take = (isLost) => { lost(isLost); if (!isLost) changed(); };
  tabs.onmessage = (event) => take(event.data.lost);
  changed();
  navigator.locks.request(CHANNEL, () => new Promise(() => { // until this tab is closed
    const tell = (isLost) => { take(isLost); tabs.postMessage({ lost: isLost }); };
    const events = new EventSource("events");
    events.onmessage = () => tell(false);
    events.onerror = () => tell(true);
  }));
}

async function poll(changed, lost) {
  let seen;
  for (;;) {
    try {
      const version = await (await fetch("version")).text();
      lost(false);
      if (version !== seen) changed();
      seen = version;
    } catch { lost(true); }
    await new Promise((resolve) => { setTimeout(resolve, 2000); });
  }
}
