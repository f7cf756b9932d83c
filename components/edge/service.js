async function handler(event) {
    const refusal = await gate(event);
    return refusal === null ? event.request : refusal;
}
