/** What may be asked of a report beside its format. A format ignores the options of others. */

/** The options of all formats. */
export interface FormatOptions extends TextOptions, SarifOptions {}

/** Options of the format text. */
export interface TextOptions {
    readonly color: boolean;
    /** The findings only: neither summary nor notes. */
    readonly quiet: boolean;
    /** Whether to also show excepted findings. */
    readonly showExcepted?: boolean | undefined;
}

/** What findings are grouped by, in formats that otherwise show them by policy. */
export interface GroupingOptions {
    readonly groupBy?: "control" | undefined;
}

/** Options of the format sarif. */
export interface SarifOptions extends GroupingOptions {
    /**
     * Whether excepted findings are among the results, with `suppressions`. GitHub ignores those and opens alerts
     * (https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support).
     */
    readonly suppressions?: boolean | undefined;
}
