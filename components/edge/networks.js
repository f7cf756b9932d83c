// Whether an address is in a network: 203.0.113.9 in 203.0.113.0/24, 2001:db8::1 in 2001:db8::/32.
function contains(network, address) {
    const parts = network.split('/');
    const inside = groups(parts[0]);
    const outside = groups(address);
    const bits = parts.length > 1 ? parseInt(parts[1], 10) : 16 * inside.length;
    // Written so that a prefix that is no number is in no range.
    if (inside.length !== outside.length || !(bits >= 0 && bits <= 16 * inside.length)) {
        return false;
    }
    for (let i = 0; 16 * i < bits; i += 1) {
        const ignored = Math.max(0, 16 * (i + 1) - bits);
        if ((inside[i] ^ outside[i]) >>> ignored !== 0) {
            return false;
        }
    }
    return true;
}

// The 16-bit groups of an address: two of an IPv4 address, eight of an IPv6 address.
function groups(address) {
    const halves = address.split('::');
    const head = written(halves[0]);
    if (halves.length === 1) {
        return head;
    }
    const tail = written(halves[1]);
    while (head.length + tail.length < 8) {
        head.push(0);
    }
    return head.concat(tail);
}

function written(text) {
    const found = [];
    text.split(':').forEach((part) => {
        if (part.includes('.')) {
            const bytes = part.split('.');
            found.push(256 * Number(bytes[0]) + Number(bytes[1]), 256 * Number(bytes[2]) + Number(bytes[3]));
        } else {
            // Nothing beside the two colons is a zero too.
            found.push(parseInt(part, 16) || 0);
        }
    });
    return found;
}
