// An answer to GET or HEAD that is kept against the service's will goes to others too: a cookie in it would be theirs as well.
async function handler(event) {
    const response = event.response;
    if (event.request.method !== 'GET' && event.request.method !== 'HEAD') {
        return response;
    }
    const caching = await read('caching');
    // A store that cannot be read says nothing: then nobody gets another's cookie.
    if (caching === null || caching.on !== false) {
        response.cookies = {};
    }
    return response;
}
