try { localStorage.removeItem("linli"); } catch (e) { /* nothing was kept */ }
