// Clients come back after a minute: maintenance ends within seconds once its key says so.
const MAINTENANCE_RETRY_SECONDS = 60;

// The answer to a viewer whom maintenance keeps out, or null for one who may pass.
async function gate(event) {
    const maintenance = await read('maintenance');
    // A gate that cannot be read is open: a fault of the store must not take the site down.
    if (maintenance === null || maintenance.on !== true) {
        return null;
    }
    const allowed = maintenance.allowed_networks || [];
    for (let i = 0; i < allowed.length; i += 1) {
        if (contains(allowed[i], event.viewer.ip)) {
            return null;
        }
    }
    return unavailable(MAINTENANCE_RETRY_SECONDS, 'We are working on it and will be back soon. Please try again in a few minutes.');
}
