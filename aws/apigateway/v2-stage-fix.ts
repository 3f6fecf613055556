/** How stages of WebSocket APIs are fixed on AWS itself, whichever program makes them. */

import { both, quote } from "../../stack/text";
import { isKnown, type Maybe } from "../../stack/values";
import { type Cannot, type Command, cannot, mergedFixes, UNKNOWN_STAGE, type Wanted } from "../command";
import type { LoggingLevel } from "./logging-level";
import type { V2Stage } from "./v2-stage";

/** Settings of routes to be set. */
export interface WebSocketStageFix {
    readonly kind: "WebSocket stage";
    readonly apiId: string;
    readonly stageName: string;
    readonly set: readonly RouteSetting[];
}

/** `route` is the key of a route, or `undefined` for the default route settings. */
export type RouteSetting =
    | { readonly setting: "level"; readonly route: string | undefined; readonly level: LoggingLevel }
    | { readonly setting: "no data trace"; readonly route: string | undefined };

/** @param routes what is to be set for, by the keys of routes; `null` for the default route settings */
export function webSocketStageFixes(
    { api, name }: Pick<V2Stage, "api" | "name">,
    routes: readonly (Maybe<string> | null)[],
    settingOf: (route: string | undefined) => RouteSetting,
): (WebSocketStageFix | Cannot)[] {
    if (!isKnown(api.id) || !isKnown(name)) {
        return [UNKNOWN_STAGE];
    }
    const known = routes.filter(isKnown);
    const set = known.map((route) => settingOf(route ?? undefined));
    return [
        ...(set.length > 0 ? [{ kind: "WebSocket stage" as const, apiId: api.id, stageName: name, set }] : []),
        ...(known.length < routes.length ? [cannot("The key of a route is not known: deploy the stack first.")] : []),
    ];
}

type Change = Readonly<Record<string, string | boolean>>;

/** One command for the default route settings of a stage, and one for those of its routes. */
export function webSocketStageCommands(fixes: readonly WebSocketStageFix[], wanted: Wanted): Command[] {
    return mergedFixes(fixes, ({ apiId, stageName }) => [apiId, stageName]).flatMap(({ apiId, stageName, set }) => {
        const changes = new Map<string | undefined, Change>();
        for (const one of set) {
            changes.set(one.route, { ...changes.get(one.route), ...changeFor(one, wanted) });
        }
        const commandFor = (option: string, settings: string, what: string): Command => ({
            args: ["set_route_settings", apiId, stageName, option, settings],
            what: `stage ${quote(stageName)} of API ${quote(apiId)}: ${what}`,
        });
        const defaults = changes.get(undefined);
        const routes = [...changes].flatMap(([key, change]) => (key === undefined ? [] : [{ key, change }]));
        return [
            ...(defaults === undefined
                ? []
                : [
                      commandFor(
                          "--default-route-settings",
                          merged("DefaultRouteSettings", defaults),
                          `${describe(defaults)} by default`,
                      ),
                  ]),
            ...(routes.length === 0
                ? []
                : [
                      commandFor(
                          "--route-settings",
                          withRoutes(routes),
                          routes.map(({ key, change }) => `${describe(change)} for route ${quote(key)}`).join("; "),
                      ),
                  ]),
        ];
    });
}

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename.html */
function changeFor(one: RouteSetting, { level }: Wanted): Change {
    return one.setting === "level" ? { LoggingLevel: level(one.level) } : { DataTraceEnabled: false };
}

function describe(change: Change): string {
    return both(
        Object.entries(change).map(([name, value]) =>
            name === "LoggingLevel" ? `loggingLevel ${value}` : "no data tracing",
        ),
    );
}

const NONE = "`{}`";

/** All route settings that a stage has, in JMESPath, with changes: what is left out might be lost. */
function withRoutes(routes: readonly { readonly key: string; readonly change: Change }[]): string {
    const entries = routes.map(
        ({ key, change }) => `${jmesPathLiteral(key)}: ${merged(`RouteSettings.${jmesPathLiteral(key)}`, change)}`,
    );
    return `merge(RouteSettings || ${NONE}, {${entries.join(", ")}})`;
}

/** What a stage has somewhere, in JMESPath, with a change: throttling, for one, is to stay as it is. */
function merged(present: string, change: Change): string {
    return `merge(${present} || ${NONE}, \`${jmesPathLiteral(change)}\`)`;
}

/** JSON that may stand in JMESPath, in which a backtick ends it. */
function jmesPathLiteral(value: unknown): string {
    return JSON.stringify(value).replaceAll("`", "\\u0060");
}
