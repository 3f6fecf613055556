import type { Props } from "../values";

/** A nested object, or a list of them. */
export interface Block {
    /** Filled in by Check and listed in the block's own `__defaults` (`Default` in the Terraform schema). */
    defaults?: Props;
    /** Optional and Computed in the Terraform schema: unknown in a preview when left out, then these values. */
    computed?: Props;
    /** Optional only: null in a preview when left out, then these values. */
    unset?: Props;
    /** For sets: the key that identifies an element. */
    key?: string;
}

/**
 * What the provider knows of one resource type: the properties that policies read, and that programs pass on. The words
 * are those of the Terraform schema it stands for. Texts in `id`, `computed`, `settle` and `read` are templates (../template.ts).
 */
export interface Type {
    required?: string[];
    /** The property that gets `<logical name>-<7 hex>` when it and its prefix (`namePrefix` for `name`) are left out. */
    autoName?: string;
    /** What stands in that name between its parts, instead of a hyphen. */
    autoNameSeparator?: string;
    defaults?: Props;
    blocks?: { [property: string]: Block };
    /** Allowed values, by path ("settings.loggingLevel"); `[]` in a path stands for every element. */
    oneOf?: { [path: string]: unknown[] | RegExp };
    /** ForceNew: a change replaces the resource. `region` always does. */
    replaces?: string[];
    taggable?: boolean;
    id: string | ((props: Props) => string);
    /** Computed, or Optional and Computed. */
    computed?: Props | ((props: Props) => Props);
    /** Optional only: null in a preview when left out (a set of blocks is an empty list), then what AWS answers. */
    unset?: Props;
    /** Blocks that stay when the program no longer has them (`verify.SuppressMissingOptionalConfigurationBlock`). */
    suppressed?: string[];
    /** From v7 on, the resource uses Terraform's plugin framework, whose defaults are in the plan, not in the inputs. */
    framework?: { defaults: Props; rawState: Props };
    /** Properties that v7 no longer has. */
    removedInV7?: string[];
    /** AWS's answer where it depends on more than the property itself. Not part of a preview. */
    settle?: (outputs: Props) => Props;
    /** The properties of a resource that is read (`.get()`, import), as far as they do not come from the program. */
    read?: Props;
}

export type Types = { [token: string]: Type };
