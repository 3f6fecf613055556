/**
 * The wire format of protobuf, as far as the engine's requests use it
 * (https://protobuf.dev/programming-guides/encoding/). The generated messages read a request whole; most of a request is
 * the properties of resources that no policy asks for, and reading these would be most of the work.
 */

/** A field of a message: its number and its value, which is a number for a varint, and bytes for all else. */
interface Field {
    readonly number: number;
    readonly value: number | Buffer;
}

/**
 * The fields of a message, in the order in which they were sent.
 *
 * @throws Error if the bytes are not a message
 */
export function* fieldsOf(message: Buffer): Generator<Field> {
    let at = 0;
    const varint = (): number => {
        let [value, factor] = [0, 1];
        let byte: number | undefined;
        do {
            byte = message[at++];
            if (byte === undefined) {
                throw new Error("A message of the engine ends in the middle of a number.");
            }
            value += (byte & 0x7f) * factor;
            factor *= 128;
        } while (byte >= 0x80);
        return value;
    };
    const bytes = (length: number): Buffer => {
        const start = at;
        at += length;
        if (at > message.length) {
            throw new Error("A message of the engine ends in the middle of a field.");
        }
        return message.subarray(start, at);
    };
    while (at < message.length) {
        const tag = varint();
        const [number, wireType] = [Math.floor(tag / 8), tag % 8];
        switch (wireType) {
            case 0:
                yield { number, value: varint() };
                break;
            case 1:
                yield { number, value: bytes(8) };
                break;
            case 2:
                yield { number, value: bytes(varint()) };
                break;
            case 5:
                yield { number, value: bytes(4) };
                break;
            default:
                throw new Error(
                    `A message of the engine has a field of wire type ${wireType}, which is not supported.`,
                );
        }
    }
}

/** The values of the fields that are bytes, by number: all that were sent, in their order. */
export function bytesByNumber(message: Buffer): Map<number, Buffer[]> {
    const all = new Map<number, Buffer[]>();
    for (const { number, value } of fieldsOf(message)) {
        if (typeof value !== "number") {
            const list = all.get(number);
            list === undefined ? all.set(number, [value]) : list.push(value);
        }
    }
    return all;
}
