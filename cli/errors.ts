/** Errors that commands show to people, without a stack trace. */

/** Why an input or an option cannot be used: a sentence after the name of the file, without its full stop. */
export class BadInput extends Error {
    /** @param hasAdvice whether the message itself says what to do, so that no advice need be added */
    constructor(
        message: string,
        readonly hasAdvice = false,
    ) {
        super(message);
    }
}
