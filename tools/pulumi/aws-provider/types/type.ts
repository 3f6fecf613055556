import type { Aws, Props } from "../values";

/** A nested object, or a list of them. */
export interface Block {
    /** Filled in by Check and listed in the block's own `__defaults` (`Default` in the Terraform schema). */
    defaults?: Props;
    /** Optional and Computed in the Terraform schema: unknown in a preview when left out, then these values. */
    computed?: Props;
    /** Lists the key that tells one element from another. */
    key?: string;
}

/** What the provider knows of one resource type; the words are those of the Terraform schema it stands for. */
export interface Type {
    required?: string[];
    /** The property that gets `<logical name>-<7 hex>` when left out. */
    autoName?: string;
    defaults?: Props;
    blocks?: { [property: string]: Block };
    /** Allowed values, by path ("settings.loggingLevel"); `[]` in a path stands for every element. */
    oneOf?: { [path: string]: unknown[] };
    /** ForceNew: a change replaces the resource. `region` always does. */
    replaces?: string[];
    taggable?: boolean;
    id: (seed: string, props: Props, aws: Aws) => string;
    /** Computed, or Optional and Computed. */
    computed?: (props: Props, id: string, aws: Aws) => Props;
    /** Known in a v7 preview although left out: the plan itself has the value. */
    planned?: Props;
    /** Optional only: absent in a preview when left out, then what AWS answers. */
    unset?: Props;
    /** AWS's answer where it depends on more than the property itself. Not part of a preview. */
    settle?: (outputs: Props) => Props;
    /** What an id alone tells: the properties of a resource that is read (`.get()`, import). */
    read?: (id: string) => Props;
}

export type Types = { [token: string]: Type };
