import cf from 'cloudfront';

const store = cf.kvs();

// The value of a key, or null when it cannot be read: the store does not answer, has no such key, or the value is no JSON.
async function read(key) {
    try {
        return await store.get(key, { format: 'json' });
    } catch (error) {
        return null;
    }
}
