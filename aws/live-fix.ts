/** How findings are fixed on AWS itself: the wanted states as data, and the commands that reach them. */

import { type AccountRoleFix, roleCommand } from "./apigateway/account-fix";
import { letsLog } from "./apigateway/execution-log-fix";
import { type RestStageFix, restStageCommands } from "./apigateway/rest-stage-fix";
import { type WebSocketStageFix, webSocketStageCommands } from "./apigateway/v2-stage-fix";
import type { Cannot, Command, Wanted } from "./command";
import { type LogGroupFix, logGroupCommands, type RetentionFix } from "./logs/live-fix";
import { type LogExportsFix, logExportsCommands } from "./rds/live-fix";

/** A wanted state of something on AWS, or the reason why there is none. */
export type LiveFix =
    | RestStageFix
    | WebSocketStageFix
    | AccountRoleFix
    | LogGroupFix
    | RetentionFix
    | LogExportsFix
    | Cannot;

type OfKind<Kind extends LiveFix["kind"]> = Extract<LiveFix, { readonly kind: Kind }>;

/** The commands for fixes in one account and region, the role first, then log groups. */
export function commandsFor(fixes: readonly LiveFix[], wanted: Wanted): Command[] {
    const ofKind = <Kind extends LiveFix["kind"]>(kind: Kind) =>
        fixes.filter((fix): fix is OfKind<Kind> => fix.kind === kind);
    return [
        ...(needRole(fixes) ? [roleCommand(wanted)] : []),
        ...logGroupCommands([...ofKind("log group"), ...ofKind("retention")], wanted),
        ...restStageCommands(ofKind("REST stage"), wanted),
        ...webSocketStageCommands(ofKind("WebSocket stage"), wanted),
        ...logExportsCommands(ofKind("log exports")),
    ];
}

/** Whether API Gateway can do what fixes want only in an account that has a CloudWatch role. */
function needRole(fixes: readonly LiveFix[]): boolean {
    return fixes.some((fix) => fix.kind === "account role" || (isStage(fix) && letsLog(fix)));
}

/** Whether a fix is of a stage, whichever kind of API it has. */
export function isStage(fix: LiveFix): fix is RestStageFix | WebSocketStageFix {
    return fix.kind === "REST stage" || fix.kind === "WebSocket stage";
}
