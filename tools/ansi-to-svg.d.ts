declare module "ansi-to-svg" {
    export default function ansiToSvg(text: string, options?: Readonly<Record<string, unknown>>): string;
}
