import * as fc from "fast-check";
import { programs, resourcesOf, fileOf, strangeFiles,previewOf,withUrns } from "./generated";
import { readState } from "../../cli/read-state";
import { judge } from "../../cli/judge";
import { enabledPolicies } from "../../cli/config";
it("x",()=>{
const e=enabledPolicies("");
let bad:Record<string,number>={};let ok=0;
for (const [p,{asPreview,changes,documentChanges}] of fc.sample(fc.tuple(programs("any"),strangeFiles),3000)) {
 const resources=resourcesOf(p,"first preview") as any[];
 const urns=resources.map(r=>r.urn);
 const put=(o:any,[k,...r]:readonly string[],v:any):void=>{if(!r.length){Object.defineProperty(o,k!,{value:v,enumerable:true,configurable:true,writable:true});return;} if(typeof o[k!]!=="object"||o[k!]===null||Array.isArray(o[k!]))o[k!]={};put(o[k!],r,v)};
 for(const {at,path,value} of changes) put(resources[at%resources.length],path,value);
 const d=(asPreview?previewOf:fileOf)(resources);
 for(const {path,value} of documentChanges) put(d,path,value);
 try{const s=readState(JSON.parse(withUrns(JSON.stringify(d),urns)));if(s===undefined){bad.undef=(bad.undef??0)+1;continue}judge(s,e);ok++}catch(x:any){const k=x.message.replace(/\d+ \(.*\)/,"N").replace(/".*"/,"U").replace(/\d+/,"N").slice(0,70);bad[k]=(bad[k]??0)+1}
}
console.log(ok,bad)});
