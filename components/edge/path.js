// The path that a URI names, or null if no honest link names it so. It is judged as the bucket would read it, decoded once.
// CloudFront passes the URI as the viewer wrote it. Dot segments, backslashes and what is encoded twice have no place in it: to
// whatever decodes or resolves them on the way, the path would mean another one than it means here.
function plainPath(uri) {
    let path;
    try {
        path = decodeURIComponent(uri).replace(/\/+/g, '/');
    } catch (error) {
        return null;
    }
    const odd = /\/\.{1,2}(\/|$)|\\|%[0-9a-f]{2}/i;
    return path.startsWith('/') && !odd.test(path) ? path : null;
}

// The folder of the releases is ours: by its name one could read a release that takes no traffic.
function isReserved(path) {
    return path === '/releases' || path.startsWith('/releases/');
}

// The object of a release that a URI asks for. A file that does not exist is left to the bucket to refuse. What programs look for under
// a well-known name (RFC 8615) is a file also without a dot.
function file(uri, path, singlePage) {
    const last = path.split('/').pop();
    if (last.includes('.') || path.startsWith('/.well-known/')) {
        return uri;
    }
    if (singlePage) {
        return '/index.html';
    }
    return last === '' ? `${uri}index.html` : `${uri}/index.html`;
}
