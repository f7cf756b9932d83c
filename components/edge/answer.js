// The page has a policy of its own, since the site's may allow no inline style. Nothing in it comes from a viewer.
const POLICY = "default-src 'none'; frame-ancestors 'none'; style-src 'unsafe-inline'";

// An answer that CloudFront gives at once. Whoever keeps it would see it after the reason has passed, so nobody may.
function answer(statusCode, statusDescription, sentence) {
    return {
        statusCode: statusCode,
        statusDescription: statusDescription,
        headers: {
            'cache-control': { value: 'no-store' },
            'content-security-policy': { value: POLICY },
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
