const STORE_RETRY_SECONDS = 5;

async function handler(event) {
    const request = event.request;
    const refusal = await gate(event);
    if (refusal !== null) {
        return refusal;
    }
    const path = plainPath(request.uri);
    if (path === null || isReserved(path)) {
        return answer(404, 'Not Found', 'There is nothing at this address.');
    }
    // Assets belong to no release.
    if (path.startsWith('/assets/')) {
        return request;
    }
    const traffic = await read('traffic');
    // Without the key there is no release to guess.
    if (traffic === null || !traffic.live) {
        return unavailable(STORE_RETRY_SECONDS, 'This page cannot be shown right now. Please try again in a few seconds.');
    }
    request.uri = `/releases/${release(traffic, event.viewer.ip)}${file(request.uri, path, traffic.single_page)}`;
    return request;
}
