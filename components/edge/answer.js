// Of the one style below: the page has a policy of its own, since the site's may allow no inline style.
const STYLE_HASH = 'sha256-T8rK/LIdZQq6k2bPEHaQZ20ODOYhZ22shpAoMsV9WfQ=';

// An answer that CloudFront gives at once. Whoever keeps it would see it after the reason has passed, so nobody may.
function answer(statusCode, statusDescription, sentence) {
    return {
        statusCode: statusCode,
        statusDescription: statusDescription,
        headers: {
            'cache-control': { value: 'no-store' },
            'content-security-policy': { value: `default-src 'none'; frame-ancestors 'none'; style-src '${STYLE_HASH}'` },
            'content-type': { value: 'text/html; charset=utf-8' }
        },
        body: { encoding: 'text', data: page(statusDescription, sentence) }
    };
}

function unavailable(retryAfterSeconds, sentence) {
    const response = answer(503, 'Service Unavailable', sentence);
    response.headers['retry-after'] = { value: String(retryAfterSeconds) };
    return response;
}

function page(title, sentence) {
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>body{font:1.125rem/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${sentence}</p>
</main>
</body>
</html>
`;
}
