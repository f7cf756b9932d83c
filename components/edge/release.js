// The release that a viewer sees: the canary for those whose bucket, 0 to 99, is below its percent. More percent only adds viewers.
function release(traffic, address) {
    return traffic.canary && bucket(traffic.canary + address) < traffic.percent ? traffic.canary : traffic.live;
}

// FNV-1a modulo 100. Its product is written as shifts: ES 5.1 has no multiplication of 32-bit integers.
function bucket(text) {
    let hash = 2166136261;
    for (let i = 0; i < text.length; i += 1) {
        hash ^= text.charCodeAt(i);
        hash += (hash << 1) + (hash << 4) + (hash << 7) + (hash << 8) + (hash << 24);
    }
    return (hash >>> 0) % 100;
}
