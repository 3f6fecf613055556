import type { Aws, Props } from "../values";

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

/** What the provider knows of one resource type; the words are those of the Terraform schema it stands for. */
export interface Type {
    required?: string[];
    /** The property that gets `<logical name>-<7 hex>` when it and its prefix (`namePrefix` for `name`) are left out. */
    autoName?: string;
    /** The name that it gets instead. */
    generatedName?: (logicalName: string, seed: string, props: Props) => string;
    defaults?: Props;
    blocks?: { [property: string]: Block };
    /** Allowed values, by path ("settings.loggingLevel"); `[]` in a path stands for every element. */
    oneOf?: { [path: string]: unknown[] };
    /** Properties that must be ARNs (`verify.ValidARN`). */
    arns?: string[];
    /** ForceNew: a change replaces the resource. `region` always does. */
    replaces?: string[];
    taggable?: boolean;
    id: (seed: string, props: Props, aws: Aws) => string;
    /** Computed, or Optional and Computed. */
    computed?: (props: Props, id: string, aws: Aws) => Props;
    /** Optional only: null in a preview when left out (a set of blocks is an empty list), then what AWS answers. */
    unset?: Props;
    /** Blocks that stay when the program no longer has them (`verify.SuppressMissingOptionalConfigurationBlock`). */
    suppressed?: string[];
    /** Inputs that are null in plan and state because a `DiffSuppressFunc` drops them. */
    ignored?: (props: Props) => string[];
    /** From v7 on, the resource uses Terraform's plugin framework, whose defaults are in the plan, not in the inputs. */
    framework?: { defaults: Props; rawState: Props };
    /** Properties that v7 no longer has. */
    removedInV7?: string[];
    /** AWS's answer where it depends on more than the property itself. Not part of a preview. */
    settle?: (outputs: Props, id: string) => Props;
    /** What an id alone tells: the properties of a resource that is read (`.get()`, import). */
    read?: (id: string) => Props;
}

export type Types = { [token: string]: Type };
