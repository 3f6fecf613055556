import type {
    ReportViolation,
    ResourceRemediation,
    ResourceValidation,
    ResourceValidationArgs,
    StackValidation,
} from "@pulumi/policy";
import { type Resource, type Stack, stackOf } from "../../apigateway/resource";
import type { ConfigReader } from "./config";

/** The inputs of one resource, which is all that a resource policy sees. */
export type Inputs = Pick<ResourceValidationArgs, "type" | "name" | "urn" | "props">;

/** The types that a validation judges, for those who need not ask it about any other. */
export interface Typed {
    readonly types: readonly string[];
}

/** Judges the resources of some types; the config is read first, whatever the resource, so that a bad one always shows. */
export function onTypes<Config>(
    types: readonly string[],
    readConfig: ConfigReader<Config>,
    judge: (resource: Inputs, config: Config, report: ReportViolation) => void,
): ResourceValidation & Typed {
    const reason = onlyFor(types);
    const validate: ResourceValidation = (args, report) => {
        const config = readConfig(args);
        if (!isJudged(args, types)) {
            return args.notApplicable(reason);
        }
        return judge(args, config, report);
    };
    return Object.assign(validate, { types });
}

/** Mends the resources of some types in place; `mend` says whether it changed anything. */
export function mendTypes<Config>(
    types: readonly string[],
    readConfig: ConfigReader<Config>,
    mend: (resource: Inputs, config: Config) => boolean,
): ResourceRemediation {
    const reason = onlyFor(types);
    return (args) => {
        const config = readConfig(args);
        if (!isJudged(args, types)) {
            return args.notApplicable(reason);
        }
        return mend(args, config) ? args.props : undefined;
    };
}

/**
 * A resource that a program only reads (`LogGroup.get`) has no inputs. `pulumi policy analyze` sends it all the same;
 * previews and updates do not.
 */
function isJudged({ type, props }: Inputs, types: readonly string[]): boolean {
    return types.includes(type) && Object.keys(props).length > 0;
}

/** What a stack policy says: findings, each on the resource to change, and what it could not decide. */
export interface Verdicts {
    finding(message: string, resource?: Resource): void;
    undecided(what: string): void;
}

/**
 * Who is told what a policy could not decide, in one line a stack, however much it is: `check` listens; the engine shows
 * what is written to stderr under the stack's diagnostics.
 */
export interface Listened {
    readonly listener?: (line: string) => void;
}

/** Judges a stack that has resources of some types. */
export function onStack<Config>(
    policy: string,
    types: readonly string[],
    readConfig: ConfigReader<Config>,
    judge: (stack: Stack, config: Config, verdicts: Verdicts) => void,
): StackValidation {
    const reason = onlyFor(types);
    return (args, report) => {
        const config = readConfig(args);
        if (!args.resources.some((resource) => types.includes(resource.type))) {
            return args.notApplicable(reason);
        }
        const undecided: string[] = [];
        judge(stackOf(args.resources), config, {
            finding: (message, resource) => report(message, resource?.urn),
            undecided: (what) => undecided.push(what),
        });
        if (undecided.length > 0) {
            const more = undecided.length > SHOWN ? `; and ${undecided.length - SHOWN} more` : "";
            const line = `${policy} could not decide on ${undecided.slice(0, SHOWN).join("; ")}${more}`;
            const { listener = console.error } = args as Listened;
            listener(line);
        }
    };
}

const SHOWN = 3;

function onlyFor(types: readonly string[]): string {
    return `Policy only applies to ${types.join(", ")}`;
}
