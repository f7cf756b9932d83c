// What the edge may hold goes to others too, at once or while the service fails: a cookie in it would be theirs as well. So an answer to GET
// or HEAD sets cookies only where the service forbids to keep it, and none while answers are kept against the services' will.
async function handler(event) {
    const response = event.response;
    if (event.request.method !== 'GET' && event.request.method !== 'HEAD') {
        return response;
    }
    const caching = mayBeKept(response) ? null : await read('caching');
    // A store that cannot be read says nothing: then nobody gets another's cookie.
    if (caching === null || caching.on !== false) {
        response.cookies = {};
    }
    return response;
}

function mayBeKept(response) {
    const control = response.headers['cache-control'];
    return !control || !/(^|[\s,])(no-store|private)([\s,=]|$)/i.test(control.value);
}
