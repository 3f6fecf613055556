/** Properties as the engine sends them: a `google.protobuf.Struct`, in which some objects have a special meaning. */

import { compare } from "../../stack/text";
import { fieldsOf } from "./protobuf";

/** Properties by name. */
export type WireProperties = Record<string, unknown>;

/** The key that marks an object as something special (sdk/go/common/resource/sig). */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** The signature of a secret, whose value is in `value`. */
export const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";
const ASSET_SIGNATURE = "c44067f5952c0a294b673a41bacd8c17";
const ARCHIVE_SIGNATURE = "0def7320c3a5731c473e5ecbe6d01bc7";

/** What becomes of the value of a secret. */
export type OnSecret = (value: unknown) => unknown;

/**
 * Reads properties. Unknown values stay the strings that they are on the wire, and assets and archives the objects.
 *
 * @throws Error for what the policy SDK does not read either, with its message
 */
export function readStruct(message: Buffer, onSecret: OnSecret): WireProperties {
    const values = new Map<string, Buffer>();
    for (const { number, value } of fieldsOf(message)) {
        if (number === 1) {
            values.set(...entryOf(value as Buffer));
        }
    }
    const properties: WireProperties = {};
    // The engine sends a map in any order, and findings must not depend on it.
    for (const [key, sent] of [...values].sort(([a], [b]) => compare(a, b))) {
        const value = readValue(sent, onSecret);
        // This one would change the object itself; the policy SDK leaves it out as well.
        if (key !== "__proto__") {
            properties[key] = value;
        }
    }
    return properties;
}

/** An entry of a map: its key, and the message that is its value, which is empty if there is none. */
export function entryOf(message: Buffer): [key: string, value: Buffer] {
    let key = "";
    let value: Buffer = Buffer.alloc(0);
    for (const field of fieldsOf(message)) {
        if (field.number === 1) {
            key = field.value.toString();
        } else if (field.number === 2) {
            value = field.value as Buffer;
        }
    }
    return [key, value];
}

/** A `google.protobuf.Value`, of which the last field counts. */
function readValue(message: Buffer, onSecret: OnSecret): unknown {
    let read: (() => unknown) | undefined;
    for (const { number, value } of fieldsOf(message)) {
        read = () => kindOf(number, value, onSecret);
    }
    if (read === undefined) {
        throw new Error("Unexpected struct type");
    }
    return read();
}

function kindOf(kind: number, value: number | Buffer, onSecret: OnSecret): unknown {
    const bytes = value as Buffer;
    switch (kind) {
        case 1:
            return null;
        case 2:
            return bytes.readDoubleLE();
        case 3:
            return bytes.toString();
        case 4:
            return value !== 0;
        case 5:
            return withMeaning(readStruct(bytes, onSecret), onSecret);
        case 6:
            return readList(bytes, onSecret);
        default:
            throw new Error("Unexpected struct type");
    }
}

function readList(message: Buffer, onSecret: OnSecret): unknown[] {
    const list: unknown[] = [];
    for (const { number, value } of fieldsOf(message)) {
        if (number === 1) {
            list.push(readValue(value as Buffer, onSecret));
        }
    }
    return list;
}

/** An object by its signature. An asset or an archive stays as it is: no policy reads one, and a remediation preserves it. */
function withMeaning(object: WireProperties, onSecret: OnSecret): unknown {
    const signature = object[SIGNATURE];
    if (!signature) {
        return object;
    }
    switch (signature) {
        case SECRET_SIGNATURE:
            if (object.value === undefined) {
                throw new Error("unexpected undefined property value during deserialization");
            }
            return onSecret(object.value);
        case ASSET_SIGNATURE:
            if (!(object.path || object.text || object.uri)) {
                throw new Error("Invalid asset encountered when unmarshaling resource property");
            }
            return object;
        case ARCHIVE_SIGNATURE:
            if (!(object.assets || object.path || object.uri)) {
                throw new Error("Invalid archive encountered when unmarshaling resource property");
            }
            return object;
        default:
            throw new Error(`Unrecognized signature '${signature}' when unmarshaling resource property`);
    }
}
